import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProcessTraces } from '../../../src/model/process.ts';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { readTraces } from '../../../src/platform/linux/read-traces.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addBootTime, addProcess, addTable, tableRow } from './fake-proc.ts';

const SERVER = 200;
const WORKER = 201;

/** A tree of /proc with a server on port 3000 and a worker below it that accepts for it. */
const aTree = (worker: Readonly<Record<number, string>> = {}, rows: readonly string[] = []): string => {
  const proc = makeTempDir();
  addBootTime(proc);
  addTable(proc, 'tcp', [tableRow(0, 4000, 0, '0A', 12), tableRow(1, 3000, 0, '0A', 11), ...rows]);
  addProcess(proc, { pid: SERVER, descriptors: { 5: 'socket:[11]', 6: 'socket:[12]', 7: 'socket:[11]' } });
  addProcess(proc, { pid: WORKER, parentPid: SERVER, descriptors: worker });
  return proc;
};

const look = (proc: string, ...pids: readonly number[]): readonly ProcessTraces[] =>
  readTraces(proc, createProcessReader(proc), pids);

describe('what ties a tree to others', () => {
  it('has the identity of each process, in the order asked', () => {
    expect(look(aTree(), WORKER, SERVER)).toMatchObject([
      { pid: WORKER, startedAt: 1_700_000_002_010 },
      { pid: SERVER, startedAt: 1_700_000_002_000 },
    ]);
  });

  it('has each port once, in order', () => {
    expect(look(aTree(), SERVER)[0]?.ports).toEqual([3000, 4000]);
  });

  it('counts what a worker accepted on the port of its parent as a client, within one tree', () => {
    const proc = aTree({ 5: 'socket:[21]', 6: 'socket:[22]' }, [
      tableRow(2, 3000, 50_000, '01', 21),
      tableRow(3, 50_001, 5432, '01', 22),
    ]);
    const [, worker] = look(proc, SERVER, WORKER);
    expect(worker).toMatchObject({ ports: [], clients: 1, outgoing: 1 });
    const [alone] = look(proc, WORKER);
    expect(alone).toMatchObject({ ports: [], clients: 0, outgoing: 2 });
  });

  it('counts neither a connection that is ending nor one of somebody else', () => {
    const rows = [tableRow(2, 3000, 50_000, '08', 21), tableRow(3, 3000, 50_001, '01', 99)];
    expect(look(aTree({ 5: 'socket:[21]' }, rows), SERVER, WORKER)[1]).toMatchObject({ clients: 0, outgoing: 0 });
  });

  it('has the ports of the other family too', () => {
    const proc = aTree({ 5: 'socket:[31]' });
    const row =
      '   0: 00000000000000000000000000000000:0BB9 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 31 1 0';
    addTable(proc, 'tcp6', [row]);
    expect(look(proc, WORKER)[0]?.ports).toEqual([3001]);
  });

  it('says so where the descriptors could not be read', () => {
    const proc = aTree();
    rmSync(join(proc, String(SERVER), 'fd'), { recursive: true });
    expect(look(proc, SERVER)).toMatchObject([
      { ports: [], clients: 0, outgoing: 0, socketsRead: false, streams: null },
    ]);
  });

  it('says so where the table is too long to be read', () => {
    const connections = Array.from({ length: 60_000 }, (_, i) =>
      tableRow(i, 3000, 1024 + (i % 60_000), '01', 1_000 + i),
    );
    expect(look(aTree({}, connections), SERVER)).toMatchObject([{ ports: [3000, 4000], socketsRead: false }]);
  });

  it('leaves out what vanished', () => {
    expect(look(aTree(), 999, SERVER).map(({ pid }) => pid)).toEqual([SERVER]);
  });
});

describe('the other ends of streams', () => {
  const UNIX = 'Num RefCount Protocol Flags Type St Inode Path';
  const row = (count: number, inode: number): string => `0: 0000000${count} 00000000 00000000 0001 03 ${inode}`;

  it('are looked up in the table of unix sockets', () => {
    const proc = aTree({ 0: 'socket:[41]', 1: 'socket:[42]', 2: 'socket:[43]' });
    writeFileSync(join(proc, 'net', 'unix'), [UNIX, row(2, 41), row(3, 42), ''].join('\n'));
    expect(look(proc, WORKER)[0]?.streams?.map(({ abandoned }) => abandoned)).toEqual([true, false, null]);
  });

  it('cannot be told where there is no such table', () => {
    const proc = aTree({ 0: 'socket:[41]' });
    expect(look(proc, WORKER)[0]?.streams?.[0]).toMatchObject({ kind: 'socket', abandoned: null });
  });

  it('are looked for in all processes where they are pipes', () => {
    const proc = aTree({ 0: 'pipe:[51]', 1: 'pipe:[52]' });
    addProcess(proc, { pid: 300, descriptors: { 9: 'pipe:[51]' } });
    mkdirSync(join(proc, '300', 'fdinfo'));
    writeFileSync(join(proc, '300', 'fdinfo', '9'), 'pos:\t0\nflags:\t0100001\n');
    expect(look(proc, WORKER)[0]?.streams?.map(({ abandoned }) => abandoned)).toEqual([false, true, null]);
  });

  it('are looked for also where only one descriptor is a pipe', () => {
    const proc = aTree();
    symlinkSync('pipe:[61]', join(proc, String(WORKER), 'fd', '2'));
    expect(look(proc, WORKER)[0]?.streams?.[2]).toMatchObject({ kind: 'pipe', abandoned: true });
  });
});
