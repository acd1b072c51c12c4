import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recoverCut, type Cut } from '../../../../src/supervisor/daemon/logs/exact/cut.ts';
import { createPauser } from '../../../../src/supervisor/daemon/logs/exact/pause.ts';
import { openSlot } from '../../../../src/supervisor/daemon/logs/exact/slot.ts';
import { openJournal } from '../../../../src/supervisor/daemon/logs/pump/journal.ts';
import { procTable } from '../../../helpers/proc-table.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

const textOf = (path: string): string => readFileSync(path, 'utf8');
const WHOLE = 'one\ntwo\n';
const TAIL = 'begin';

/** A rotation that was about to be done when its program was killed. */
const interrupted = () => {
  const folder = makeTempDir();
  const log = join(folder, 'app.log');
  const copy = join(folder, '.app.log.rotating');
  writeFileSync(log, WHOLE + TAIL);
  writeFileSync(copy, WHOLE);
  writeFileSync(`${log}.1`, 'older\n');
  const slot = openSlot(join(folder, 'cut.json'), 4_096);
  onTestFinished(() => slot.close());
  const { ino: inode, size } = statSync(log);
  const cut: Cut = {
    path: log,
    inode,
    size,
    base: 0,
    tail: Buffer.from(TAIL).toString('base64'),
    rotated: { copy, log, retain: 3 },
    source: null,
  };
  slot.write(cut);
  return { log, copy, slot, cut };
};

const overwrite = (log: string, text: string, size: number | null): void => {
  const descriptor = openSync(log, 'r+');
  writeSync(descriptor, text, 0);
  if (size !== null) ftruncateSync(descriptor, size);
  closeSync(descriptor);
};

test.each([
  ['before anything was done', () => {}],
  ['while older parts were moved', (log: string) => renameSync(`${log}.1`, `${log}.2`)],
  [
    'when the copy had its name',
    (log: string, copy: string) => {
      renameSync(`${log}.1`, `${log}.2`);
      renameSync(copy, `${log}.1`);
    },
  ],
  [
    'when the rest was written to the beginning',
    (log: string, copy: string) => {
      renameSync(`${log}.1`, `${log}.2`);
      renameSync(copy, `${log}.1`);
      overwrite(log, TAIL, null);
    },
  ],
  [
    'when the log was emptied',
    (log: string, copy: string) => {
      renameSync(`${log}.1`, `${log}.2`);
      renameSync(copy, `${log}.1`);
      overwrite(log, TAIL, TAIL.length);
    },
  ],
])('a rotation that was interrupted %s is ended, with every line once', (_, until) => {
  const { log, copy, slot } = interrupted();
  until(log, copy);
  recoverCut(slot, []);
  expect([`${log}.2`, `${log}.1`, log].map(textOf)).toEqual(['older\n', WHOLE, TAIL]);
  expect(existsSync(copy)).toBe(false);
  recoverCut(slot, []);
  expect(textOf(log)).toBe(TAIL);
});

test('a log that has grown since is left as it is, and its copy goes', () => {
  const { log, copy, slot } = interrupted();
  writeFileSync(log, ' goes on\n', { flag: 'a' });
  recoverCut(slot, []);
  expect(textOf(log)).toBe(`${WHOLE}${TAIL} goes on\n`);
  expect(textOf(`${log}.1`)).toBe('older\n');
  expect(existsSync(copy)).toBe(false);
});

test('a log that is gone since leaves its copy', () => {
  const { log, slot } = interrupted();
  renameSync(log, `${log}.moved`);
  writeFileSync(log, 'another file, longer than the first one was\n');
  recoverCut(slot, []);
  expect(textOf(`${log}.1`)).toBe(WHOLE);
  expect(textOf(log)).toContain('another file');
});

test('a value that was not written whole reads as none', () => {
  const folder = makeTempDir();
  const path = join(folder, 'slot');
  const slot = openSlot(path, 512);
  onTestFinished(() => slot.close());
  slot.write({ pids: [1, 2, 3] });
  expect(slot.read()).toEqual({ pids: [1, 2, 3] });
  slot.clear();
  expect(slot.read()).toBeNull();
  overwrite(path, '{"pids":[4,', null);
  expect(slot.read()).toBeNull();
  expect(slot.write({ text: 'x'.repeat(600) })).toBe(false);
});

test('processes that were left stopped go on, and another one with the same pid is not touched', async () => {
  const folder = makeTempDir();
  const children = [0, 1].map(() => spawn('/bin/sleep', ['60'], { stdio: 'ignore' }));
  onTestFinished(() => children.forEach((child) => child.kill('SIGKILL')));
  const [ours = 0, reused = 0] = children.map(({ pid }) => pid ?? 0);
  for (const pid of [ours, reused]) process.kill(pid, 'SIGSTOP');
  await waitFor('rest', () => [ours, reused].every((pid) => procTable.look(pid)?.state === 'stopped'));
  const slot = openSlot(join(folder, 'paused.json'), 4_096);
  onTestFinished(() => slot.close());
  const { boot } = procTable;
  const born = procTable.look(ours)?.born ?? 0;
  slot.write([
    { pid: ours, born, boot },
    { pid: reused, born: 1, boot },
  ]);
  createPauser(procTable, slot, () => performance.now()).recover();
  await waitFor('going on', () => procTable.look(ours)?.state !== 'stopped');
  expect(procTable.look(reused)?.state).toBe('stopped');
  expect(slot.read()).toBeNull();
});

test('a journal that was cut off anywhere tells what came before, and goes on', () => {
  const path = join(makeTempDir(), 'logs.journal');
  const first = openJournal(path);
  const mark = (offset: number) => ({ inode: 5, offset, base: 0, mid: false });
  for (const offset of [10, 20])
    first.batch('spool 0-1.out', mark(offset), new Map([['/a.log', { inode: 6, size: offset }]]));
  first.note({ run: 3, start: { out: null, error: null } });
  first.close();
  const whole = readFileSync(path);
  for (let length = whole.length; length >= 0; length -= 1) {
    writeFileSync(path, whole.subarray(0, length));
    const journal = openJournal(path);
    const seen = journal.state.sources.get('spool 0-1.out')?.offset ?? 0;
    expect(journal.state.outputs.get('/a.log')?.size ?? 0).toBe(seen);
    journal.batch('other', mark(1), new Map());
    journal.close();
    const again = openJournal(path);
    expect(again.state.sources.get('other')).toEqual(mark(1));
    expect(again.state.sources.get('spool 0-1.out')?.offset ?? 0).toBe(seen);
    again.close();
  }
});

test('a journal stays short, and forgets what it is told to forget', () => {
  const path = join(makeTempDir(), 'logs.journal');
  const journal = openJournal(path);
  const outputs = new Map([['/a.log', { inode: 6, size: 1 }]]);
  for (let n = 0; n < 10_000; n += 1) journal.batch('a', { inode: 5, offset: n, base: 0, mid: false }, outputs);
  journal.batch('a', null, new Map());
  journal.close();
  expect(statSync(path).size).toBeLessThan(300_000);
  const again = openJournal(path);
  expect([...again.state.sources]).toEqual([]);
  again.close();
});
