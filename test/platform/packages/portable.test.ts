import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPortablePlatform } from '../../../src/platform/packages/portable.ts';

const PATIENCE = { timeout: 60_000 };

const { inspect, control } = createPortablePlatform(process.platform === 'win32', {
  victimsOfPort: () => Promise.reject(new Error('not asked here')),
  killByPort: () => Promise.reject(new Error('not asked here')),
});

const startVictim = async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  return { child, pid, startedAt: (await inspect.identify(pid))?.startedAt ?? 0 };
};

describe('a signal sent on the portable road', PATIENCE, () => {
  it('reaches nobody who has the pid of another', async () => {
    const { child, pid, startedAt } = await startVictim();
    expect(await control.signal({ pid, startedAt: startedAt - 60_000 }, 'SIGKILL')).toBe('another-process');
    expect(await inspect.identify(pid)).toEqual(expect.objectContaining({ pid, startedAt }));
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  });

  it('ends the process that is meant, and tells afterwards that it is gone', async () => {
    const { child, pid, startedAt } = await startVictim();
    const ended = once(child, 'exit');
    expect(await control.signal({ pid, startedAt }, 'SIGKILL')).toBe('sent');
    await ended;
    expect(await control.signal({ pid, startedAt }, 'SIGKILL')).toBe('gone');
  });
});
