import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LogSource } from '../../../src/supervisor/log-view/types.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { aSource, told, watchLogs, type Watched } from './viewing.ts';

interface Followed {
  readonly log: string;
  readonly watched: Watched;
}

/** A log with a first line, and a view that has shown it. */
const follow = async (text = 'first\n'): Promise<Followed> => {
  const log = join(makeTempDir(), 'app.log');
  writeFileSync(log, text);
  const watched = watchLogs([aSource(log, 'a', 0)]);
  await watched.shows(
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => `a out ${line}`),
  );
  await watched.looks();
  return { log, watched };
};

const numbers = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, place) => `line ${from + place}\n`).join('');

const said = (from: number, to: number): readonly string[] =>
  numbers(from, to)
    .split('\n')
    .slice(0, -1)
    .map((line) => `a out ${line}`);

/** Rotates as the supervisor does: the whole lines are copied, and the beginning of one stays for its rest. */
const copyAndCut = (log: string): void => {
  const text = readFileSync(log);
  const end = text.lastIndexOf(10) + 1;
  writeFileSync(`${log}.copy`, text.subarray(0, end));
  for (let number = 9; number > 0; number -= 1) {
    if (existsSync(`${log}.${number}`)) renameSync(`${log}.${number}`, `${log}.${number + 1}`);
  }
  renameSync(`${log}.copy`, `${log}.1`);
  truncateSync(log);
  appendFileSync(log, text.subarray(end));
};

describe('following a log', () => {
  it('shows whole lines as they come, and the beginning of one only after a silence', async () => {
    const { log, watched } = await follow();
    appendFileSync(log, 'second\nthi');
    await watched.shows(['a out first', 'a out second']);
    appendFileSync(log, 'rd\nprompt> ');
    await watched.shows(['a out first', 'a out second', 'a out third']);
    await watched.shows(['a out first', 'a out second', 'a out third', 'a out prompt> ']);
    appendFileSync(log, 'answer\n');
    await watched.shows(['a out first', 'a out second', 'a out third', 'a out prompt> ', 'a out answer']);
    expect(watched.lines.at(-1)).toMatchObject({ continued: true, ended: true });
  });

  it('begins where a line begins that had not ended', async () => {
    const log = join(makeTempDir(), 'app.log');
    writeFileSync(log, 'first\nsec');
    const watched = watchLogs([aSource(log, 'a', 0)]);
    await watched.shows(['a out first']);
    appendFileSync(log, 'ond\n');
    await watched.shows(['a out first', 'a out second']);
  });

  it('merges what came at once by what lines tell', async () => {
    const folder = makeTempDir();
    const [out, err] = [join(folder, 'out.log'), join(folder, 'err.log')];
    for (const path of [out, err]) writeFileSync(path, '');
    let time = Date.UTC(2026, 10, 30, 10);
    const watched = watchLogs([aSource(out, 'a', 0), aSource(err, 'a', 0, 'err')], {
      clock: { now: () => time, sleep: () => delay(5) },
    });
    await watched.looks();
    appendFileSync(out, '2026-11-30T10:00:01Z one\n2026-11-30T10:00:03Z three\n  of three\n');
    appendFileSync(err, '2026-11-30T10:00:02Z two\n2026-11-30T10:00:04Z four\n');
    time += 5_000;
    await waitFor('five lines', () => watched.lines.length >= 5);
    expect(watched.lines.map((line) => told(line).replace(/\S+Z /, ''))).toEqual([
      'a out one',
      'a err two',
      'a out three',
      'a out   of three',
      'a err four',
    ]);
  });

  it('begins again when the log is emptied', async () => {
    const { log, watched } = await follow();
    truncateSync(log);
    appendFileSync(log, 'new\n');
    await watched.shows(['a out first', 'a out new']);
    writeFileSync(log, 'longer than it ever was before\n');
    await watched.shows(['a out first', 'a out new', 'a out longer than it ever was before']);
  });

  it('takes no old part for what was in a log that was emptied', async () => {
    const log = join(makeTempDir(), 'app.log');
    writeFileSync(log, numbers(0, 3));
    writeFileSync(`${log}.1`, numbers(0, 9));
    // By this clock the part was made long ago.
    const clock = { now: () => Date.now() + 60_000, sleep: () => delay(5) };
    const wanted = { lines: 3, since: null, grep: null };
    const watched = watchLogs([aSource(log, 'a', 0)], { clock, wanted });
    await watched.shows(said(0, 3));
    await watched.looks();
    truncateSync(log);
    await watched.looks();
    appendFileSync(log, 'new\n');
    await watched.shows([...said(0, 3), 'a out new']);
  });

  it('shows what was copied away before it was seen, and the line that was cut in two', async () => {
    const { log, watched } = await follow(numbers(0, 5));
    appendFileSync(log, numbers(5, 8).concat('line '));
    copyAndCut(log);
    appendFileSync(log, '8\n');
    await watched.shows(said(0, 9));
    appendFileSync(log, 'line ');
    await watched.looks();
    copyAndCut(log);
    appendFileSync(log, numbers(9, 11).slice('line '.length));
    copyAndCut(log);
    appendFileSync(log, numbers(11, 12));
    await watched.shows(said(0, 12));
  });

  it('shows what was copied with a part of a line, as other tools do', async () => {
    const { log, watched } = await follow();
    appendFileSync(log, 'hal');
    await watched.looks();
    appendFileSync(log, 'f a');
    copyFileSync(log, `${log}.1`);
    truncateSync(log);
    appendFileSync(log, ' line\n');
    await watched.shows(['a out first', 'a out half a line']);
  });

  it('finds the copy when it is compressed at once', async () => {
    const { log, watched } = await follow();
    appendFileSync(log, 'second\n');
    writeFileSync(`${log}.1.gz`, gzipSync(readFileSync(log)));
    truncateSync(log);
    appendFileSync(log, 'third\n');
    await watched.shows(['a out first', 'a out second', 'a out third']);
  });

  it('finishes a renamed log, and those that came and went meanwhile, before the new one', async () => {
    const { log, watched } = await follow();
    appendFileSync(log, 'second\nlast words');
    renameSync(log, `${log}.2`);
    writeFileSync(`${log}.1`, 'between\n');
    writeFileSync(log, 'third\n');
    await watched.shows(['a out first', 'a out second', 'a out last words', 'a out between', 'a out third']);
  });

  it('goes on with a renamed log until there is a new one', async () => {
    const { log, watched } = await follow();
    renameSync(log, `${log}.1`);
    await watched.looks();
    appendFileSync(`${log}.1`, 'still there\n');
    await watched.shows(['a out first', 'a out still there']);
    writeFileSync(log, 'new\n');
    await watched.shows(['a out first', 'a out still there', 'a out new']);
  });

  it('waits for a log that is deleted, or not there yet', async () => {
    const { log, watched } = await follow();
    rmSync(log);
    await watched.looks();
    writeFileSync(log, 'back\n');
    await watched.shows(['a out first', 'a out back']);
    const other = join(makeTempDir(), 'later.log');
    const later = watchLogs([aSource(other, 'a', 0)]);
    await later.looks();
    writeFileSync(other, 'here\n');
    await later.shows(['a out here']);
  });

  it('shows logs that come later, from when it began', async () => {
    const folder = makeTempDir();
    const [log, added] = [join(folder, 'app.log'), join(folder, 'added.log')];
    writeFileSync(log, '');
    const news: LogSource[] = [];
    const watched = watchLogs([aSource(log, 'a', 0)], { added: () => news.splice(0) });
    await watched.looks();
    writeFileSync(added, 'hello\n');
    news.push(aSource(added, 'b', 1));
    await watched.shows(['b out hello']);
    appendFileSync(added, 'again\n');
    await watched.shows(['b out hello', 'b out again']);
  });

  it('loses and doubles nothing while a log is written and rotated fast', async () => {
    const { log, watched } = await follow(numbers(0, 1));
    let count = 1;
    for (let round = 0; round < 60; round += 1) {
      const next = count + 50;
      appendFileSync(log, numbers(count, next));
      count = next;
      if (round % 3 === 2) copyAndCut(log);
      if (round % 2 === 0) await watched.looks();
    }
    await watched.shows(said(0, count));
  });

  it('shows more at once than is read at once', async () => {
    const { log, watched } = await follow();
    const lines = Array.from({ length: 30_000 }, (_, place) => `${'x'.repeat(100)} ${place}`);
    appendFileSync(log, lines.join('\n').concat('\n'));
    await waitFor('all lines', () => watched.lines.length === 30_001);
    expect(watched.lines.at(-1)?.bytes.toString()).toBe(lines.at(-1));
  });

  it('lets go of its files when it ends', async () => {
    const { log, watched } = await follow();
    await watched.end();
    appendFileSync(log, 'unseen\n');
    expect(watched.lines).toHaveLength(1);
  });
});
