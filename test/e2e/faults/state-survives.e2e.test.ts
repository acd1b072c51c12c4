import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { decodeState, previousOf, readState, writeState } from '../../../src/supervisor/state/state-file.ts';
import type { SupervisorState } from '../../../src/supervisor/state/records.ts';
import { signalIfAlive, sleeper, supervised, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const NAMES = ['a', 'b', 'c'];

const identitiesOf = async (it: Supervised): Promise<readonly unknown[]> =>
  (await it.show()).map(({ id, name, pid, startedAt, restarts, status }) => ({
    id,
    name,
    pid,
    startedAt,
    restarts,
    status,
  }));

/** Services that run, and a state of which both generations are the same. */
const settledHome = async (): Promise<Supervised> => {
  const it = supervised();
  expect(await it.start(NAMES.map(sleeper))).toMatchObject({ code: 0 });
  const { state } = it.home;
  await waitFor('both generations', () => {
    const [now, before] = [state, previousOf(state)].map((file) => readFileSync(file, 'utf8'));
    return now === before;
  });
  return it;
};

const asides = ({ home }: Supervised): readonly string[] =>
  readdirSync(home.folder).filter((name) => name.startsWith('services.json.corrupt-'));

/** Some places of a file: its ends, and between them at even distances. */
const places = (size: number, count: number): readonly number[] => [
  0,
  1,
  ...Array.from({ length: count }, (_, index) => Math.floor(((index + 1) * size) / (count + 1))),
  size - 1,
];

describe('a state file that is not whole', () => {
  test('is known as such wherever it ends', async () => {
    const it = await settledHome();
    await it.killSupervisor();
    const { state } = it.home;
    const whole = readFileSync(state, 'latin1');
    // But for the last byte, the end of the line, without which all of it is there.
    for (let end = 0; end < whole.length - 1; end += 1) expect(decodeState(whole.slice(0, end)), `${end}`).toBeNull();
    expect(decodeState(whole.slice(0, -1))?.services).toHaveLength(NAMES.length);
  });

  test('is set aside and told, and the generation before is taken', async () => {
    const it = await settledHome();
    const before = await identitiesOf(it);
    const { state } = it.home;
    const size = readFileSync(state).length;
    const harms: readonly (() => void)[] = [
      ...places(size - 1, 6).map((end) => () => truncateSync(state, end)),
      () => writeFileSync(state, randomBytes(size)),
      () => writeFileSync(state, Buffer.alloc(size)),
    ];
    for (const [index, harm] of harms.entries()) {
      await it.killSupervisor();
      harm();
      const offline = await it.run(['list']);
      expect(offline).toMatchObject({ code: 0 });
      expect(offline.stderr).toContain('was not whole; the generation before was used, with 3 services');

      expect(await it.run(['start', it.file])).toMatchObject({ code: 0 });
      const { stderr } = await it.run(['list']);
      expect(stderr).toContain('was not whole; the generation before was used, with 3 services');
      expect(stderr).toContain('.corrupt-');
      expect(asides(it)).toHaveLength(index + 1);
      expect(await identitiesOf(it)).toEqual(before);
      expect(decodeState(readFileSync(state, 'utf8'))?.services).toHaveLength(NAMES.length);
      await waitFor('both generations', () => decodeState(readFileSync(previousOf(state), 'utf8')) !== null);
    }
    expect(it.marked()).toHaveLength(NAMES.length * 2);
  });

  test('with no other one loses the list, says so, and still makes no second copy', async () => {
    const it = await settledHome();
    await it.killSupervisor();
    for (const file of [it.home.state, previousOf(it.home.state)]) writeFileSync(file, '{}');
    expect(await it.run(['start', it.file])).toMatchObject({ code: 0 });
    const { stderr } = await it.run(['list']);
    expect(stderr).toContain('the list of services is lost');
    expect(asides(it)).toHaveLength(1);
    const rows = await it.show();
    expect(rows.map(({ name, status }) => [name, status])).toEqual(NAMES.map((name) => [name, 'online']));
    expect(it.marked()).toHaveLength(NAMES.length * 2);
  });
});

describe('a state that is being written', () => {
  test('is whole whenever its writer is killed', async () => {
    const it = supervised();
    const crashing = { script: '/bin/false', interpreter: 'none', restart_delay: 10, max_restarts: 100_000 };
    const names = Array.from({ length: 6 }, (_, index) => `crash${index}`);
    await it.start(names.map((name) => ({ name, ...crashing })));
    const killed = new Set<number>();
    const generations: number[] = [];
    for (let round = 0; round < 25; round += 1) {
      if (round === 15) {
        // A guardian whose daemons die so often takes its time; the next command starts a new one.
        await it.killSupervisor();
        await it.run(['start', it.file]);
      }
      const daemon = await waitFor('the next daemon', () => it.daemons().find((pid) => !killed.has(pid)) ?? null);
      killed.add(daemon);
      const from = readState(it.home).state.generation;
      await waitFor('its writing', () => readState(it.home).state.generation > from);
      await delay(Math.random() * 30);
      signalIfAlive(daemon, 'SIGKILL');
      await waitFor('its end', () => !existsSync(`/proc/${daemon}/fd/0`));
      const { state, notices } = readState(it.home);
      expect(notices).toEqual([]);
      expect(state.services.map(({ spec }) => spec.name)).toEqual(names);
      generations.push(state.generation);
    }
    expect(generations).toEqual(generations.toSorted((a, b) => a - b));
    expect(new Set(generations).size).toBe(generations.length);
    await it.answering();
    const { services, notices } = await it.list();
    expect(services.map(({ name }) => name)).toEqual(names);
    expect(notices).toEqual([]);
    expect(await it.run(['kill'])).toMatchObject({ code: 0 });
    expect(readdirSync(it.home.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('by a later version, with words of its own, is read', async () => {
    const it = await settledHome();
    const before = await identitiesOf(it);
    await it.killSupervisor();
    const { state } = readState(it.home);
    const services = state.services.map((record) => ({
      ...record,
      later: { more: [1] },
      spec: { ...record.spec, later: 'spec' },
      run: { ...record.run, later: true },
    }));
    writeState(it.home, { ...state, later: 'state', services } as unknown as SupervisorState);
    expect(await identitiesOf(it)).toEqual(before);
    expect(await it.run(['reset', 'all'])).toMatchObject({ code: 0 });
    expect(await identitiesOf(it)).toEqual(before);
    expect((await it.list()).notices).toEqual([]);
  });
});
