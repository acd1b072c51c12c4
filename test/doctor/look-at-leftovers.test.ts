import { describe, expect, it } from 'vitest';
import type { LeftoverCandidate } from '../../src/model/dev-tree.ts';
import type { Inspector } from '../../src/model/platform.ts';
import { refOf, type ProcessInfo } from '../../src/model/process.ts';
import { read, unreadable } from '../../src/model/snapshot.ts';
import {
  factsOf,
  HELPER,
  HOST,
  INIT,
  look,
  NOW,
  process,
  SERVER,
  sketchOf,
  type Machine,
} from '../checks/leftovers/a-machine.ts';
import { SELF } from '../helpers/a-snapshot.ts';

const onlyCandidate = async (machine: Machine): Promise<LeftoverCandidate> => {
  const { candidates } = await factsOf(machine);
  const [only, ...more] = candidates;
  if (only === undefined || more.length > 0) throw new Error('there is one candidate');
  return only;
};

describe('a machine without anything left behind', () => {
  it('is looked at no closer, and nobody waits', async () => {
    const { reading, slept, asked } = await look({ processes: [...HOST, process(100, 30, 'node server.js')] });
    expect(reading).toMatchObject({ ok: true, value: { candidates: [], processes: [] } });
    expect({ slept, asked }).toEqual({ slept: [], asked: [] });
  });
});

describe('a tree that may have been left behind', () => {
  it('is told as one, with all of its members and their memory', async () => {
    expect(await onlyCandidate({ processes: [...HOST, SERVER, HELPER] })).toEqual({
      pid: 100,
      members: [100, 101],
      traces: [
        { ...refOf(SERVER), streams: null, ports: [], clients: 0, outgoing: 0, socketsRead: true },
        { ...refOf(HELPER), streams: null, ports: [], clients: 0, outgoing: 0, socketsRead: true },
      ],
      busy: false,
      watchedMs: 300,
      treeBytes: 201,
    });
  });

  it('comes with its ancestors, with this command, and with its own', async () => {
    const { processes } = await factsOf({ processes: [...HOST, SERVER, HELPER, process(900, 1, 'postgres')] });
    expect(processes.map(({ pid }) => pid).toSorted((a, b) => a - b)).toEqual([1, 30, 100, 101, SELF - 1, SELF]);
  });

  it('is one of several, looked at together', async () => {
    const { reading, asked } = await look({ processes: [...HOST, SERVER, process(200, 1, 'node api.js')] });
    expect(reading.ok && reading.value.candidates.map(({ pid }) => pid)).toEqual([100, 200]);
    expect(asked.filter((text) => text.startsWith('traces'))).toEqual(['traces 100,200']);
  });

  it('is never one that this command runs in', async () => {
    const own = [INIT, process(100, 1, 'node agent-of-mine.js'), process(SELF, 100, 'node devdoctor.js')];
    expect(await factsOf({ processes: own })).toEqual({ candidates: [], processes: [] });
  });

  it('is never one of another user', async () => {
    expect(await factsOf({ processes: [...HOST, { ...SERVER, uid: 0 }] })).toEqual({ candidates: [], processes: [] });
  });
});

/** Uses so many milliseconds of the processor in each 300 that pass. */
const steady =
  (used: number) =>
  (passed: number): number =>
    (used * passed) / 300;

const BUSY = steady(300);

describe('the time to look', () => {
  const aged = (age: number): ProcessInfo => process(100, 1, 'node server.js', { startedAt: NOW - age });

  it.each([
    [60_000, 0],
    [2_000, 0],
    [1_999, 1],
    [500, 1_500],
    [0, 2_000],
    [-5_000, 2_000],
  ])('at a server %i ms old begins after %i ms, and ends with its first idle turn', async (age, grace) => {
    const { slept, reading } = await look({ processes: [...HOST, aged(age)] });
    expect(slept).toEqual([grace, 300]);
    expect(reading).toMatchObject({ value: { candidates: [{ watchedMs: 300 }] } });
  });

  it('begins when the youngest is old enough', async () => {
    const { slept } = await look({ processes: [...HOST, aged(500), process(200, 1, 'node api.js')] });
    expect(slept[0]).toBe(1_500);
  });

  it('ends after four turns, though it is still busy', async () => {
    const { slept, reading } = await look({ processes: [...HOST, SERVER], load: { 100: BUSY } });
    expect(slept).toEqual([0, 300, 300, 300, 300]);
    expect(reading).toMatchObject({ value: { candidates: [{ busy: true, watchedMs: 1_200 }] } });
  });

  it('goes on while one of several trees is busy', async () => {
    const machine = { processes: [...HOST, SERVER, process(200, 1, 'node api.js')], load: { 200: BUSY } };
    const { slept, reading } = await look(machine);
    expect(slept).toHaveLength(5);
    expect(reading).toMatchObject({ value: { candidates: [{ busy: false }, { busy: true }] } });
  });
});

describe('a tree at work', () => {
  it.each<[string, NonNullable<Machine['load']>, boolean]>([
    ['does nothing', {}, false],
    ['keeps its own house in order', { 100: steady(20) }, false],
    ['uses a little more', { 100: steady(21) }, true],
    ['uses it below its root', { 101: steady(50) }, true],
    ['uses it in several processes together', { 100: steady(15), 101: steady(15) }, true],
    ['leaves it to others', { 900: BUSY }, false],
    ['had only to finish starting', { 100: (passed) => Math.min(passed, 900) }, false],
    ['is idle from the start, and busy thereafter', { 100: (passed) => Math.max(0, passed - 300) }, false],
  ])('%s: %s', async (_, load, busy) => {
    const processes = [...HOST, SERVER, HELPER, process(900, 30, 'node busy.js')];
    expect((await onlyCandidate({ processes, load })).busy).toBe(busy);
  });

  it.each<[string, Partial<Inspector>]>([
    ['could not be looked at', { sketch: () => Promise.resolve(unreadable('tool-failed', 'a test')) }],
    ['did not tell', { sketch: () => Promise.resolve(read([sketchOf(SERVER, null)], 'a test')) }],
    ['vanished', { sketch: () => Promise.resolve(read([], 'a test')) }],
  ])('is neither busy nor idle where it %s', async (_, inspect) => {
    expect((await onlyCandidate({ processes: [...HOST, SERVER], inspect })).busy).toBeNull();
  });
});

describe('what runs a script of the same name', () => {
  const pidsWith = async (...others: readonly ProcessInfo[]): Promise<readonly number[]> =>
    (await factsOf({ processes: [...HOST, SERVER, ...others] })).processes.map(({ pid }) => pid);

  it.each<[string, ProcessInfo, boolean]>([
    ['comes too', process(300, 30, 'node server.js'), true],
    ['comes too, from another folder', process(300, 30, 'node /srv/blog/server.js'), true],
    ['comes too, without its ending', process(300, 30, 'bun server'), true],
    ['does not, if its name is another', process(300, 30, 'node api.js'), false],
    ['does not, if it has none', process(300, 30, 'postgres server.js'), false],
  ])('%s', async (_, other, comes) => {
    expect((await pidsWith(other)).includes(300)).toBe(comes);
  });

  it('comes too for a member below the root', async () => {
    const below = process(101, 100, 'node api.js');
    expect(await pidsWith(below, process(300, 30, 'node api.js'))).toContain(300);
  });
});

describe('what could not be seen', () => {
  it.each<keyof Inspector>(['traces', 'lineage'])('is the answer where the %s could not be read', async (what) => {
    const failed = unreadable('not-permitted', 'no look was possible');
    const { reading } = await look({
      processes: [...HOST, SERVER],
      inspect: { [what]: () => Promise.resolve(failed) },
    });
    expect(reading).toBe(failed);
  });

  it('is left open where it is the memory alone', async () => {
    const memory: Inspector['memory'] = () => Promise.resolve(unreadable('not-permitted', 'no look was possible'));
    expect((await onlyCandidate({ processes: [...HOST, SERVER], inspect: { memory } })).treeBytes).toBeNull();
  });
});
