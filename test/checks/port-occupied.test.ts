import { describe, expect, it } from 'vitest';
import { portOccupied } from '../../src/checks/port-occupied.ts';
import type { CheckContext } from '../../src/model/check.ts';
import type { ProcessInfo } from '../../src/model/process.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { aContext, anOccupancy, aSocket, examined, FREE, heldBy, IN_USE, SNAPSHOTS } from '../helpers/a-snapshot.ts';

type Told = readonly [
  port: number,
  state: string,
  severity: string,
  holders: readonly number[],
  commands: readonly string[],
];

const HOSTS: Readonly<Record<(typeof SNAPSHOTS)[number], readonly Told[]>> = {
  'yesterdays-server': [[3000, 'listening', 'error', [4312], ['devdoctor fix --port 3000']]],
  'container-host': [
    [5000, 'listening', 'error', [977, 984], ['docker stop registry']],
    [8080, 'listening', 'error', [990], ['docker ps --filter publish=8080', 'docker stop NAME']],
    [9000, 'listening', 'error', [1210], [String.raw`podman stop 'it'\''s web'`]],
  ],
  'managed-services': [
    [3000, 'listening', 'info', [900], ['systemctl stop shop-web.service']],
    [5000, 'listening', 'info', [812], ["pm2 stop 'back end'"]],
    [8080, 'listening', 'error', [910, 911], ['systemctl stop nginx.service']],
    [9090, 'listening', 'error', [1], ['systemctl list-sockets', 'sudo systemctl stop NAME.socket']],
    [6010, 'listening', 'error', [640], []],
  ],
  'out-of-sight': [
    [80, 'reserved', 'error', [], ['PORT=8080 npm run dev']],
    [3000, 'time-wait', 'error', [], ['devdoctor check --port 3000']],
    [4000, 'hidden', 'error', [], ['docker ps --filter publish=4000', 'devdoctor fix --port 4000 --force']],
    [5432, 'hidden', 'error', [], ['sudo devdoctor why 5432']],
    [6379, 'hidden', 'error', [], ['sudo devdoctor why 6379']],
    [7000, 'reserved', 'error', [], ['devdoctor check --port 7000']],
    [7001, 'hidden', 'error', [], ['sudo devdoctor why 7001', 'devdoctor fix --port 7001 --force']],
    [45_000, 'connected', 'error', [3300], ['PORT=45001 npm run dev']],
  ],
  'hostile-names': [
    [3000, 'listening', 'error', [6001, 6002], ['devdoctor fix --port 3000']],
    [3001, 'listening', 'error', [6003], ['devdoctor fix --port 3001']],
    [3002, 'listening', 'error', [6004], ['devdoctor fix --port 3002']],
    [
      3003,
      'listening',
      'info',
      [6005],
      ["systemctl --user stop 'x\u001B[31m\u001B]0;mine\u0007\r\n\u202E\u009B2J.service'"],
    ],
    [
      3004,
      'listening',
      'error',
      [6006],
      ["sudo -u 'โบ๊ท\u001B[31m\u001B]0;mine\u0007\r\n\u202E\u009B2J' devdoctor fix --port 3004"],
    ],
    [3005, 'hidden', 'error', [], ['sudo devdoctor why 3005']],
  ],
};

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe.each(SNAPSHOTS)('on the host %s', (name) => {
  const { findings } = examined(name);

  it('says of each port what it is, who holds it and what to type', () => {
    const told = findings.map(({ data, severity, remedies }) => [
      data.port,
      data.state,
      severity,
      data.holders.map(({ pid }) => pid),
      [...new Set(remedies.flatMap(({ commands }) => commands))],
    ]);
    expect(told).toEqual(HOSTS[name]);
  });

  it('names each finding by its check and its port, once', () => {
    expect(findings.map(({ id }) => id)).toEqual(HOSTS[name].map(([port]) => `port-occupied:tcp:${port}`));
    expect(findings.map(({ subject }) => subject)).toEqual(HOSTS[name].map(([port]) => ({ kind: 'port', port })));
  });

  it('lets no control character of theirs into a summary', () => {
    expect(findings.filter(({ summary }) => UNPRINTABLE.test(summary)).map(({ id }) => id)).toEqual([]);
  });

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
  });
});

describe('the tree behind yesterday’s server', () => {
  it('is ended from npm on, whose terminal was closed', () => {
    const [finding] = examined('yesterdays-server').findings;
    expect(finding?.remedies).toMatchObject([{ kind: 'terminate', target: { pid: 4290 } }]);
    expect(finding?.data.holders[0]?.chain.map(({ role }) => role)).toEqual(['init', 'package-runner', 'script-shell']);
  });
});

const MANAGED = { unit: { name: 'shop.service', scope: 'user' }, controlGroup: '/shop.service' } as const;

describe('severity', () => {
  const severity = (processes: readonly ProcessInfo[], context: Partial<CheckContext> = {}): string | undefined => {
    const ports = [anOccupancy({ sockets: [heldBy(processes)] })];
    return [...portOccupied.examine({ ports, processes }, aContext(context))][0]?.severity;
  };
  const own = aProcess(MANAGED);
  const elsewhere = { path: '/home/dev/blog', deleted: false };

  it('is info where this project’s own service runs under its manager', () => {
    expect(severity([own, aProcess({ ...MANAGED, pid: 101 })])).toBe('info');
  });

  it.each<[string, readonly ProcessInfo[], Partial<CheckContext>?]>([
    ['nothing manages it', [aProcess()]],
    ['it is of another project', [{ ...own, cwd: elsewhere }]],
    ['it is of no project', [{ ...own, cwd: null }]],
    ['the command runs in no project', [{ ...own, cwd: null }], { project: null }],
    ['it is suspended', [{ ...own, state: 'stopped' }]],
    ['it has ended', [{ ...own, state: 'zombie' }]],
    ['only one of two is managed', [own, aProcess({ pid: 101 })]],
  ])('is error where %s', (_, processes, context) => {
    expect(severity(processes, context)).toBe('error');
  });

  it('is error where the own service is only connected', () => {
    const ports = [anOccupancy({ sockets: [heldBy([own], { state: 'connected' })] })];
    expect([...portOccupied.examine({ ports, processes: [own] }, aContext())][0]?.severity).toBe('error');
  });
});

describe('the check', () => {
  it('finds nothing on free ports, and each occupied one of several', () => {
    const ports = [1, 2, 3].map((port) => anOccupancy({ port, probes: [port === 2 ? IN_USE : FREE] }));
    expect([...portOccupied.examine({ ports, processes: [] }, aContext())].map(({ id }) => id)).toEqual([
      'port-occupied:tcp:2',
    ]);
  });

  it.each([
    ['by name', { uid: 112, user: 'postgres' }, 'postgres'],
    ['by number', { uid: 112, user: null }, '112'],
    ['not at all', { uid: null, user: null }, null],
  ])('tells whose a hidden socket is, %s', (_, said, expected) => {
    const [finding] = portOccupied.examine(
      { ports: [anOccupancy({ sockets: [aSocket(said)] })], processes: [] },
      aContext(),
    );
    expect(finding?.data).toMatchObject({ state: 'hidden', hiddenOwner: expected });
  });

  it('tells no hidden owner of a socket whose holder is seen', () => {
    const server = running('node x.js');
    const [finding] = portOccupied.examine(
      { ports: [anOccupancy({ sockets: [heldBy([server])] })], processes: [server] },
      aContext(),
    );
    expect(finding?.data).toMatchObject({ holders: [{ pid: server.pid }], hiddenOwner: null });
  });
});
