import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createStartClock } from '../../../src/platform/packages/start-clock.ts';

const START = 1_700_000_000_000;

describe('a start time told through packages', () => {
  it.each([
    ['the same', 0, START],
    ['a little later', 1_500, START],
    ['a little earlier', -1_500, START],
    ['too late for the same process', 1_501, START + 1_501],
    ['too early for the same process', -1_501, START - 1_501],
  ])('%s', (_, off, told) => {
    const clock = createStartClock();
    expect(clock.steady(7, START)).toBe(START);
    expect(clock.steady(7, START + off)).toBe(told);
  });

  it('does not drift with many small steps', () => {
    const clock = createStartClock();
    clock.steady(7, START);
    clock.steady(7, START + 1_000);
    expect(clock.steady(7, START + 2_000)).toBe(START + 2_000);
  });

  it('is kept for each process by itself', () => {
    const clock = createStartClock();
    clock.steady(7, START);
    expect(clock.steady(8, START + 1_000)).toBe(START + 1_000);
  });

  it('is sampled as it was told before', async () => {
    const clock = createStartClock();
    const first = await clock.sample(process.pid);
    expect(first?.startedAt).toBeGreaterThan(START);
    expect((await clock.sample(process.pid))?.startedAt).toBe(first?.startedAt);
  });

  it('is none of a process that ended', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(await createStartClock().sample(pid)).toBeNull();
  });
});
