import { describe, expect, it } from 'vitest';
import type { ProcessTable } from '../../../../src/model/process-table.ts';
import { createMemoryBook, type MemoryNeed } from '../../../../src/supervisor/daemon/sampler/memory-book.ts';
import { TABLE } from '../tree/a-run.ts';
import { aRow } from './a-row.ts';

const MB = 1024 * 1024;
const NEED: MemoryNeed = { limitBytes: null, isWatched: false, now: 0 };

/** A table whose processes have the share that is said by then; counts how often it is asked. */
const sharing = (share: { pss: number | null }): { readonly table: ProcessTable; readonly asked: () => number } => {
  let asked = 0;
  const pssBytes = (): number | null => {
    asked += 1;
    return share.pss;
  };
  return { table: { ...TABLE, pssBytes }, asked: () => asked };
};

describe('createMemoryBook', () => {
  it('measures a process at first sight, and then goes by what it grew', () => {
    const { table, asked } = sharing({ pss: 20 * MB });
    const book = createMemoryBook(table);
    expect(book.read([aRow()], NEED).bytes).toBe(20 * MB);
    expect(book.read([aRow({ rssBytes: 52 * MB })], { ...NEED, now: 2_000 }).bytes).toBe(22 * MB);
    expect(book.read([aRow({ rssBytes: 25 * MB })], { ...NEED, now: 4_000 }).bytes).toBe(10 * MB);
    expect(asked()).toBe(1);
  });

  it('measures another process with the same pid', () => {
    const { table, asked } = sharing({ pss: 20 * MB });
    const book = createMemoryBook(table);
    book.read([aRow()], NEED);
    book.read([aRow({ born: 2 })], { ...NEED, now: 2_000 });
    expect(asked()).toBe(2);
  });

  it('measures what moved at most every thirty seconds, and at once when somebody looks', () => {
    const { table, asked } = sharing({ pss: 20 * MB });
    const book = createMemoryBook(table);
    book.read([aRow()], NEED);
    book.read([aRow({ rssBytes: 60 * MB })], { ...NEED, now: 29_000 });
    expect(asked()).toBe(1);
    book.read([aRow({ rssBytes: 60 * MB })], { ...NEED, now: 31_000 });
    expect(asked()).toBe(2);
    book.read([aRow({ rssBytes: 61 * MB })], { ...NEED, now: 33_000, isWatched: true });
    expect(asked()).toBe(2);
    book.read([aRow({ rssBytes: 90 * MB })], { ...NEED, now: 35_000, isWatched: true });
    expect(asked()).toBe(3);
  });

  it('never takes shared pages for more than they are', () => {
    const share = { pss: 20 * MB };
    const { table } = sharing(share);
    const book = createMemoryBook(table);
    const rows = [aRow(), aRow({ pid: 101 })];
    const need = { ...NEED, limitBytes: 60 * MB };
    expect(book.read(rows, need)).toEqual({ bytes: 40 * MB, isOver: false });
    share.pss = 25 * MB;
    const grown = rows.map((row) => ({ ...row, rssBytes: 70 * MB }));
    expect(book.read(grown, { ...need, now: 2_000 })).toEqual({ bytes: 50 * MB, isOver: false });
    share.pss = 35 * MB;
    expect(
      book.read(
        rows.map((row) => ({ ...row, rssBytes: 90 * MB })),
        { ...need, now: 4_000 },
      ),
    ).toEqual({
      bytes: 70 * MB,
      isOver: true,
    });
  });

  it('judges by resident bytes where shares cannot be read', () => {
    const { table } = sharing({ pss: null });
    const book = createMemoryBook(table);
    expect(book.read([aRow(), aRow({ pid: 101 })], { ...NEED, limitBytes: 60 * MB })).toEqual({
      bytes: 100 * MB,
      isOver: true,
    });
  });
});
