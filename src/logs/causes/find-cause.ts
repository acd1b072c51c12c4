import { candidatesIn, type Candidate } from './candidates.ts';
import type { CauseCode, CauseContext, CauseMatch } from './cause.ts';
import { enrich } from './enrich.ts';
import { fatalPart, type FatalPart } from './fatal-part.ts';

/** Long enough for any message; what a line of JSON has beyond it is its stack. */
const LINE_LIMIT = 2_048;
/** From here on the kernel, the runtime or the supervisor itself says why. */
const PROOF = 95;
/** Below this it is an error of any kind, not a cause with a name of its own. */
const SPECIFIC = 60;
/** Only a level or a word, no error by name. */
const VAGUE = 8;
/** How specific the error is that ended the program, when nothing tells its kind. */
const FATAL = 50;
/** How far above the error that ended the program its reason may stand. */
const NEAR = 12;

const KILLED: ReadonlySet<CauseCode> = new Set<CauseCode>(['SIGKILL', 'SIGSEGV']);

/** A fault in the code itself: nothing that failed before explains it. */
const FAULT_IN_CODE =
  /\b(?:TypeError|ReferenceError|RangeError|AssertionError|NameError|AttributeError|IndexError|NoMethodError|NullPointerException|ClassCastException|runtime error)\b/;
/** What follows from a connection that could not be made. */
const SYMPTOM =
  /MaxRetriesPerRequestError|Connection is closed|connect(?:ion)? (?:timeout|closed|lost|failed)|could not connect|(?:unable|failed) to (?:connect|initiali[sz]e)|giving up|pool is (?:closed|draining)|retries/i;

const SIGNALS: Readonly<Record<string, CauseCode>> = { SIGKILL: 'SIGKILL', SIGSEGV: 'SIGSEGV', SIGABRT: 'SIGABRT' };
const EXIT_CODES: Readonly<Record<number, CauseCode>> = { 134: 'SIGABRT', 137: 'SIGKILL', 139: 'SIGSEGV' };

/** The most specific; of the same kind the first, else the last. */
const best = (candidates: readonly Candidate[]): Candidate | null => {
  let chosen: Candidate | null = null;
  for (const candidate of candidates) {
    const more = candidate.specificity - (chosen?.specificity ?? -1);
    if (more > 0 || (more === 0 && candidate.code !== chosen?.code)) chosen = candidate;
  }
  return chosen;
};

const fatalError = (block: readonly string[], part: FatalPart, inside: readonly Candidate[]): CauseMatch | null => {
  const own = inside.filter(({ code }) => code === 'UNCAUGHT_EXCEPTION' || code === 'UNHANDLED_REJECTION');
  const line = part.headline === -1 ? (own[0]?.line ?? -1) : part.headline;
  if (line === -1) return null;
  const detail = own.find((candidate) => candidate.line === line)?.detail ?? { problem: (block[line] ?? '').trim() };
  const code = part.rejection ? 'UNHANDLED_REJECTION' : 'UNCAUGHT_EXCEPTION';
  return { code, confidence: 'A', line, specificity: FATAL, detail };
};

const reasonAbove = (block: readonly string[], part: FatalPart, candidates: readonly Candidate[]): Candidate | null => {
  const headline = block[part.headline] ?? '';
  if (FAULT_IN_CODE.test(headline)) return null;
  const symptom = SYMPTOM.test(headline);
  return best(
    candidates.filter(
      ({ line, specificity, handled }) =>
        line >= part.since &&
        line < part.from &&
        specificity >= SPECIFIC &&
        (symptom || (!handled && line >= part.from - NEAR)),
    ),
  );
};

const causeOfFatal = (
  block: readonly string[],
  part: FatalPart,
  candidates: readonly Candidate[],
): CauseMatch | null => {
  const inside = candidates.filter(({ line }) => line >= part.from && line <= part.to);
  const named = best(inside);
  if (named !== null && named.specificity > FATAL) return named;
  return reasonAbove(block, part, candidates) ?? fatalError(block, part, inside);
};

const fromContext = ({ signal, exitCode, crashed }: CauseContext): CauseMatch | null => {
  const code = SIGNALS[signal ?? ''] ?? EXIT_CODES[exitCode ?? -1];
  if (!crashed || code === undefined) return null;
  return { code, confidence: 'C', line: -1, specificity: 30, detail: {} };
};

/** Whether it was killed from outside: then no error that was logged before is the reason. */
const wasKilled = (candidates: readonly Candidate[], { signal }: CauseContext): boolean =>
  signal === 'SIGKILL' || signal === 'SIGSEGV' || KILLED.has(candidates.at(-1)?.code ?? 'SILENT_EXIT');

const causeOfEnd = (candidates: readonly Candidate[], context: CauseContext): CauseMatch | null => {
  const ended = fromContext(context);
  if (wasKilled(candidates, context)) return best(candidates.filter(({ code }) => KILLED.has(code))) ?? ended;
  const chosen = best(candidates.filter(({ handled }) => !handled));
  if (chosen !== null && chosen.specificity > VAGUE) return chosen;
  if (ended !== null) return ended;
  if (!context.crashed) return chosen;
  const gotOver = best(candidates.filter(({ handled, specificity }) => handled && specificity >= SPECIFIC));
  return gotOver === null ? chosen : { ...gotOver, confidence: 'C' };
};

/** What other lines of the same cause tell besides: the port that the cited one lacks, all missing variables. */
const withDetailOfOthers = (match: CauseMatch, candidates: readonly Candidate[]): CauseMatch => {
  const same = candidates.filter(({ code, handled }) => code === match.code && !handled);
  const names = [...new Set(same.flatMap(({ detail }) => detail['variable'] ?? []))];
  const place = same.find(({ detail }) => detail['port'] !== undefined)?.detail ?? {};
  return {
    ...match,
    detail: {
      ...(match.detail['path'] === undefined ? place : {}),
      ...(names[0] === undefined ? {} : { variable: names[0] }),
      ...match.detail,
      ...(names.length < 2 ? {} : { variables: names.join(', ') }),
    },
  };
};

const plain = ({ code, confidence, line, specificity, detail }: CauseMatch): CauseMatch => ({
  code,
  confidence,
  line,
  specificity,
  detail,
});

/**
 * The root cause of the end of one life, or of what its log complains of. `lines` are the message lines of its
 * errors, oldest first, without colours, time stamps and wrappers. `null` when the text does not tell; whether
 * that is a silent exit, or a restart for a changed file, is for the one who sees all lives.
 */
export const findCause = (lines: readonly string[], context: CauseContext): CauseMatch | null => {
  const block = lines.map((line) => line.slice(0, LINE_LIMIT));
  const part = fatalPart(block, context.crashed);
  const isFatal = (line: number): boolean => part !== null && line >= part.from && line <= part.to;
  const candidates = candidatesIn(block).filter(
    ({ onlyInCrash, line }) => !onlyInCrash || context.crashed || isFatal(line),
  );
  const proof = best(candidates.filter(({ specificity, handled }) => specificity >= PROOF && !handled));
  const cause =
    proof ?? (part === null ? null : causeOfFatal(block, part, candidates)) ?? causeOfEnd(candidates, context);
  return cause === null ? null : enrich(withDetailOfOthers(plain(cause), candidates), block);
};
