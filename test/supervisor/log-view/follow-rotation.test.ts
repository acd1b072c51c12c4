import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, it } from 'vitest';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { follow, numbers, said } from './followed.ts';
import { aSource, watchLogs } from './viewing.ts';

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

describe('following a log that is rotated', () => {
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
});
