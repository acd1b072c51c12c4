import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LogSource } from '../../../src/supervisor/log-view/types.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { follow } from './followed.ts';
import { aSource, told, watchLogs } from './viewing.ts';

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

  it('shows a line whose beginning is too far away once, and goes on after it', async () => {
    const log = join(makeTempDir(), 'app.log');
    writeFileSync(log, `first\n${'x'.repeat(100)}`);
    const walk = { chunkBytes: 16, cap: 1_000, reachBytes: 40 };
    const watched = watchLogs([aSource(log, 'a', 0)], { walk });
    await watched.shows([`a out ${'x'.repeat(48)}`]);
    expect(watched.lines[0]).toMatchObject({ torn: true, ended: false });
    appendFileSync(log, 'yy\nnext\n');
    await watched.shows([`a out ${'x'.repeat(48)}`, 'a out yy', 'a out next']);
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
