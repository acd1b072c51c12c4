import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { findHolders } from '../../../src/platform/linux/find-holders.ts';
import { kinOf } from '../../../src/platform/linux/kin.ts';
import { readNetTable } from '../../../src/platform/linux/read-net.ts';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { addProcess, type FakeProcess } from './fake-proc.ts';

const CROWD = 450;
const SOCKET = 77_001;
const HOLDER = 9_000;

/** Unrelated processes on both sides of the holder's pid, with sockets of their own under the same numbers. */
const CROWD_PIDS: readonly number[] = Array.from({ length: CROWD }, (_, i) => (i % 2 === 0 ? 1_000 + i : 20_000 + i));

const roots = new Map<string, string>();

/** Made once for each program: many small files are slow to write. */
const crowdOf = (program: string): string => {
  const known = roots.get(program);
  if (known !== undefined) return known;
  const proc = realpathSync(mkdtempSync(join(tmpdir(), 'devdoctor-crowd-')));
  roots.set(program, proc);
  for (const pid of CROWD_PIDS) {
    mkdirSync(join(proc, String(pid), 'fd'), { recursive: true });
    symlinkSync(program, join(proc, String(pid), 'exe'));
    symlinkSync(`socket:[${500_000 + pid}]`, join(proc, String(pid), 'fd', '18'));
  }
  return proc;
};

afterAll(() => {
  for (const proc of roots.values()) rmSync(proc, { recursive: true, force: true });
});

const scan = (inodes: readonly number[], program: string, ...processes: readonly FakeProcess[]) => {
  const proc = crowdOf(program);
  for (const process of processes) {
    addProcess(proc, process);
    onTestFinished(() => rmSync(join(proc, String(process.pid)), { recursive: true }));
  }
  const reader = createProcessReader(proc);
  const { holders, ...rest } = findHolders(proc, inodes, reader.pids(), (pid) => kinOf(reader, pid));
  const sorted = [...holders].map(([inode, pids]) => [inode, [...pids].sort((a, b) => a - b)] as const);
  return { holders: Object.fromEntries(sorted), ...rest };
};

const holder = (said: Partial<FakeProcess> = {}): FakeProcess => ({
  pid: HOLDER,
  descriptors: { 18: `socket:[${SOCKET}]` },
  ...said,
});

describe('findHolders among several hundred processes', { timeout: 60_000 }, () => {
  it.each(['/usr/bin/sleep', '/usr/bin/node'])(
    'names the one holder and no stranger, all of which run %s',
    (program) => {
      expect(scan([SOCKET], program, holder())).toEqual({
        holders: { [SOCKET]: [HOLDER] },
        unreadable: 0,
        faults: [],
      });
    },
  );

  it('finds a holder that is no well-known server', () => {
    const compiled = holder({ program: '/home/dev/shop/target/debug/shop' });
    expect(scan([SOCKET], '/usr/bin/node', compiled).holders).toEqual({ [SOCKET]: [HOLDER] });
  });

  it.each([
    ['a child that has it under another number', { pid: 9_001, parentPid: HOLDER, program: '/usr/bin/esbuild' }],
    ['a sibling of the same program', { pid: 9_002, parentPid: 1, program: '/usr/bin/node' }],
    ['a process whose program is not ours to know', { pid: 9_003, parentPid: 1, program: null }],
  ])('names beside the first holder %s', (_, said) => {
    const second = { ...said, descriptors: { 5: `socket:[${SOCKET}]` } };
    const first = holder({ children: said.parentPid === HOLDER ? [said.pid] : [] });
    expect(scan([SOCKET], '/usr/bin/sleep', first, second).holders).toEqual({
      [SOCKET]: [HOLDER, said.pid],
    });
  });

  it('names the parent that opened the socket and every worker below it', () => {
    const parent = {
      pid: 8_999,
      program: '/usr/sbin/nginx',
      children: [HOLDER],
      descriptors: { 6: `socket:[${SOCKET}]` },
    };
    const grandchild = {
      pid: 9_005,
      parentPid: HOLDER,
      program: '/usr/bin/cat',
      descriptors: { 3: `socket:[${SOCKET}]` },
    };
    const all = [parent, holder({ parentPid: 8_999, children: [9_005] }), grandchild];
    expect(scan([SOCKET], '/usr/bin/sleep', ...all).holders).toEqual({ [SOCKET]: [8_999, HOLDER, 9_005] });
  });

  it('finds the holders of several sockets', () => {
    const other = { pid: 700, program: '/usr/bin/python3.11', descriptors: { 3: 'socket:[77002]' } };
    const { holders } = scan([SOCKET, 77_002], '/usr/bin/sleep', holder(), other);
    expect(holders).toEqual({ [SOCKET]: [HOLDER], 77_002: [700] });
  });

  it('looks everywhere when many sockets are asked, so that even a stranger who was handed one is named', () => {
    const five = Array.from({ length: 5 }, (_, i) => SOCKET + i);
    const all = holder({ descriptors: Object.fromEntries(five.map((inode, i) => [18 + i, `socket:[${inode}]`])) });
    const stranger = { pid: 600, program: '/usr/bin/stranger', descriptors: { 4: `socket:[${SOCKET}]` } };
    const { holders } = scan(five, '/usr/bin/sleep', all, stranger);
    expect(holders).toMatchObject({ [SOCKET]: [600, HOLDER], [SOCKET + 4]: [HOLDER] });
  });

  it('names nobody when there is nobody', () => {
    expect(scan([SOCKET], '/usr/bin/node').holders).toEqual({});
  });
});

/** Pids that no kernel hands out: as processes that vanished, they make a crowd of a few real ones. */
const CROWD_OF_VANISHED = Array.from({ length: CROWD }, (_, i) => 900_000_000 + i);

const listen = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const inode = readNetTable('/proc', 'tcp', { port, listenersOnly: true, byteBudget: 0 }).rows[0]?.inode ?? 0;
  const number = readdirSync('/proc/self/fd').find((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === `socket:[${inode}]`;
    } catch {
      return false;
    }
  });
  return { inode, number: Number(number) };
};

const inheritAs = async (number: number, from: number): Promise<number> => {
  const stdio = Array.from({ length: number + 1 }, (_, i) => (i === 0 ? ('pipe' as const) : ('ignore' as const)));
  const child = spawn('cat', [], { stdio: [...stdio.slice(0, number), from] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child.pid ?? 0;
};

describe.runIf(process.platform === 'linux')('a program that inherited a real socket, among several hundred', () => {
  it('is named when the number is the same, though it runs another program and is kin to nobody', async () => {
    const { inode, number } = await listen();
    const heir = await inheritAs(number, number);
    const { holders } = findHolders('/proc', [inode], [process.pid, heir, ...CROWD_OF_VANISHED], () => []);
    expect(holders.get(inode)).toEqual([process.pid, heir]);
  });

  it('is named as kin when the number is another', async () => {
    const { inode, number } = await listen();
    const heir = await inheritAs(number + 1, number);
    const { holders } = findHolders('/proc', [inode], [process.pid, heir, ...CROWD_OF_VANISHED], () => [heir]);
    expect(holders.get(inode)).toEqual([process.pid, heir]);
  });
});
