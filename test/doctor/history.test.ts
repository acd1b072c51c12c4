import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readHistory, recordEnded, recordUndone } from '../../src/doctor/history.ts';
import type { Step } from '../../src/model/plan.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { endingStep } from '../plan/a-step.ts';

const AT = Date.UTC(2026, 10, 22, 21);

const stateFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'devdoctor-history-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'state', 'devdoctor');
};

const fileIn = (directory: string): string => join(directory, 'history.jsonl');

const stepOf = (pid: number): Step =>
  endingStep([running('esbuild', { pid: pid + 1 }), aProcess({ pid })], {
    title: `end ${pid} node server.js and its 1 child`,
    guards: [
      { kind: 'same-process', ref: { pid, startedAt: 1 }, command: 'node server.js' },
      { kind: 'still-listening', port: 3000, owners: [] },
      { kind: 'still-listening', port: 3001, owners: [] },
      { kind: 'still-listening', port: 3000, owners: [] },
    ],
    relaunch: {
      command: ['npm', 'run', 'dev'],
      cwd: '/x',
      environment: { PORT: '3000' },
      environmentNames: ['API_TOKEN'],
    },
  });

describe('the history', () => {
  it('is empty where nothing was ended yet', () => {
    expect(readHistory(stateFolder())).toEqual({ entries: [], unreadableLines: 0 });
  });

  it('tells what was ended, when, on which ports, and how to start it again', () => {
    const directory = stateFolder();
    recordEnded(directory, stepOf(100), AT);
    const { entries } = readHistory(directory);
    expect(entries).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-z]{6,12}$/),
        at: '2026-11-22T21:00:00.000Z',
        ports: [3000, 3001],
        title: 'end 100 node server.js and its 1 child',
        ended: [
          { pid: 101, label: 'esbuild' },
          { pid: 100, label: 'node server.js' },
        ],
        relaunch: stepOf(100).relaunch,
        undoneAt: null,
      },
    ]);
  });

  it('gives two trees of one millisecond two ids', () => {
    const directory = stateFolder();
    for (const pid of [100, 200]) recordEnded(directory, stepOf(pid), AT);
    expect(new Set(readHistory(directory).entries.map(({ id }) => id)).size).toBe(2);
  });

  it('marks what was started again, and nothing else', () => {
    const directory = stateFolder();
    for (const pid of [100, 200]) recordEnded(directory, stepOf(pid), AT);
    const [first] = readHistory(directory).entries;
    recordUndone(directory, first?.id ?? '', AT + 1_000);
    expect(readHistory(directory).entries.map(({ undoneAt }) => undoneAt)).toEqual(['2026-11-22T21:00:01.000Z', null]);
  });

  it('is for its owner’s eyes only', () => {
    const directory = stateFolder();
    recordEnded(directory, stepOf(100), AT);
    const modes = [directory, fileIn(directory)].map((path) => (statSync(path).mode & 0o777).toString(8));
    expect(modes).toEqual(['700', '600']);
  });

  it('keeps each entry in a line of its own, so that two writers at once tear nothing', () => {
    const directory = stateFolder();
    for (let pid = 100; pid < 150; pid += 1) recordEnded(directory, stepOf(pid), AT + pid);
    const lines = readFileSync(fileIn(directory), 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toHaveLength(50);
  });
});

describe('a damaged history', () => {
  it.each(['{"id":"abc","at":"2026', '}', '5', '"text"', 'null', '[]', '{}', '{"id":"abc"}', '\u0000\u0000'])(
    'is told of the line %j, and the rest is still told',
    (line) => {
      const directory = stateFolder();
      recordEnded(directory, stepOf(100), AT);
      appendFileSync(fileIn(directory), `${line}\n`);
      recordEnded(directory, stepOf(200), AT + 1);
      const { entries, unreadableLines } = readHistory(directory);
      expect(entries.map(({ ended }) => ended.at(-1)?.pid)).toEqual([100, 200]);
      expect(unreadableLines).toBe(1);
    },
  );

  it('does not take the next entry with it where its last line was torn off', () => {
    const directory = stateFolder();
    recordEnded(directory, stepOf(100), AT);
    appendFileSync(fileIn(directory), '{"id":"torn');
    recordEnded(directory, stepOf(200), AT + 1);
    expect(readHistory(directory).entries.map(({ ended }) => ended.at(-1)?.pid)).toEqual([100, 200]);
  });

  it('is not taken for an empty one where it cannot be read', () => {
    const directory = stateFolder();
    mkdirSync(fileIn(directory), { recursive: true });
    expect(() => readHistory(directory)).toThrow(/EISDIR/);
  });

  it('is not hurt by lines that end as on Windows', () => {
    const directory = stateFolder();
    recordEnded(directory, stepOf(100), AT);
    const text = readFileSync(fileIn(directory), 'utf8');
    writeFileSync(fileIn(directory), text.replaceAll('\n', '\r\n'));
    expect(readHistory(directory)).toMatchObject({ entries: [{ ports: [3000, 3001] }], unreadableLines: 0 });
  });
});
