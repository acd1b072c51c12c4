import { describe, expect, it } from 'vitest';
import type { ServiceRow } from '../../src/model/service.ts';
import { prettyList } from '../../src/report/pretty-list.ts';
import { displayWidth } from '../../src/util/display-width.ts';
import { aLastExit, aRow, NOW } from '../helpers/a-listed-service.ts';
import { OBEYED, plainLook, tooWide } from './lines-that-fit.ts';

const list = (services: readonly ServiceRow[], width = 100): readonly string[] =>
  prettyList({ services }, plainLook(width), NOW).trimEnd().split('\n');

const IDLE = { pid: null, uptimeMs: null, memoryBytes: null, cpuPercent: null, ports: [] };

const BLOCKED = aRow({
  ...IDLE,
  id: 2,
  name: 'worker',
  status: 'blocked',
  restarts: 0,
  blockedBy: { port: 6379, holder: '812 redis-server (systemd)', pid: 812 },
});

describe('the table of services', () => {
  it('says how each is', () => {
    expect(list([aRow({ lastExit: aLastExit() })])).toEqual([
      'id  name     mode  status  pid   up     restarts  cpu   memory  port  last exit',
      '0   backend  fork  online  5120  3 min  2         0.3%  88 MB   5000  1, 4 min ago: MODULE_NOT_FOUN…',
    ]);
  });

  it('says who holds the port of a blocked service, and what frees it', () => {
    expect(list([BLOCKED])).toEqual([
      'id  name    mode  status   pid  up  restarts  cpu  memory  port  last exit',
      '2   worker  fork  blocked  –    –   0         –    –       6379  port held by 812 redis-server (sys…',
      '',
      '✖ worker waits for port 6379, held by 812 redis-server (systemd)',
      '    fix      devdoctor fix --port 6379',
    ]);
  });

  it('says why a service was given up, and where to read on', () => {
    const given = { ...IDLE, status: 'errored' as const, reason: 'given up after 16 unstable restarts' };
    expect(list([aRow({ ...given, lastExit: aLastExit() })]).slice(2)).toEqual([
      '',
      '✖ backend is down: given up after 16 unstable restarts',
      '    why      devdoctor explain MODULE_NOT_FOUND',
    ]);
    const unknown = aLastExit({ rootCause: null, evidence: null, detail: {} });
    expect(list([aRow({ ...given, id: 7, lastExit: unknown })]).at(-1)).toBe(
      '    why      devdoctor logs 7 --err --nostream',
    );
  });

  it('is quiet below the table where all is well', () => {
    expect(list([aRow(), aRow({ ...IDLE, id: 1, status: 'stopped' })])).toHaveLength(3);
  });

  it.each<[string, Partial<ServiceRow>, RegExp]>([
    [
      'what ended by a signal',
      { lastExit: aLastExit({ code: null, signal: 'SIGKILL', rootCause: null }) },
      /SIGKILL, 4/,
    ],
    [
      'an end that nobody saw',
      { lastExit: aLastExit({ code: null, rootCause: null, evidence: null }) },
      /end not seen/,
    ],
    ['the line where no cause is known', { lastExit: aLastExit({ rootCause: null, evidence: 'boom' }) }, /ago: boom/],
    ['copies behind one primary', { mode: 'cluster', instances: 2 }, /online x2/],
    ['a few of many ports', { ports: [1, 2, 3, 4, 5] }, /1 2 3 \+2/],
    ['a namespace that somebody chose', { namespace: 'shop' }, /backend +shop/],
  ])('tells %s', (_, fields, expected) => {
    expect(
      list([aRow(fields)])
        .slice(0, 2)
        .join('\n'),
    ).toMatch(expected);
  });

  it('has no column for a namespace that nobody chose', () => {
    expect(list([aRow()])[0]).not.toContain('namespace');
  });

  it('says what to do where there are no services', () => {
    expect(list([])).toEqual(['No services. devdoctor start …']);
  });
});

describe('a narrow terminal', () => {
  const services = [
    aRow({ lastExit: aLastExit(), namespace: 'shop' }),
    BLOCKED,
    aRow({ id: 12, name: 'ร้านค้าออนไลน์-店铺', status: 'waiting restart', ports: [1, 2, 3, 4] }),
  ];

  it.each([100, 80, 60, 40])('of %i columns gets what fits', (width) => {
    const text = prettyList({ services }, plainLook(width), NOW);
    expect(tooWide(text, width)).toEqual([]);
    expect(text).toContain('waiting restart');
  });

  it('loses the mode first, and keeps the last exit longer than memory', () => {
    const at80 = list(services, 80)[0];
    expect(at80).not.toMatch(/mode|memory/);
    expect(at80).toMatch(/restarts.*last exit/);
  });

  it('keeps columns in line', () => {
    const [, ...lines] = list(services, 100);
    const starts = lines.slice(0, 3).map((line) => displayWidth(line.slice(0, line.search(/online|blocked|waiting/))));
    expect(new Set(starts).size).toBe(1);
  });
});

it('lets no name reach the terminal as it is', () => {
  const hostile = '\u001b[31mred\u202e\nnext';
  const row = aRow({
    name: hostile,
    namespace: hostile,
    status: 'errored',
    reason: hostile,
    lastExit: aLastExit({ signal: hostile, evidence: hostile, rootCause: null, detail: { module: hostile } }),
  });
  const blocked = { ...BLOCKED, name: hostile, blockedBy: { port: 1, holder: hostile, pid: null } };
  expect(prettyList({ services: [row, blocked] }, plainLook(100), NOW)).not.toMatch(OBEYED);
});
