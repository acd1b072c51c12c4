import { describe, expect, it } from 'vitest';
import type { PortRow, PortsResult } from '../../src/model/results.ts';
import { prettyPorts } from '../../src/report/pretty-ports.ts';
import { displayWidth } from '../../src/util/display-width.ts';
import { plainLook, portsOf } from './lines-that-fit.ts';

const ROW: PortRow = {
  protocol: 'tcp',
  port: 3000,
  addresses: ['127.0.0.1', '::1'],
  pid: 100,
  name: 'node',
  command: 'node server.js',
  project: '/home/ada/shop',
  user: 'ada',
  upMs: 68_400_000,
  memoryBytes: 222_298_112,
  managedBy: { kind: 'pm2', unit: 'api' },
};

const UNKNOWN = { pid: null, name: null, command: null, project: null, upMs: null, memoryBytes: null, managedBy: null };

const ports = (rows: readonly PortRow[], said: Partial<PortsResult> = {}): readonly string[] =>
  prettyPorts({ schemaVersion: 1, command: 'ports', rows, omitted: 0, notes: [], ...said }, plainLook(100))
    .trimEnd()
    .split('\n');

describe('the table of listeners', () => {
  it('says who listens where, since when, and who keeps it alive', () => {
    expect(ports([ROW])).toEqual([
      'port  address        pid  process         project  up    memory  kept by',
      '3000  127.0.0.1 ::1  100  node server.js  shop     19 h  212 MB  pm2 api',
    ]);
  });

  it.each<[string, Partial<PortRow>, RegExp]>([
    ['UDP as such', { protocol: 'udp' }, /^3000\/udp {2}/],
    ['a hidden holder by its user', { ...UNKNOWN, user: 'root' }, / – {4}hidden, of root {2}–/],
    ['a hidden holder without a user', { ...UNKNOWN, user: null }, / – {4}hidden {3}–/],
    ['a process without a command line by its name', { command: '' }, / node {5}/],
    ['nothing where no manager is known', { managedBy: null }, / –$/],
  ])('shows %s', (_, said, expected) => {
    expect(ports([{ ...ROW, ...said }])[1]).toMatch(expected);
  });

  it('is a sentence where nothing listens', () => {
    expect(ports([])).toEqual(['Nothing of yours listens here.']);
  });

  it.each([
    [1, '1 more row with --all'],
    [12, '12 more rows with --all'],
  ])('counts what it leaves out: %i', (omitted, expected) => {
    expect(ports([ROW], { omitted }).at(-1)).toBe(expected);
  });

  it('lines up names in Thai and Chinese', () => {
    const [, ...lines] = prettyPorts({ ...portsOf('hostile-names'), omitted: 0 }, plainLook(100))
      .trimEnd()
      .split('\n');
    const rows = lines.filter((line) => line.includes('50 min') || line.includes('19 h'));
    const starts = rows.map((line) => displayWidth(line.slice(0, line.indexOf('19 h'))));
    expect(rows.length).toBeGreaterThan(3);
    expect(new Set(starts).size).toBe(1);
  });
});
