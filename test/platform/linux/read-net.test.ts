import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNetTable } from '../../../src/platform/linux/read-net.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addTable, recordedProc, tableRow } from './fake-proc.ts';
import { isRoot, skipWhen } from '../skip-when.ts';

const WHOLE = { port: null, listenersOnly: false, byteBudget: Number.POSITIVE_INFINITY };
const LISTENERS = { port: null, listenersOnly: true, byteBudget: 0 };

const listeners = (count: number, from = 10_000): readonly string[] =>
  Array.from({ length: count }, (_, i) => tableRow(i, from + i, 0, '0A', 1 + i));
const connections = (count: number, port: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => tableRow(i, port, 1024 + i, '01', 100_000 + i));

const tableOf = (...rows: readonly string[]): string => {
  const proc = makeTempDir();
  addTable(proc, 'tcp', rows);
  return proc;
};

describe('readNetTable', () => {
  it('reads every row of a table longer than one read, also those that a read cuts in two', () => {
    const { rows, complete } = readNetTable(tableOf(...listeners(3_000)), 'tcp', WHOLE);
    expect(complete).toBe(true);
    expect(rows.map(({ port }) => port)).toEqual(Array.from({ length: 3_000 }, (_, i) => 10_000 + i));
  });

  it('finds a listener at the very end of the listeners, however many there are', () => {
    const proc = tableOf(...listeners(3_000), tableRow(0, 3000, 0, '0A', 7), ...connections(5_000, 4000));
    const { rows } = readNetTable(proc, 'tcp', { ...LISTENERS, port: 3000 });
    expect(rows.map(({ inode }) => inode)).toEqual([7]);
  });

  it('stops after the listeners when nothing else is asked, and says so', () => {
    const { rows, complete } = readNetTable(tableOf(...listeners(3), ...connections(20_000, 3000)), 'tcp', LISTENERS);
    expect(complete).toBe(false);
    expect(rows.filter(({ state }) => state === 'listening')).toHaveLength(3);
    expect(rows.length).toBeLessThan(1_000);
  });

  it('reads on within the budget of bytes, and says when that was not the whole', () => {
    const proc = tableOf(...listeners(3), ...connections(5_000, 3000));
    const some = readNetTable(proc, 'tcp', { port: 3000, listenersOnly: false, byteBudget: 131_072 });
    const all = readNetTable(proc, 'tcp', { ...WHOLE, port: 3000 });
    expect(some.complete).toBe(false);
    expect(some.rows.length).toBeGreaterThan(800);
    expect(all).toMatchObject({ complete: true, rows: { length: 5_000 } });
  });

  it('keeps a port by its own end only', () => {
    const proc = tableOf(tableRow(0, 50_000, 3000, '01', 1), tableRow(1, 3000, 50_000, '01', 2));
    expect(readNetTable(proc, 'tcp', { ...WHOLE, port: 3000 }).rows.map(({ inode }) => inode)).toEqual([2]);
  });

  it('reads UDP in full, for its rows are in no order', () => {
    const proc = makeTempDir();
    const rows = Array.from({ length: 3_000 }, (_, i) => tableRow(i, 5353, i === 0 ? 53 : 0, '07', 1 + i));
    addTable(proc, 'udp', rows);
    expect(readNetTable(proc, 'udp', LISTENERS)).toMatchObject({ complete: true, rows: { length: 3_000 } });
  });

  it('takes a table that the kernel does not have for an empty one', () => {
    expect(readNetTable(recordedProc('hidden-holder'), 'udp6', WHOLE)).toEqual({ rows: [], complete: true });
  });

  it('throws for a table that is not ours to read, which is no empty table', (context) => {
    skipWhen(context, isRoot(), 'root may read every file, so no file can be closed to this test');
    const proc = tableOf(tableRow(0, 3000, 0, '0A', 1));
    chmodSync(join(proc, 'net/tcp'), 0);
    expect(() => readNetTable(proc, 'tcp', WHOLE)).toThrow(/EACCES/);
  });

  it.each([
    ['dev-server', 'tcp', ['127.0.0.1:3000', '127.0.0.1:54321']],
    ['dev-server', 'tcp6', ['::1:3000', '::1:3000', '::1:50000']],
    ['dev-server', 'udp', ['0.0.0.0:5353']],
    ['forked-workers', 'tcp', []],
    ['forked-workers', 'tcp6', [':::4000', '::ffff:127.0.0.1:4000', '::ffff:127.0.0.1:4000']],
  ])('reads the recorded %s/net/%s', (name, table, ends) => {
    const { rows } = readNetTable(recordedProc(name), table, WHOLE);
    expect(rows.map(({ address, port }) => `${address}:${port}`)).toEqual(ends);
  });
});
