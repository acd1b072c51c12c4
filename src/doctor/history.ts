import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DevdoctorError } from '../model/error.ts';
import type { Step } from '../model/plan.ts';
import type { HistoryEntry, HistoryRow } from '../model/results.ts';
import { errorCode, messageOf } from '../util/error-code.ts';

interface UndoneMark {
  readonly undone: string;
  readonly at: string;
}

/** What was ended, newest last, with what could not be read of the file. */
export interface History {
  readonly entries: readonly HistoryRow[];
  readonly unreadableLines: number;
}

const fileIn = (directory: string): string => join(directory, 'history.jsonl');

/** A line that was torn off must not take the next one with it. */
const needsNewline = (file: string): boolean => {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text !== '' && !text.endsWith('\n');
};

/** One line in one write, so that two commands at once do not tear each other's. */
const append = (directory: string, value: HistoryEntry | UndoneMark): void => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = fileIn(directory);
  appendFileSync(file, `${needsNewline(file) ? '\n' : ''}${JSON.stringify(value)}\n`, { mode: 0o600 });
};

/** An id short enough to type: the time in base 36, and the root's pid to tell two of one millisecond apart. */
const idOf = (step: Step, now: number): string => `${now.toString(36)}${(step.members.at(-1)?.pid ?? 0).toString(36)}`;

/** Records what a step ended and how to start it again. */
export const recordEnded = (directory: string, step: Step, now: number): void =>
  append(directory, {
    id: idOf(step, now),
    at: new Date(now).toISOString(),
    ports: [...new Set(step.guards.flatMap((guard) => (guard.kind === 'still-listening' ? [guard.port] : [])))],
    title: step.title,
    ended: step.members.map(({ pid, label }) => ({ pid, label })),
    relaunch: step.relaunch,
  });

/** Records that an entry was started again. */
export const recordUndone = (directory: string, id: string, now: number): void =>
  append(directory, { undone: id, at: new Date(now).toISOString() });

const isLine = (value: unknown): value is HistoryEntry | UndoneMark =>
  typeof value === 'object' &&
  value !== null &&
  (('undone' in value && typeof value.undone === 'string') || ('id' in value && 'ports' in value && 'ended' in value));

const parseLine = (line: string): HistoryEntry | UndoneMark | null => {
  try {
    const value: unknown = JSON.parse(line);
    return isLine(value) ? value : null;
  } catch {
    return null;
  }
};

const readText = (directory: string): string => {
  try {
    return readFileSync(fileIn(directory), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw new DevdoctorError(
      'environment',
      `cannot read the history in ${fileIn(directory)}: ${messageOf(error)}`,
      'move that file away, or set DEVDOCTOR_HOME to another folder',
      error,
    );
  }
};

/** Reads the history; a torn line is counted and the rest is still told. */
export const readHistory = (directory: string): History => {
  const lines = readText(directory).split('\n').filter(Boolean).map(parseLine);
  const marks = new Map(
    lines.flatMap((line): [string, string][] => (line !== null && 'undone' in line ? [[line.undone, line.at]] : [])),
  );
  const entries = lines.flatMap((line) =>
    line === null || 'undone' in line ? [] : [{ ...line, undoneAt: marks.get(line.id) ?? null }],
  );
  return { entries, unreadableLines: lines.filter((line) => line === null).length };
};
