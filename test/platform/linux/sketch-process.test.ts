import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProcessSketch } from '../../../src/model/process.ts';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { sketchProcesses } from '../../../src/platform/linux/sketch-process.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addBootTime, addProcess, recordedProc } from './fake-proc.ts';

const OWN = process.getuid?.() ?? null;

const sketch = (proc: string, pids: readonly number[], uid: number | null = OWN): readonly ProcessSketch[] =>
  sketchProcesses(proc, createProcessReader(proc), pids, uid);

describe('a quick look', () => {
  it('tells what a long one does, and the time it used the processor', () => {
    expect(sketch(recordedProc('dev-server'), [212])).toEqual([
      {
        pid: 212,
        startedAt: 1_700_000_100_300,
        parentPid: 211,
        groupId: 210,
        sessionId: 200,
        terminal: 'pts/3',
        uid: OWN,
        state: 'sleeping',
        name: 'node',
        command: ['node', 'server.js'],
        kernelThread: false,
        memoryBytes: 81_920_000,
        program: '/home/dev/.nvm/versions/node/v20.19.0/bin/node',
        cpuMs: 520,
      },
    ]);
  });

  it('tells of a kernel thread that it is one, and whose', () => {
    expect(sketch(recordedProc('dev-server'), [2])).toMatchObject([
      { pid: 2, uid: 0, kernelThread: true, command: [], program: null, memoryBytes: null },
    ]);
  });

  it.each([null, 424_242])('reads neither the words nor the program of what does not belong to user %s', (uid) => {
    expect(sketch(recordedProc('dev-server'), [212], uid)).toMatchObject([
      { pid: 212, uid: OWN, command: [], program: null, name: 'node', cpuMs: 520, memoryBytes: 81_920_000 },
    ]);
  });

  it('has no program where that is not to be read', () => {
    const proc = makeTempDir();
    addBootTime(proc);
    addProcess(proc, { pid: 7, program: null });
    expect(sketch(proc, [7])).toMatchObject([{ pid: 7, program: null, uid: OWN }]);
  });

  it('leaves out what vanished, and what is no process', () => {
    const proc = makeTempDir();
    addBootTime(proc);
    addProcess(proc, { pid: 7 });
    addProcess(proc, { pid: 8 });
    rmSync(join(proc, '7'), { recursive: true });
    writeFileSync(join(proc, '8', 'stat'), 'torn');
    expect(sketch(proc, [7, 8])).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('a quick look at this machine', () => {
  it('tells of real processes what a long look does', async () => {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const pid = child.pid ?? 0;
    const reader = createProcessReader('/proc');
    await waitFor('the program to be started', () => reader.stat(pid)?.name === 'sleep');
    const [told] = sketch('/proc', [pid]);
    const { startedAt, parentPid, groupId, sessionId, terminal, uid, command, executable } = reader.describe(pid) ?? {};
    expect(told).toMatchObject({ pid, startedAt, parentPid, groupId, sessionId, terminal, uid, command });
    expect(told).toMatchObject({ command: ['sleep', '600'], program: executable?.path, name: 'sleep' });
  });

  it('tells how much memory it has, and how long it used the processor', () => {
    const [before] = sketch('/proc', [process.pid]);
    expect(before?.memoryBytes).toBeGreaterThan(10_000_000);
    const worked = process.cpuUsage();
    while (process.cpuUsage(worked).user < 50_000) JSON.parse('[1]');
    const [after] = sketch('/proc', [process.pid]);
    expect((after?.cpuMs ?? 0) - (before?.cpuMs ?? 0)).toBeGreaterThanOrEqual(30);
  });
});
