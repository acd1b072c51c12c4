import { describe, expect, it } from 'vitest';
import { portOccupied } from '../../../src/checks/port-occupied.ts';
import type { PortOccupancy } from '../../../src/model/port.ts';
import type { ProcessInfo } from '../../../src/model/process.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { aContext, aSocket, anOccupancy, heldBy, IN_USE, NOT_PERMITTED } from '../../helpers/a-snapshot.ts';

const init = running('/sbin/init', { pid: 1, parentPid: 0 });
const shell = running('bash', { pid: 90 });
const server = aProcess({ parentPid: 90 });
const remote = { address: '2001:db8::1', port: 443 };

const evidence = (processes: readonly ProcessInfo[], occupancy: Partial<PortOccupancy>): readonly string[] => {
  const [finding] = portOccupied.examine({ ports: [anOccupancy(occupancy)], processes }, aContext());
  return finding?.evidence.map(({ text, source }) => `${source}: ${text}`) ?? [];
};

const ofHolder = (said: Partial<ProcessInfo>, connections: number | null = 0): readonly string[] => {
  const holder = { ...server, ...said };
  return evidence([holder, shell, init], { sockets: [heldBy([holder])], connections }).filter((text) =>
    text.startsWith('process 100: '),
  );
};

describe('evidence', () => {
  it('says which binds failed and with what, and leaves out those that did not', () => {
    const probes = [
      IN_USE,
      { address: '::1', outcome: 'free', code: null },
      { address: '::', outcome: 'in-use', code: 'EADDRINUSE' },
    ] as const;
    expect(evidence([], { probes }).slice(0, 2)).toEqual([
      'bind probe: binding 127.0.0.1:3000 fails with EADDRINUSE',
      'bind probe: binding [::]:3000 fails with EADDRINUSE',
    ]);
    expect(evidence([], { probes }).join()).not.toContain('::1');
  });

  it.each([
    [aSocket(), '127.0.0.1:3000 listening, socket of dev'],
    [aSocket({ address: '::', user: null }), '[::]:3000 listening, socket of user 1000'],
    [aSocket({ user: null, uid: null }), '127.0.0.1:3000 listening'],
    [aSocket({ state: 'connected', remote }), '127.0.0.1:3000 connected to [2001:db8::1]:443, socket of dev'],
  ])('describes a socket as %#', (socket, expected) => {
    expect(evidence([], { sockets: [socket] })).toContain(`socket table: ${expected}`);
  });

  it.each<[string, Partial<ProcessInfo>, number | null, readonly string[]]>([
    ['its age', {}, 0, ['up 19 h']],
    ['its memory', { memoryBytes: 222_298_112 }, 0, ['up 19 h, 212 MB']],
    ['who is connected', {}, 2, ['up 19 h, 2 connections']],
    ['no connections that were not counted', {}, null, ['up 19 h']],
    [
      'that it is suspended',
      { state: 'stopped' },
      0,
      ['up 19 h', 'it is suspended, as by Ctrl-Z: it holds the port and answers nobody'],
    ],
    ['that its folder is gone', { cwd: { path: '/x', deleted: true } }, 0, ['up 19 h', 'its folder was removed']],
    [
      'that its program is gone',
      { executable: { path: '/x', deleted: true } },
      0,
      ['up 19 h', 'its program was removed or upgraded since'],
    ],
    ['that it is an orphan', { parentPid: 1 }, 0, ['up 19 h', 'whoever started it is gone']],
  ])('tells of a holder %s', (_, said, connections, expected) => {
    expect(ofHolder(said, connections)).toEqual(expected.map((text) => `process 100: ${text}`));
  });

  it('tells of a tree whose package runner is an orphan', () => {
    const npm = running('npm run dev', { pid: 95, parentPid: 1 });
    const child = aProcess({ parentPid: 95 });
    const gone = 'process 100: whoever started it is gone';
    expect(evidence([child, npm, init], { sockets: [heldBy([child])] })).toContain(gone);
    expect(evidence([child, { ...npm, parentPid: 90 }, shell, init], { sockets: [heldBy([child])] })).not.toContain(
      gone,
    );
  });

  it('does not call what the first process of a container started itself an orphan', () => {
    const first = running('node start-all.js', { pid: 1, parentPid: 0 });
    const child = aProcess({ parentPid: 1 });
    expect(evidence([child, first], { sockets: [heldBy([child])] }).join()).not.toContain('whoever started it');
  });

  it('does not call a service of init an orphan', () => {
    const unit = { name: 'shop.service', scope: 'system' } as const;
    expect(ofHolder({ parentPid: 1, unit, controlGroup: '/system.slice/shop.service' })).toEqual([
      'process 100: up 19 h',
    ]);
  });

  it('says that a holder ended while it was looked at', () => {
    const texts = evidence([], { sockets: [heldBy([{ pid: 404, startedAt: 1 }])] });
    expect(texts).toContain('process 404: 404 ended while it was looked at');
  });

  it('warns of two processes on two families, and of nothing where both are one', () => {
    const other = aProcess({ pid: 101 });
    const conflict = 'socket table: IPv4 and IPv6 are held by two processes: localhost reaches one or the other';
    const six = { address: '::1' };
    expect(evidence([server, other], { sockets: [heldBy([server]), heldBy([other], six)] })).toContain(conflict);
    expect(evidence([server], { sockets: [heldBy([server]), heldBy([server], six)] })).not.toContain(conflict);
    expect(evidence([server, other], { sockets: [heldBy([server, other])] })).not.toContain(conflict);
  });

  it('says from which port on no rights are needed', () => {
    const texts = evidence([], { port: 80, probes: [NOT_PERMITTED], firstUnprivilegedPort: 500 });
    expect(texts).toContain('ip_unprivileged_port_start: ports below 500 need rights');
  });

  it.each([
    [32_767, false],
    [32_768, true],
    [60_999, true],
    [61_000, false],
  ])('says of port %i whether clients are given it: %s', (port, expected) => {
    const socket = aSocket({ state: 'connected', port });
    const texts = evidence([], { port, sockets: [socket] });
    expect(texts.some((text) => text.startsWith('ip_local_port_range: '))).toBe(expected);
  });

  it('does not speak of client ports where a server listens', () => {
    const port = 40_000;
    expect(evidence([server], { port, sockets: [heldBy([server], { port })] }).join()).not.toContain(
      'ip_local_port_range',
    );
  });

  it.each<[string, Partial<PortOccupancy>, boolean]>([
    ['a listener is not seen to be held', { sockets: [aSocket()] }, true],
    ['no socket was found', { sockets: [] }, true],
    ['every holder was found', { sockets: [heldBy([server])] }, false],
    ['nobody can hold what is left', { sockets: [aSocket({ state: 'time-wait' })] }, false],
  ])('says what could not be read only where it matters: %s', (_, occupancy, told) => {
    const texts = evidence([server], { blindSpots: ['3 processes could not be read'], ...occupancy });
    expect(texts.includes('processes: 3 processes could not be read')).toBe(told);
  });
});
