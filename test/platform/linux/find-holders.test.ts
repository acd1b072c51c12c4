import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findHolders } from '../../../src/platform/linux/find-holders.ts';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addProcess, recordedProc } from './fake-proc.ts';
import { isRoot, skipWhen } from '../skip-when.ts';

const noKin = (): never => {
  throw new Error('kin is asked only under load');
};

const scanRecorded = (name: string, inodes: readonly number[]) => {
  const proc = recordedProc(name);
  const pids = [...createProcessReader(proc).pids()].sort((a, b) => a - b);
  const { holders, ...rest } = findHolders(proc, inodes, pids, noKin);
  return { holders: Object.fromEntries(holders), ...rest };
};

describe('findHolders', () => {
  it.each([
    [
      'a server and the tool that inherited one of its two sockets',
      'dev-server',
      [1001, 1002],
      { 1001: [212, 213], 1002: [212] },
    ],
    ['a primary and its workers', 'forked-workers', [2001], { 2001: [300, 301, 302, 303] }],
    ['the one worker that accepted a connection', 'forked-workers', [2002], { 2002: [301] }],
    ['nobody where the holder cannot be seen', 'hidden-holder', [3001], {}],
    [
      'a process that is about to vanish, as long as its descriptors show',
      'vanished-holder',
      [4001],
      { 4001: [710, 711] },
    ],
    ['nobody for sockets that nobody has', 'dev-server', [1, 100, 10_011], {}],
    ['nobody when nothing is asked', 'dev-server', [], {}],
  ])('names %s', (_, name, inodes, holders) => {
    expect(scanRecorded(name, inodes)).toEqual({ holders, unreadable: 0, faults: [] });
  });

  it('names a process once, however many descriptors it has of the socket', () => {
    const proc = makeTempDir();
    addProcess(proc, { pid: 10, descriptors: { 3: 'socket:[5]', 4: 'socket:[5]', 5: 'socket:[6]' } });
    const { holders } = findHolders(proc, [5, 6], [10], noKin);
    expect([...holders]).toEqual([
      [5, [10]],
      [6, [10]],
    ]);
  });

  it('passes over a process that vanished between the list and the look', () => {
    const proc = makeTempDir();
    addProcess(proc, { pid: 10, descriptors: { 3: 'socket:[5]' } });
    const scan = findHolders(proc, [5], [9, 10, 11], noKin);
    expect(scan).toEqual({ holders: new Map([[5, [10]]]), unreadable: 0, faults: [] });
  });

  it('tells a fault that is neither a vanished nor a protected process, once', () => {
    const proc = makeTempDir();
    for (const pid of [10, 11]) {
      mkdirSync(join(proc, String(pid)));
      writeFileSync(join(proc, String(pid), 'fd'), '');
    }
    expect(findHolders(proc, [5], [10, 11], noKin)).toMatchObject({ unreadable: 0, faults: ['ENOTDIR'] });
  });

  it('counts the processes whose descriptors other rights protect, each once', (context) => {
    skipWhen(context, isRoot(), 'root may read every folder, so none can be closed to this test');
    const proc = makeTempDir();
    for (const pid of [10, 11, 12]) addProcess(proc, { pid, descriptors: { 3: 'socket:[5]', 4: 'socket:[5]' } });
    chmodSync(join(proc, '10/fd'), 0);
    chmodSync(join(proc, '11/fd'), 0o444);
    const scan = findHolders(proc, [5], [10, 11, 12], noKin);
    for (const pid of [10, 11]) chmodSync(join(proc, String(pid), 'fd'), 0o755);
    expect(scan).toEqual({ holders: new Map([[5, [12]]]), unreadable: 2, faults: [] });
  });
});
