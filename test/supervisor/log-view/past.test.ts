import {
  appendFileSync,
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { shownText } from '../../../src/supervisor/log-view/line-text.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { aSource, viewPast } from './viewing.ts';

const TEN = Date.UTC(2026, 10, 30, 10);
const at = (seconds: number): string => new Date(TEN + seconds * 1_000).toISOString();

/** Lines with their times, as a service writes them. */
const stamped = (...seconds: readonly number[]): string =>
  seconds.map((second) => `${at(second)} line ${second}\n`).join('');

const words = (shown: readonly string[]): readonly string[] => shown.map((line) => line.replace(/\S+T\S+Z /, ''));

const write = (
  folder: string,
  name: string,
  text: string | Uint8Array,
  modifiedAt: number = TEN + 3_600_000,
): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  utimesSync(path, modifiedAt / 1_000, modifiedAt / 1_000);
  return path;
};

const wanted = { lines: 15, since: null, grep: null };

describe('the past of logs', () => {
  it('is merged by time over streams and services', async () => {
    const folder = makeTempDir();
    const out = write(folder, 'api-out.log', stamped(1, 4, 6));
    const err = write(folder, 'api-err.log', stamped(2, 5));
    const other = write(folder, 'web-out.log', stamped(0, 3, 7));
    const { told } = await viewPast([aSource(out, 'api', 0), aSource(err, 'api', 0, 'err'), aSource(other, 'web', 1)]);
    expect(words(told)).toEqual([
      'web out line 0',
      'api out line 1',
      'api err line 2',
      'web out line 3',
      'api out line 4',
      'api err line 5',
      'api out line 6',
      'web out line 7',
    ]);
  });

  it('is merged by marks where lines tell no time, standard output first', async () => {
    const folder = makeTempDir();
    const out = write(folder, 'out.log', 'o1\no2\no3\n', TEN + 9_000);
    const err = write(folder, 'err.log', 'e1\ne2\n', TEN + 9_000);
    const marks = (path: string, ...pairs: readonly (readonly [second: number, offset: number])[]) =>
      pairs.map(([second, offset]) => ({ at: TEN + second * 1_000, inode: statSync(path).ino, offset }));
    const index = new Map([
      [out, marks(out, [1, 3], [3, 6], [5, 9])],
      [err, marks(err, [1, 0], [2, 3], [5, 6])],
    ]);
    const { told, lines } = await viewPast([aSource(out, 'api', 0), aSource(err, 'api', 0, 'err')], {
      indexOf: (path) => index.get(path) ?? [],
    });
    expect(told).toEqual(['api out o1', 'api err e1', 'api out o2', 'api out o3', 'api err e2']);
    expect(lines.map(({ at }) => (at ?? 0) - TEN)).toEqual([1_000, 2_000, 3_000, 5_000, 5_000]);
  });

  it('has the last lines of each service, whichever stream they are from', async () => {
    const folder = makeTempDir();
    const out = write(folder, 'out.log', stamped(1, 2, 3, 4, 5, 6));
    const err = write(folder, 'err.log', stamped(0, 7));
    const other = write(folder, 'other.log', stamped(1, 2, 3));
    const sources = [aSource(out, 'api', 0), aSource(err, 'api', 0, 'err'), aSource(other, 'web', 1)];
    const { told } = await viewPast(sources, { wanted: { ...wanted, lines: 2 } });
    expect(words(told)).toEqual(['web out line 2', 'web out line 3', 'api out line 6', 'api err line 7']);
    expect((await viewPast(sources, { wanted: { ...wanted, lines: 0 } })).told).toEqual([]);
  });

  it('goes back through rotated parts, compressed or not, as far as is needed', async () => {
    const folder = makeTempDir();
    const log = write(folder, 'app.log', stamped(7, 8));
    write(folder, 'app.log.1', stamped(5, 6));
    write(folder, 'app.log.2.gz', gzipSync(stamped(3, 4)));
    write(folder, 'app.log.10.gz', gzipSync(stamped(1, 2)));
    write(folder, 'app.log.idx', stamped(9));
    write(folder, 'app.log.1.gz', gzipSync(stamped(5, 6)));
    const show = async (lines: number) =>
      words((await viewPast([aSource(log, 'a', 0)], { wanted: { ...wanted, lines } })).told);
    const all = [1, 2, 3, 4, 5, 6, 7, 8].map((second) => `a out line ${second}`);
    for (const count of [1, 2, 3, 4, 5, 6, 7, 8]) expect(await show(count)).toEqual(all.slice(-count));
    expect(await show(100)).toEqual(all);
  });

  it('has the last lines that match, however far back they are', async () => {
    const folder = makeTempDir();
    const noise = 'noise\n'.repeat(5_000);
    const log = write(folder, 'app.log', `${noise}boom 3\n${noise}`);
    write(folder, 'app.log.1.gz', gzipSync(`boom 1\n${noise}\u001b[31mbo\u001b[0mom 2\n`));
    const show = async (lines: number) =>
      (await viewPast([aSource(log, 'a', 0)], { wanted: { ...wanted, lines, grep: /^boom/ } })).lines;
    expect((await show(15)).map((line) => shownText(line, false))).toEqual(['boom 1', 'boom 2', 'boom 3']);
    expect(await show(1)).toHaveLength(1);
  });

  it('has what is young enough, by what lines tell', async () => {
    const folder = makeTempDir();
    const log = write(folder, 'app.log', `${stamped(5)}  at x\n${stamped(6)}  at y\n`);
    write(folder, 'app.log.1', stamped(1, 2, 3, 4), TEN + 4_000);
    write(folder, 'app.log.2', stamped(0), TEN);
    const since = async (second: number, lines = Number.POSITIVE_INFINITY) =>
      words(
        (await viewPast([aSource(log, 'a', 0)], { wanted: { ...wanted, lines, since: TEN + second * 1_000 } })).told,
      );
    expect(await since(6)).toEqual(['a out line 6', 'a out   at y']);
    expect(await since(4)).toEqual(['a out line 4', 'a out line 5', 'a out   at x', 'a out line 6', 'a out   at y']);
    expect(await since(4, 3)).toEqual(['a out   at x', 'a out line 6', 'a out   at y']);
    expect(await since(7)).toEqual([]);
    expect(await since(-10)).toHaveLength(9);
  });

  it('has what is young enough, by the time of the file where nothing else tells it', async () => {
    const folder = makeTempDir();
    const log = write(folder, 'app.log', 'new 1\nnew 2\n', TEN + 60_000);
    write(folder, 'app.log.1', 'old\n', TEN);
    const since = async (at: number) =>
      (await viewPast([aSource(log, 'a', 0)], { wanted: { ...wanted, lines: 99, since: at } })).told;
    expect(await since(TEN + 30_000)).toEqual(['a out new 1', 'a out new 2']);
    expect(await since(TEN + 61_000)).toEqual([]);
  });

  it('shows a last line that has not ended, unless it is followed', async () => {
    const folder = makeTempDir();
    const log = write(folder, 'app.log', 'one\ntwo');
    const { lines, told } = await viewPast([aSource(log, 'a', 0)]);
    expect(told).toEqual(['a out one', 'a out two']);
    expect(lines.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('says what could not be read, and shows the rest', async () => {
    const folder = makeTempDir();
    const good = write(folder, 'good.log', 'fine\n');
    const directory = join(folder, 'folder.log');
    mkdirSync(directory);
    const broken = write(folder, 'broken.log', 'live\n');
    const packed = gzipSync(Buffer.from(stamped(...Array.from({ length: 3_000 }, (_, second) => second))));
    write(folder, 'broken.log.1.gz', packed.subarray(0, packed.length - 20));
    const gone = join(folder, 'gone.log');
    const sources = [good, directory, broken, gone].map((path, id) => aSource(path, 'a', id));
    const { told, troubles } = await viewPast(sources, { wanted: { ...wanted, lines: 3 } });
    expect(told).toContain('a out fine');
    expect(told.filter((line) => line.endsWith('live'))).toHaveLength(1);
    expect(new Set(troubles)).toEqual(
      new Set([`${directory}: it is no file`, `${join(folder, 'broken.log.1.gz')}: unexpected end of file`]),
    );
  });

  it.skipIf(process.getuid?.() === 0)('says that a log may not be read', async () => {
    const log = write(makeTempDir(), 'secret.log', 'secret\n');
    chmodSync(log, 0);
    expect((await viewPast([aSource(log, 'a', 0)])).troubles).toEqual([`${log}: this user may not read it`]);
  });

  it('shows what is left where the log itself is gone', async () => {
    const folder = makeTempDir();
    write(folder, 'app.log.1', 'kept\n');
    expect((await viewPast([aSource(join(folder, 'app.log'), 'a', 0)])).told).toEqual(['a out kept']);
  });

  it('cuts what is too long, and reads no gigabyte for it', async () => {
    const log = join(makeTempDir(), 'app.log');
    writeFileSync(log, 'before\n');
    const descriptor = openSync(log, 'r+');
    ftruncateSync(descriptor, 1_073_741_824);
    closeSync(descriptor);
    appendFileSync(log, 'end');
    const before = process.memoryUsage.rss();
    const { lines } = await viewPast([aSource(log, 'a', 0)]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ torn: true, bytes: expect.objectContaining({ length: 65_536 }) });
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  it('ends when nobody reads any more, and when it is told to', async () => {
    const log = write(makeTempDir(), 'app.log', 'line\n'.repeat(100_000));
    const many = { ...wanted, lines: 1_000_000 };
    let shown = 0;
    const show = (): boolean => (shown += 1) < 2;
    await viewPast([aSource(log, 'a', 0)], { wanted: many, show });
    expect(shown).toBe(2);
    shown = 0;
    await viewPast([aSource(log, 'a', 0)], { wanted: many, show: () => (shown += 1) > 0, stopped: () => shown > 0 });
    expect(shown).toBe(1);
  });
});
