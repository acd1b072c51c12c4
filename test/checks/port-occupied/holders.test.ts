import { describe, expect, it } from 'vitest';
import { holdersOf } from '../../../src/checks/port-occupied/holders.ts';
import { tableOf } from '../../../src/programs/lineage.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { aContext, aSocket, anOccupancy, heldBy } from '../../helpers/a-snapshot.ts';

const shell = running('bash', { pid: 90, parentPid: 1 });
const npm = running('npm run dev', { pid: 95, parentPid: 90 });
const old = aProcess({ pid: 110, parentPid: 95, startedAt: 1_000 });
const young = aProcess({ pid: 105, parentPid: 95, startedAt: 2_000 });
const table = tableOf([shell, npm, old, young]);

const held = (sockets: Parameters<typeof holdersOf>[1], connections: number | null = 0) =>
  holdersOf(anOccupancy({ sockets, connections }), sockets, table, aContext()).map(({ holder }) => holder);

describe('holdersOf', () => {
  it('names each process once, in the order they started, with all its addresses', () => {
    const sockets = [heldBy([young, old]), heldBy([old], { address: '::1' }), heldBy([old])];
    expect(held(sockets).map(({ pid, addresses }) => [pid, addresses])).toEqual([
      [110, ['127.0.0.1', '::1']],
      [105, ['127.0.0.1']],
    ]);
  });

  it('tells what the process is, and its ancestors outermost first', () => {
    expect(held([heldBy([old])])).toEqual([
      {
        pid: 110,
        startedAt: 1_000,
        name: 'node',
        command: 'node server.js',
        cwd: '/home/dev/shop',
        project: '/home/dev/shop',
        user: 'dev',
        addresses: ['127.0.0.1'],
        chain: [
          { pid: 90, name: 'bash', role: 'shell' },
          { pid: 95, name: 'npm', role: 'package-runner' },
        ],
        managedBy: null,
        connections: 0,
      },
    ]);
  });

  it('finds nobody in sockets without a holder', () => {
    expect(held([aSocket(), aSocket({ address: '::1' })])).toEqual([]);
  });

  it('takes every connection of the port for those of its only holder', () => {
    expect(held([heldBy([old])], 7)[0]?.connections).toBe(7);
  });

  it('counts for each of several holders the connections it has itself', () => {
    const sockets = [heldBy([old]), heldBy([young], { address: '::1' })];
    const connected = { state: 'connected', remote: { address: '127.0.0.1', port: 4 } } as const;
    const occupancy = anOccupancy({
      sockets: [...sockets, heldBy([young], connected), heldBy([young], connected), heldBy([old], connected)],
      connections: 3,
    });
    const counts = holdersOf(occupancy, sockets, table, aContext()).map(({ holder }) => holder.connections);
    expect(counts).toEqual([1, 2]);
  });

  it.each([
    ['one holder', [heldBy([old])], [null]],
    ['two holders', [heldBy([old, young])], [null, null]],
  ])('does not guess connections that could not be counted, of %s', (_, sockets, expected) => {
    expect(held(sockets, null).map(({ connections }) => connections)).toEqual(expected);
  });

  it('keeps a holder that ended while it was looked at, and claims to know nothing of it', () => {
    const gone = { pid: 404, startedAt: 9 };
    const [first] = holdersOf(anOccupancy(), [heldBy([gone])], table, aContext());
    expect(first?.process).toBeNull();
    expect(first?.holder).toMatchObject({ ...gone, command: '', cwd: null, project: null, user: null, chain: [] });
  });

  it('knows no project of a process whose folder cannot be read', () => {
    const secret = aProcess({ pid: 120, cwd: null });
    const [first] = holdersOf(anOccupancy(), [heldBy([secret])], tableOf([secret]), aContext());
    expect(first?.holder).toMatchObject({ cwd: null, project: null });
  });

  it('takes what runs in the command’s own control group for a session, not for a managed service', () => {
    const unit = { name: 'session.scope', scope: 'user' } as const;
    const server = aProcess({ pid: 120, unit, controlGroup: '/user.slice/session-2.scope' });
    const judge = (selfControlGroup: string) =>
      holdersOf(anOccupancy(), [heldBy([server])], tableOf([server]), aContext({ selfControlGroup }))[0]?.holder
        .managedBy;
    expect(judge('/user.slice/session-2.scope')).toBeNull();
    expect(judge('/elsewhere')).toEqual({ kind: 'systemd-user', unit: 'session.scope' });
  });
});
