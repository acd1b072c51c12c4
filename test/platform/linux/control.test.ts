import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { identify, signalProcess } from '../../../src/platform/linux/control.ts';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { recordedProc } from './fake-proc.ts';
import { isRoot, skipWhen } from '../skip-when.ts';

const reader = createProcessReader('/proc');

const start = async (program: string, ...args: readonly string[]) => {
  const child = spawn(program, args, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  return { child, pid, startedAt: identify(reader, pid)?.startedAt ?? 0 };
};

const startVictim = () => start('sleep', '600');

describe('identify', () => {
  it.each([
    ['dev-server', 212, { pid: 212, startedAt: 1_700_000_100_300, state: 'sleeping', parentPid: 211 }],
    ['forked-workers', 304, { pid: 304, startedAt: 1_700_000_035_000, state: 'zombie', parentPid: 300 }],
    ['vanished-holder', 711, null],
    ['dev-server', 999, null],
  ])('in %s of pid %i tells %j', (name, pid, expected) => {
    expect(identify(createProcessReader(recordedProc(name)), pid)).toEqual(expected);
  });
});

describe.runIf(process.platform === 'linux')('signalProcess', () => {
  it.each([-10, 10])('sends nothing to a process that started %i ms from the one that is meant', async (off) => {
    const { child, pid, startedAt } = await startVictim();
    expect(signalProcess(reader, { pid, startedAt: startedAt + off }, 'SIGKILL')).toBe('another-process');
    expect(signalProcess(reader, { pid, startedAt }, 'SIGCONT')).toBe('sent');
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    expect(identify(reader, pid)).toMatchObject({ pid, startedAt });
  });

  it('ends the process that is meant, and tells afterwards that it is gone', async () => {
    const { child, pid, startedAt } = await startVictim();
    const ended = once(child, 'exit');
    expect(signalProcess(reader, { pid, startedAt }, 'SIGTERM')).toBe('sent');
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(signalProcess(reader, { pid, startedAt }, 'SIGKILL')).toBe('gone');
  });

  it('takes for gone what has ended and is not yet buried', async () => {
    // A shell that makes way for another program leaves it a child that nobody buries.
    const { pid } = await start('sh', '-c', 'true & exec sleep 600');
    const dead = await waitFor('the child to end', () => {
      const child = reader.listedDescendants(pid)?.[0];
      const now = child === undefined ? null : identify(reader, child);
      return now?.state === 'zombie' ? now : null;
    });
    expect(signalProcess(reader, dead, 'SIGCONT')).toBe('gone');
  });

  it('tells that a process is not ours to signal', (context) => {
    skipWhen(context, isRoot(), 'root may signal every process');
    const first = identify(reader, 1);
    expect(first).not.toBeNull();
    if (first !== null) expect(signalProcess(reader, first, 'SIGCONT')).toBe('not-permitted');
  });
});
