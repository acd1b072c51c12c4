import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProcessSketch } from '../../../src/model/process.ts';
import { sampleUsages } from '../../../src/platform/packages/pidusage.ts';
import { createPortableInspector } from '../../../src/platform/packages/portable-inspector.ts';

const PATIENCE = { timeout: 60_000 };

/** Start times through packages are told to the second on some systems. */
const NEAR_MS = 2_000;

const sketch = async (pids: readonly number[] | 'all'): Promise<readonly ProcessSketch[]> => {
  const reading = await createPortableInspector(process.platform === 'win32').sketch(pids);
  if (!reading.ok) throw new Error(reading.detail);
  return reading.value;
};

const startNode = (): number => {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
};

const endedPid = (): number => spawnSync(process.execPath, ['--version']).pid;

describe('a quick look through packages', PATIENCE, () => {
  it('tells of the named processes, and of no others', async () => {
    const pid = startNode();
    const told = await sketch([pid]);
    expect(told).toMatchObject([
      {
        pid,
        parentPid: process.pid,
        uid: process.getuid?.() ?? null,
        kernelThread: false,
        state: 'other',
        program: null,
        sessionId: null,
        groupId: null,
        terminal: null,
      },
    ]);
    expect(told[0]?.command.join(' ')).toContain('setInterval');
  });

  it('tells when they started, their memory, and how long they used the processor', async () => {
    const pid = startNode();
    const [told] = await sketch([pid]);
    const long = await createPortableInspector(process.platform === 'win32').identify(pid);
    expect(Math.abs((told?.startedAt ?? 0) - (long?.startedAt ?? Number.NaN))).toBeLessThanOrEqual(NEAR_MS);
    expect(told?.memoryBytes).toBeGreaterThan(1_000_000);
    expect(told?.cpuMs).toBeGreaterThanOrEqual(0);
  });

  it('tells of all processes there are', async () => {
    const pid = startNode();
    expect((await sketch('all')).map((told) => told.pid)).toEqual(expect.arrayContaining([pid, process.pid]));
  });

  it('leaves out what vanished', async () => {
    expect(await sketch([endedPid()])).toEqual([]);
  });
});

describe('one sample of several processes', PATIENCE, () => {
  it('has each that lives, by its pid', async () => {
    const pid = startNode();
    const usages = await sampleUsages([pid, process.pid]);
    expect([...usages.keys()].toSorted((a, b) => a - b)).toEqual([pid, process.pid].toSorted((a, b) => a - b));
    expect(usages.get(process.pid)?.memoryBytes).toBeGreaterThan(10_000_000);
  });

  it('tells the time of the processor in milliseconds', async () => {
    const worked = process.cpuUsage();
    const before = (await sampleUsages([process.pid])).get(process.pid)?.cpuMs ?? Number.NaN;
    while (process.cpuUsage(worked).user < 1_000_000) JSON.parse('[1]');
    const after = (await sampleUsages([process.pid])).get(process.pid)?.cpuMs ?? Number.NaN;
    expect(after - before).toBeGreaterThan(500);
    expect(after - before).toBeLessThan(60_000);
  });

  it('has those that live also where one has ended', async () => {
    expect([...(await sampleUsages([endedPid(), process.pid])).keys()]).toEqual([process.pid]);
  });

  it('is empty where nobody is asked for, or nobody lives', async () => {
    expect((await sampleUsages([])).size).toBe(0);
    expect((await sampleUsages([endedPid()])).size).toBe(0);
  });
});
