import type { ServiceCase } from '../merge-services.ts';
import type { LogEntry, LogEvidence } from '../types.ts';
import type { FoundCause } from './find-root-cause.ts';

const BEFORE = 3;
const AFTER = 6;
const MOST = 14;

const cite = ({ file, line, offset, text }: LogEntry, role: LogEvidence['role']): LogEvidence => ({
  file,
  line,
  offset,
  text,
  role,
});

const around = (lines: readonly LogEntry[], line: LogEntry | null): readonly LogEntry[] => {
  const at = line === null ? 0 : Math.max(0, lines.indexOf(line));
  return lines.slice(Math.max(0, at - BEFORE), at + AFTER + 1).filter(({ text }) => text.trim() !== '');
};

const distinct = (evidence: readonly LogEvidence[]): readonly LogEvidence[] => {
  const seen = new Set<string>();
  return evidence.filter(({ file, offset, text }) => {
    const key = `${file}\n${offset}\n${text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

const citeAll = (
  entries: readonly (LogEntry | null | undefined)[],
  role: LogEvidence['role'],
): readonly LogEvidence[] =>
  entries.flatMap((entry) => (entry === null || entry === undefined ? [] : [cite(entry, role)]));

/** The lines that a diagnosis stands on: the cause first, then what stands around it, the end, and the start. */
export const evidenceOf = (service: ServiceCase, { line, context, life }: FoundCause): readonly LogEvidence[] =>
  distinct([
    ...citeAll([line], 'cause'),
    ...citeAll(around(context, line), 'context'),
    ...citeAll([life?.end?.entry], 'end'),
    ...citeAll([(life ?? service.lives.at(-1))?.start?.entry], 'start'),
  ]).slice(0, MOST);
