import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BindProbe, PortOccupancy, PortSocket } from '../../../src/model/port.ts';
import { inspectListeners, inspectPort, inspectPortListeners } from '../../../src/platform/linux/inspect-port.ts';
import { createProcessReader, type ProcessReader } from '../../../src/platform/linux/read-process.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addBootTime, addProcess, addTable, recordedProc, RECORDED_ETC, tableRow } from './fake-proc.ts';

const probe = (outcome: BindProbe['outcome'], code: string | null = null): BindProbe => ({
  address: '::',
  outcome,
  code,
});
const IN_USE = [probe('in-use', 'EADDRINUSE')];

const readerOf = (proc: string): ProcessReader => createProcessReader(proc, RECORDED_ETC);

const look = (proc: string, port: number, probes: readonly BindProbe[] = IN_USE): PortOccupancy => {
  const reading = inspectPort(proc, port, probes, readerOf(proc));
  if (!reading.ok) throw new Error(reading.detail);
  return reading.value;
};

const brief = (sockets: readonly PortSocket[]): readonly string[] =>
  sockets.map(({ address, state, holders }) => `${address} ${state} ${holders.map(({ pid }) => pid).join(',')}`).sort();

describe('a port that recorded processes hold', () => {
  it('has both sockets of a v4/v6 pair with the tool that inherited one, and no client', () => {
    const occupancy = look(recordedProc('dev-server'), 3000);
    expect(brief(occupancy.sockets)).toEqual(['127.0.0.1 listening 212,213', '::1 connected 212', '::1 listening 212']);
    expect(occupancy).toMatchObject({
      port: 3000,
      connections: 1,
      ephemeralRange: [32_768, 60_999],
      firstUnprivilegedPort: 1024,
      published: null,
      blindSpots: [],
    });
  });

  it('has holders that carry their start, so that a reused pid is another', () => {
    const [socket] = look(recordedProc('dev-server'), 3000).sockets;
    expect(socket).toMatchObject({
      user: 'dev',
      uid: 1000,
      remote: null,
      holders: [
        { pid: 212, startedAt: 1_700_000_100_300 },
        { pid: 213, startedAt: 1_700_000_100_500 },
      ],
    });
  });

  it('is not held by the program that only talks to it', () => {
    const pids = look(recordedProc('dev-server'), 3000).sockets.flatMap(({ holders }) => holders.map(({ pid }) => pid));
    expect(pids).not.toContain(500);
  });

  it('has all forked workers, and a waiting socket without anybody', () => {
    const occupancy = look(recordedProc('forked-workers'), 4000);
    expect(brief(occupancy.sockets)).toEqual([
      ':: listening 300,301,302,303',
      '::ffff:127.0.0.1 connected 301',
      '::ffff:127.0.0.1 time-wait ',
    ]);
    expect(occupancy.connections).toBe(1);
  });

  it('is occupied by somebody unseen where no descriptor shows the holder', () => {
    expect(look(recordedProc('hidden-holder'), 5432).sockets).toEqual([
      expect.objectContaining({ address: '127.0.0.1', state: 'listening', uid: 113, user: null, holders: [] }),
    ]);
  });

  it('leaves out a holder that vanished while it was looked at', () => {
    expect(brief(look(recordedProc('vanished-holder'), 8080).sockets)).toEqual(['0.0.0.0 listening 710']);
  });

  it('leaves out a holder that ended and was not yet buried', () => {
    const proc = makeTempDir();
    addBootTime(proc);
    for (const pid of [10, 11]) addProcess(proc, { pid, descriptors: { 3: 'socket:[5]' } });
    const dead = '11 (node) Z 1 11 11 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 11 0 0 0 0 0\n';
    writeFileSync(join(proc, '11/stat'), dead);
    addTable(proc, 'tcp', [tableRow(0, 3000, 0, '0A', 5)]);
    expect(brief(look(proc, 3000).sockets)).toEqual(['127.0.0.1 listening 10']);
  });
});

describe('a port under many connections', () => {
  const crowded = (connections: number): string => {
    const proc = makeTempDir();
    addBootTime(proc);
    addProcess(proc, { pid: 10, descriptors: { 3: 'socket:[5]', 4: 'socket:[100000]' } });
    const rows = Array.from({ length: connections }, (_, i) => tableRow(i, 3000, 1024 + i, '01', 100_000 + i));
    addTable(proc, 'tcp', [tableRow(0, 3000, 0, '0A', 5), ...rows]);
    return proc;
  };

  it('has its connections named one by one while they are few', () => {
    const occupancy = look(crowded(20), 3000);
    expect(occupancy).toMatchObject({ connections: 20, sockets: { length: 21 } });
    expect(brief(occupancy.sockets).filter((line) => line.endsWith(' 10'))).toHaveLength(2);
  });

  it('has them counted, and only its listener named, when they are many', () => {
    const occupancy = look(crowded(500), 3000);
    expect(occupancy.connections).toBe(500);
    expect(brief(occupancy.sockets)).toEqual(['127.0.0.1 listening 10']);
  });

  it('has an unknown number of them when the table is too long to be read for that', () => {
    const occupancy = look(crowded(5_000), 3000);
    expect(occupancy.connections).toBeNull();
    expect(brief(occupancy.sockets)).toEqual(['127.0.0.1 listening 10']);
  });
});

describe('a port without a listener', () => {
  it('is read to the end of the table for what else blocks it', () => {
    const proc = makeTempDir();
    addBootTime(proc);
    addProcess(proc, { pid: 10, descriptors: { 3: 'socket:[7]' } });
    const others = Array.from({ length: 3_000 }, (_, i) => tableRow(i, 9_000, 1024 + i, '01', 100_000 + i));
    addTable(proc, 'tcp', [...others, tableRow(3_000, 3000, 9_999, '01', 7)]);
    const [socket] = look(proc, 3000).sockets;
    expect(socket).toMatchObject({
      state: 'connected',
      established: true,
      remote: { address: '127.0.0.1', port: 9_999 },
    });
    expect(socket?.holders.map(({ pid }) => pid)).toEqual([10]);
  });

  it.each(['free', 'unavailable'] as const)(
    'costs no look at the tables when a bind told that it is free (beside %s)',
    (outcome) => {
      const probes = [probe('free'), probe(outcome, outcome === 'free' ? null : 'EADDRNOTAVAIL')];
      expect(inspectPort('/nowhere', 3000, probes, readerOf('/nowhere'))).toMatchObject({
        ok: true,
        value: { sockets: [], connections: 0, blindSpots: [] },
      });
    },
  );

  it.each([
    ['EAFNOSUPPORT', 'tool-failed'],
    ['EMFILE', 'too-many-open-files'],
  ])('is not called free when no address could be tried (%s)', (code, reason) => {
    const reading = inspectPort('/nowhere', 3000, [probe('unavailable', code)], readerOf('/nowhere'));
    expect(reading).toMatchObject({ ok: false, reason, detail: expect.stringContaining(code) as string });
  });
});

describe('inspectPortListeners', () => {
  it.each([
    ['dev-server', 3000, ['127.0.0.1 listening 212,213', '::1 listening 212']],
    ['dev-server', 50_000, []],
    ['forked-workers', 4000, [':: listening 300,301,302,303']],
    ['hidden-holder', 5432, ['127.0.0.1 listening ']],
    ['hidden-holder', 1, []],
  ])('in %s of port %i are %j', (name, port, expected) => {
    const proc = recordedProc(name);
    expect(brief(inspectPortListeners(proc, port, readerOf(proc)))).toEqual(expected);
  });
});

describe('inspectListeners', () => {
  it('are the listening TCP sockets and the bound UDP sockets, and no connection', () => {
    const proc = recordedProc('dev-server');
    const { sockets, blindSpots } = inspectListeners(proc, readerOf(proc));
    expect(brief(sockets)).toEqual(['0.0.0.0 listening 600', '127.0.0.1 listening 212,213', '::1 listening 212']);
    expect(sockets.map(({ protocol, port }) => `${protocol} ${port}`)).toEqual(['tcp 3000', 'tcp 3000', 'udp 5353']);
    expect(blindSpots).toEqual([]);
  });
});
