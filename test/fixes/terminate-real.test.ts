import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { terminate } from '../../src/fixes/terminate.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { FixOutcome } from '../../src/model/fix.ts';
import type { ProcessInfo } from '../../src/model/process.ts';
import { createLinuxPlatform } from '../../src/platform/linux/index.ts';
import { systemClock } from '../../src/cli/system-clock.ts';
import { freePort } from '../helpers/free-port.ts';
import { startProgram, type Program } from '../helpers/start-program.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';
import { endingStep, terminating } from '../plan/a-step.ts';

const nothing = { victimsOfPort: () => Promise.resolve([]), killByPort: () => Promise.resolve() };
const platform = createLinuxPlatform(nothing);

const describeOne = async (pid: number): Promise<ProcessInfo> => {
  const reading = await platform.inspect.lineage([pid]);
  const process = reading.ok ? reading.value.find((one) => one.pid === pid) : undefined;
  if (process === undefined) throw new Error(`${pid} is not running`);
  return process;
};

const end = (
  clock: Clock,
  graceMs: number,
  ...members: readonly [ProcessInfo, ...ProcessInfo[]]
): Promise<FixOutcome> => terminate(terminating(members[0], { graceMs }), endingStep(members), platform, clock);

const isGone = ({ isAlive }: Program): Promise<boolean> => waitFor('the program to end', () => !isAlive());

describe.runIf(process.platform === 'linux')('ending a real process', () => {
  it('asks a willing one, and leaves its neighbour alone', async () => {
    const [victim, neighbour] = [await startProgram('wait.mjs'), await startProgram('wait.mjs')];
    const outcome = await end(systemClock, 3_000, await describeOne(victim.pid));
    expect(outcome.detail).toMatch(/^asked politely, 1 process gone/);
    expect(await isGone(victim)).toBe(true);
    expect(victim.child.signalCode).toBe('SIGTERM');
    expect(neighbour.isAlive()).toBe(true);
  });

  it('forces an unwilling one, after it was asked', async () => {
    const note = join(makeTempDir(), 'note');
    const victim = await startProgram('ignore-sigterm.mjs', await freePort(), note);
    const outcome = await end(systemClock, 400, await describeOne(victim.pid));
    expect(outcome).toMatchObject({ status: 'done', detail: expect.stringContaining('ended 1 by force') });
    expect(await isGone(victim)).toBe(true);
    expect(existsSync(note)).toBe(true);
  });

  it('wakes a suspended one to ask it', async () => {
    const victim = await startProgram('wait.mjs');
    victim.child.kill('SIGSTOP');
    await waitFor('it to stop', async () => (await platform.inspect.identify(victim.pid))?.state === 'stopped');
    const outcome = await end(systemClock, 3_000, await describeOne(victim.pid));
    expect(outcome.detail).toMatch(/^asked politely, 1 process gone/);
    expect(await isGone(victim)).toBe(true);
    expect(victim.child.signalCode).toBe('SIGTERM');
  });

  it('does not touch one that only has the same pid', async () => {
    const victim = await startProgram('wait.mjs');
    const real = await describeOne(victim.pid);
    expect(await end(systemClock, 200, { ...real, startedAt: real.startedAt - 10 })).toMatchObject({ status: 'done' });
    expect(victim.isAlive()).toBe(true);
    expect((await platform.inspect.identify(victim.pid))?.startedAt).toBe(real.startedAt);
  });
});
