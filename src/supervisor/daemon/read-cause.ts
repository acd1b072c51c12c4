import { stripVTControlCharacters } from 'node:util';
import { findCause } from '../../logs/causes/index.ts';
import type { LastExit } from '../../model/service.ts';

/** The end of a life says why; more than this is its past. */
const LINES = 80;
const LONGEST_EVIDENCE = 300;

/** What the output of a run tells of its end. */
export type ExitCause = Pick<LastExit, 'rootCause' | 'evidence' | 'detail'>;

/** Nothing is known. */
export const NO_CAUSE: ExitCause = { rootCause: null, evidence: null, detail: {} };

/** Reads why a run ended from the last bytes that it wrote and the way it ended. */
export const readCause = (
  text: string,
  exit: { readonly code: number | null; readonly signal: string | null },
): ExitCause => {
  const lines = stripVTControlCharacters(text)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-LINES);
  const crashed = exit.code !== 0;
  const match = findCause(lines, { exitCode: exit.code, signal: exit.signal, crashed, runner: 'devdoctor' });
  // An end by a signal, or one that nobody saw, is no silent exit.
  const isSilent = crashed && exit.code !== null;
  if (match === null) return isSilent ? { ...NO_CAUSE, rootCause: 'SILENT_EXIT' } : NO_CAUSE;
  const line = lines[match.line]?.trim() ?? null;
  return { rootCause: match.code, evidence: line?.slice(0, LONGEST_EVIDENCE) ?? null, detail: match.detail };
};
