import { describe, expect, it } from 'vitest';
import { findListeners } from '../../../src/platform/linux/find-listeners.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addTable, tableRow } from './fake-proc.ts';

const LISTEN = '0A';
const ESTABLISHED = '01';

describe('findListeners', () => {
  it('finds sockets in both tables', () => {
    const proc = makeTempDir();
    addTable(proc, 'tcp', [tableRow(0, 3000, 0, LISTEN, 11), tableRow(1, 3001, 0, LISTEN, 12)]);
    addTable(proc, 'tcp6', [tableRow(0, 4000, 0, LISTEN, 21)]);
    expect(findListeners(proc, new Set([12, 21]))).toEqual(
      new Map([
        [21, 4000],
        [12, 3001],
      ]),
    );
  });

  it('takes no connection for a listener', () => {
    const proc = makeTempDir();
    addTable(proc, 'tcp', [tableRow(0, 3000, 0, LISTEN, 11), tableRow(1, 3001, 50_000, ESTABLISHED, 12)]);
    expect(findListeners(proc, new Set([12]))).toEqual(new Map());
  });

  it('answers for a kernel without IPv6, and without any table', () => {
    const proc = makeTempDir();
    expect(findListeners(proc, new Set([11]))).toEqual(new Map());
    addTable(proc, 'tcp', [tableRow(0, 3000, 0, LISTEN, 11)]);
    expect(findListeners(proc, new Set([11]))).toEqual(new Map([[11, 3000]]));
  });
});
