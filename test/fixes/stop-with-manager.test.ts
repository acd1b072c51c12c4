import { describe, expect, it } from 'vitest';
import { stopWithManager } from '../../src/fixes/stop-with-manager.ts';
import type { FixOutcome } from '../../src/model/fix.ts';
import type { CommandResult } from '../../src/model/platform.ts';
import type { StopWithManagerRemedy } from '../../src/model/remedy.ts';
import { aStep } from '../plan/a-step.ts';
import { fakeHost } from '../helpers/fake-platform.ts';

const remedy: StopWithManagerRemedy = {
  kind: 'stop-with-manager',
  risk: 'disruptive',
  rationale: 'kept alive',
  commands: ["pm2 stop 'back end'"],
  manager: 'pm2',
  unit: 'back end',
  run: ['pm2', 'stop', 'back end'],
};

const stop = (result: Partial<CommandResult>): Promise<FixOutcome> => {
  const run = () => Promise.resolve({ status: 0, stdout: '', stderr: '', failure: null, ...result });
  const { platform, clock } = fakeHost([], [], { control: { run } });
  return stopWithManager(remedy, aStep({ remedy }), platform, clock);
};

describe('asking a manager', () => {
  it('runs its command as one vector, which no shell reads', async () => {
    const seen: unknown[] = [];
    const run = (command: readonly string[]) => {
      seen.push(command);
      return Promise.resolve({ status: 0, stdout: '', stderr: '', failure: null });
    };
    const { platform, clock } = fakeHost([], [], { control: { run } });
    await stopWithManager(remedy, aStep({ remedy }), platform, clock);
    expect(seen).toEqual([['pm2', 'stop', 'back end']]);
  });

  it('needs no PATH to reach itself', async () => {
    const own: StopWithManagerRemedy = { ...remedy, manager: 'devdoctor', run: ['devdoctor', 'stop', 'back end'] };
    const seen: unknown[] = [];
    const run = (command: readonly string[]) => {
      seen.push(command);
      return Promise.resolve({ status: 0, stdout: '', stderr: '', failure: null });
    };
    const { platform, clock } = fakeHost([], [], { control: { run } });
    const outcome = await stopWithManager(own, aStep({ remedy: own }), platform, clock);
    expect(seen).toEqual([[process.execPath, process.argv[1], 'stop', 'back end']]);
    expect(outcome).toEqual({ status: 'done', detail: "devdoctor stop 'back end': stopped" });
  });

  it.each<[string, Partial<CommandResult>, FixOutcome]>([
    ['that it stopped', {}, { status: 'done', detail: "pm2 stop 'back end': stopped" }],
    [
      'that there is no such program',
      { status: null, failure: 'not-found' },
      { status: 'failed', detail: `cannot run "pm2 stop 'back end'": pm2 is not in PATH` },
    ],
    [
      'that it took too long',
      { status: null, failure: 'timed-out' },
      { status: 'failed', detail: `cannot run "pm2 stop 'back end'": timed out` },
    ],
    [
      'that it must not be run',
      { status: null, failure: 'not-permitted' },
      { status: 'failed', detail: `cannot run "pm2 stop 'back end'": not permitted` },
    ],
    [
      'what it complained of last',
      { status: 1, stderr: 'a\n[PM2] not found\n' },
      { status: 'failed', detail: `"pm2 stop 'back end'" exited with 1: [PM2] not found` },
    ],
    ['that it failed in silence', { status: 3 }, { status: 'failed', detail: `"pm2 stop 'back end'" exited with 3` }],
    [
      'that a signal ended it',
      { status: null },
      { status: 'failed', detail: `"pm2 stop 'back end'" exited with a signal` },
    ],
  ])('says %s', async (_, result, expected) => {
    expect(await stop(result)).toEqual(expected);
  });

  it('hands on no escape sequence of the manager’s, and no endless line', async () => {
    const { detail } = await stop({ status: 1, stderr: `\u001B[31mno\u0007${'x'.repeat(5_000)}` });
    expect(detail).not.toMatch(/\p{Cc}/u);
    expect(detail).toContain(String.raw`\x1b[31mno\x07`);
    expect(detail.length).toBeLessThan(400);
  });
});
