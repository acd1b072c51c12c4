import { describe, expect, it } from 'vitest';
import type { HistoryRow, UndoResult } from '../../src/model/results.ts';
import { prettyHistory, prettyUndo } from '../../src/report/pretty-history.ts';
import { plainLook } from './lines-that-fit.ts';

const ENTRY: HistoryRow = {
  id: 'abc123',
  at: '2026-11-22T21:00:00.000Z',
  ports: [3000],
  title: 'end 100 npm run dev and its 2 children',
  ended: [],
  relaunch: { command: ['npm', 'run', 'dev'], cwd: '/home/ada/shop', environment: {}, environmentNames: [] },
  undoneAt: null,
};

const history = (entries: readonly HistoryRow[], unreadableLines = 0): string =>
  prettyHistory({ schemaVersion: 1, command: 'history', entries, unreadableLines }, plainLook(80));

describe('the history', () => {
  it('says what was ended, and how to start it again', () => {
    expect(history([ENTRY])).toBe(
      [
        '2026-11-22T21:00:00.000Z  port 3000',
        '  end 100 npm run dev and its 2 children',
        '  folder   ~/shop',
        '  undo     devdoctor undo abc123',
        '',
      ].join('\n'),
    );
  });

  it.each<[string, Partial<HistoryRow>, string]>([
    ['was started again', { undoneAt: '2026-11-23T00:00:00.000Z' }, '  undo     started again since'],
    [
      'cannot be started again',
      { relaunch: null },
      '  undo     cannot be started again: how it was started could not be told',
    ],
  ])('offers no undo of what %s', (_, said, expected) => {
    const text = history([{ ...ENTRY, ...said }]);
    expect(text.split('\n')).toContain(expected);
    expect(text).not.toContain('devdoctor undo');
  });

  it('begins with the newest', () => {
    const text = history([ENTRY, { ...ENTRY, id: 'def456' }]);
    expect(text.indexOf('def456')).toBeLessThan(text.indexOf('abc123'));
  });

  it('names no port where none was held', () => {
    expect(history([{ ...ENTRY, ports: [] }]).split('\n')[0]).toBe('2026-11-22T21:00:00.000Z');
  });

  it('is a sentence where it is empty', () => {
    expect(history([])).toBe('Nothing was ended by devdoctor yet.\n');
  });

  it.each([
    [1, '1 line of the history could not be read'],
    [3, '3 lines of the history could not be read'],
  ])('owns up to %i torn lines', (count, expected) => {
    expect(history([ENTRY], count)).toMatch(new RegExp(`\n\n${expected}\n$`));
  });
});

describe('an undo', () => {
  const undo = (said: Partial<UndoResult>): string =>
    prettyUndo(
      {
        schemaVersion: 1,
        command: 'undo',
        id: 'abc123',
        status: 'started',
        pid: 900,
        ports: [3000],
        logFile: '/home/ada/.local/state/devdoctor/logs/undo-abc123.log',
        detail: 'started npm run dev again: it listens on port 3000',
        missingVariables: [],
        ...said,
      },
      plainLook(80),
    );

  it('says how it went, and where it writes', () => {
    expect(undo({})).toBe(
      '✔ started npm run dev again: it listens on port 3000\n  log      ~/.local/state/devdoctor/logs/undo-abc123.log\n',
    );
  });

  it.each(['refused', 'not-listening'] as const)('is no success that was %s', (status) => {
    expect(undo({ status, logFile: null, detail: 'port 3000 is taken' })).toBe('✖ port 3000 is taken\n');
  });

  it('names the variables it went without', () => {
    expect(undo({ missingVariables: ['API_TOKEN', 'DB'] })).toContain(
      '  note     it had variables this shell lacks: API_TOKEN, DB\n',
    );
  });

  it('obeys no control character of theirs', () => {
    expect(undo({ detail: 'x\u001B[2Jy', logFile: '/a\u009Bb' })).not.toMatch(/[\u001B\u009B]/);
  });
});
