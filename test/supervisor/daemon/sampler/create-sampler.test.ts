import { describe, expect, it } from 'vitest';
import type { ProcessTable } from '../../../../src/model/process-table.ts';
import {
  createSampler,
  type Sampler,
  type SampleReading,
} from '../../../../src/supervisor/daemon/sampler/create-sampler.ts';
import type { Sampled } from '../../../../src/supervisor/daemon/sampler/passes.ts';
import { freePort } from '../../../helpers/free-port.ts';
import { fixture } from '../../../helpers/paths.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { isAlive, SLEEPER, startRun, TABLE, type Run } from '../tree/a-run.ts';

const MB = 1024 * 1024;

/** A sampler whose time passes only when it is told to, and how often every process was looked at. */
interface Trial {
  readonly sampler: Sampler;
  readonly pass: (ms: number) => void;
  readonly passes: () => number;
  readonly tick: (service: Sampled) => SampleReading;
}

const START = 1_800_000_000_000;

const aTrial = (said: Partial<ProcessTable> = {}): Trial => {
  let now = START;
  let passes = 0;
  const all: ProcessTable['all'] = (except) => {
    passes += 1;
    return TABLE.all(except);
  };
  const sampler = createSampler({
    table: { ...TABLE, all, ...said },
    clock: { now: () => now, sleep: () => Promise.resolve() },
  });
  return {
    sampler,
    passes: () => passes,
    pass: (ms) => {
      now += ms;
    },
    tick: (service) => {
      const [reading] = sampler.tick([service]);
      if (reading === undefined) throw new Error('each service has a reading');
      return reading;
    },
  };
};

/** A service that has run for an hour. */
const aService = (run: Run, said: Partial<Sampled> = {}): Sampled => ({
  id: 7,
  family: run.family,
  startedAt: START - 3_600_000,
  limitBytes: null,
  ...said,
});

const hold = (megabytes: number, depth: number): readonly [string, ...string[]] => [
  process.execPath,
  fixture('tree-hold-memory.mjs'),
  String(megabytes),
  String(depth),
];

describe.runIf(process.platform === 'linux')('createSampler', () => {
  it('counts grandchildren, and sees them go over the limit', async () => {
    const run = await startRun(hold(200, 2));
    const pids = await run.pids(3);
    const { tick, sampler } = aTrial();
    const reading = tick(aService(run, { limitBytes: 150 * MB }));
    expect(new Set(reading.members.map(({ pid }) => pid))).toEqual(new Set(pids));
    expect(reading.memoryBytes).toBeGreaterThan(200 * MB);
    expect(reading.overLimit).toBe(reading.memoryBytes);
    expect(sampler.membersOf(7)).toEqual(reading.members);
    expect(sampler.samplesOf(7)).toHaveLength(1);
  });

  it('judges by shares of memory, not by what each holds with the others', async () => {
    const run = await startRun(hold(1, 3));
    const pids = await run.pids(4);
    const sum = (read: (pid: number) => number | null | undefined): number =>
      pids.reduce((total, pid) => total + (read(pid) ?? 0), 0);
    const [pss, rss] = [sum(TABLE.pssBytes), sum((pid) => TABLE.look(pid)?.rssBytes)];
    expect(rss - pss).toBeGreaterThan(40 * MB);
    const reading = aTrial().tick(aService(run, { limitBytes: (pss + rss) / 2 }));
    expect(reading.overLimit).toBeNull();
    expect(Math.abs(reading.memoryBytes - pss)).toBeLessThan(20 * MB);
  });

  it('notices deaths nobody told of', async () => {
    const run = await startRun(`exec ${SLEEPER}`);
    const { tick, pass } = aTrial();
    expect(tick(aService(run))).toMatchObject({ isMainAlive: true, isShimAlive: true });
    process.kill(run.shim, 'SIGKILL');
    await waitFor('the shim to end', () => !isAlive(run.shim));
    pass(2_000);
    expect(tick(aService(run))).toMatchObject({ isMainAlive: true, isShimAlive: false });
    process.kill(run.main, 'SIGKILL');
    await waitFor('the main process to end', () => !isAlive(run.main));
    pass(2_000);
    expect(tick(aService(run))).toMatchObject({ isMainAlive: false, isShimAlive: false, members: [], memoryBytes: 0 });
  });

  it('looks at every process only when one was born and it is time', async () => {
    const run = await startRun(`exec ${SLEEPER}`);
    let births = 1;
    const { tick, pass, passes } = aTrial({ births: () => births });
    const passesAfter = (ms: number, limitBytes: number | null = null): number => {
      const before = passes();
      pass(ms);
      tick(aService(run, { limitBytes }));
      return passes() - before;
    };
    expect(passesAfter(0)).toBe(1);
    expect(passesAfter(60_000, 1)).toBe(0);
    births += 1;
    expect(passesAfter(0)).toBe(1);
    births += 1;
    expect(passesAfter(2_000)).toBe(0);
    expect(passesAfter(2_000, 500 * MB)).toBe(1);
    births += 1;
    expect(passesAfter(4_000)).toBe(0);
    expect(passesAfter(6_000)).toBe(1);
  });

  it('finds what a service starts later, and keeps what loses its family', async () => {
    const run = await startRun([process.execPath, fixture('tree-fork-at-end.mjs')]);
    await run.pids(1);
    const { tick, pass } = aTrial();
    tick(aService(run));
    for (let round = 0; round < 3; round += 1) {
      pass(10_000);
      tick(aService(run));
    }
    process.kill(run.main, 'SIGINT');
    const [, late] = await run.pids(2);
    await waitFor('the main process to end', () => !isAlive(run.main));
    pass(10_000);
    expect(tick(aService(run)).members.map(({ pid }) => pid)).toEqual([late]);
  });

  it('tells ports while a service settles and while somebody looks', async () => {
    const port = await freePort();
    const run = await startRun([process.execPath, '-e', `require('net').createServer().listen(${port})`]);
    await waitFor('the port', () => TABLE.listeners([run.main]).length > 0);
    const { tick, pass, sampler } = aTrial();
    expect(tick(aService(run, { startedAt: START - 1_000 })).ports).toEqual([port]);
    pass(40_000);
    expect(tick(aService(run)).ports).toBeNull();
    sampler.attend();
    expect(tick(aService(run)).ports).toEqual([port]);
  });

  it('forgets', async () => {
    const run = await startRun(`exec ${SLEEPER}`);
    const { tick, sampler } = aTrial();
    tick(aService(run));
    sampler.forget(7);
    expect([sampler.samplesOf(7), sampler.membersOf(7)]).toEqual([[], []]);
  });
});
