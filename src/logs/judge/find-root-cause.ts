import type { ServiceCase } from '../merge-services.ts';
import { allBlocks } from '../merge-services.ts';
import type { LogCause } from '../../model/log.ts';
import type { LogEntry } from '../types.ts';
import { isCrash } from './crashed-life.ts';
import { isJobLike } from './judge-loop.ts';
import { ask, contextOf, GENERIC, grave, LIVES_ASKED, plain, verdictOfLife, verdictsOfOthers } from './life-verdict.ts';
import type { Verdict } from './life-verdict.ts';
import type { Life } from './lives.ts';

/** A cause with the lines that tell it. */
export interface FoundCause {
  readonly cause: LogCause;
  readonly alternatives: readonly LogCause[];
  /** The line to cite; null when there is none to cite. */
  readonly line: LogEntry | null;
  /** The lines around it. */
  readonly context: readonly LogEntry[];
  readonly life: Life | null;
}

/** What ended without words is explained by lines that others wrote about it. */
const EXPLAINABLE = new Set(['SILENT_EXIT', 'SIGKILL', 'OOM_KILLED']);

const NONE: FoundCause = { cause: plain('NONE', 'A'), alternatives: [], line: null, context: [], life: null };

const countBy = (verdicts: readonly Verdict[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { cause } of verdicts) counts.set(cause.code, (counts.get(cause.code) ?? 0) + 1);
  return counts;
};

/** The cause of most lives; of two that are as frequent the one with a name of its own, else the later. */
const prevailing = (verdicts: readonly Verdict[]): FoundCause => {
  const counts = countBy(verdicts);
  const most = Math.max(...counts.values());
  const frequent = verdicts.filter(({ cause }) => counts.get(cause.code) === most);
  const best = frequent.findLast(({ cause }) => !GENERIC.has(cause.code)) ?? frequent.at(-1);
  if (best === undefined) return NONE;
  const others = [...counts.keys()].filter((code) => code !== best.cause.code);
  return {
    cause: best.cause,
    alternatives: others.flatMap((code) => verdicts.findLast(({ cause }) => cause.code === code)?.cause ?? []),
    line: best.line,
    context: best.lines,
    life: best.life,
  };
};

const withSideEvidence = (found: FoundCause, service: ServiceCase): FoundCause => {
  if (!EXPLAINABLE.has(found.cause.code) || service.side.length === 0) return found;
  const signal = found.life?.end?.signal ?? 'SIGKILL';
  const told = ask(service.side, { exitCode: 137, signal, crashed: true, runner: service.runner }, found.life);
  if (told === null) return found;
  return { ...found, cause: told.cause, alternatives: [found.cause], line: told.line, context: told.lines };
};

const SAYS_LISTENING = /\b(?:listening|running|ready|started|up)\b.*?(?::|port )(\d{2,5})\b/i;

/** A server that says it listens and ends without a word may have met a taken port and not looked at the error. */
const withSuspicion = (found: FoundCause): FoundCause => {
  if (found.cause.code !== 'SILENT_EXIT') return found;
  const said = found.context.map(({ body }) => SAYS_LISTENING.exec(body)?.[1]).find((port) => port !== undefined);
  if (said === undefined) return found;
  const suspected: LogCause = { code: 'EADDRINUSE', confidence: 'C', detail: { port: said } };
  return { ...found, alternatives: [...found.alternatives, suspected] };
};

const ofCrashes = (service: ServiceCase, crashes: readonly Life[]): FoundCause => {
  const asked = crashes.slice(-LIVES_ASKED);
  const own = asked.map((life) => verdictOfLife(service, life));
  const [life] = asked.slice(-1);
  const isSpeechless = own.every(({ spoken }) => !spoken);
  const others = isSpeechless && life !== undefined ? verdictsOfOthers(service, life) : [];
  const found = prevailing(others.length > 0 ? others : own);
  return withSuspicion(withSideEvidence(found, service));
};

const NOT_CAUGHT = /\bunhandled ?(?:promise ?)?rejection|\buncaught ?exception/i;
const MANY_ERRORS = 5;
const ERROR_SHARE = 0.4;
/** Less is enough where the errors go on to the end. */
const LASTING_SHARE = 0.25;
const LAST_LINES = 4;

/** What the errors of a service amount to beside everything else it said. */
interface ErrorWeight {
  /** There is nothing but errors that a run-time printed. */
  readonly isAll: boolean;
  readonly prevails: boolean;
}

const weigh = (service: ServiceCase): ErrorWeight => {
  const tracks = [service.main, ...service.others];
  const sumOf = (count: (track: (typeof tracks)[number]) => number): number =>
    tracks.reduce((sum, track) => sum + count(track), 0);
  const ordinary = sumOf(({ ordinaryLines }) => ordinaryLines);
  const errors = sumOf((track) => Math.max(track.errors.headlines, track.errors.all - track.errors.warnings));
  const last = service.main.blocks.at(-1);
  const lasts = last !== undefined && last.position + last.lines.length >= service.main.lines - LAST_LINES;
  return {
    isAll: ordinary === 0 && sumOf((track) => track.errors.raw) > 0,
    prevails: errors >= MANY_ERRORS && errors >= (ordinary + errors) * (lasts ? LASTING_SHARE : ERROR_SHARE),
  };
};

/** In a process that lives on an error is a cause only when it prevails, was never caught, or is all there is. */
const ofTheLiving = (service: ServiceCase): FoundCause => {
  const blocks = grave(allBlocks(service));
  const { isAll, prevails } = weigh(service);
  const uncaught = blocks.findLast(({ lines }) => lines.some(({ body }) => NOT_CAUGHT.test(body)));
  const block = uncaught ?? (isAll || prevails ? blocks.at(-1) : undefined);
  if (block === undefined) return NONE;
  const isEnd = isAll || uncaught !== undefined;
  const verdict = ask(block.lines, contextOf(service, null, isEnd), null);
  // An error of no special kind that is logged often is how a program tells of its work.
  if (verdict === null || (!isEnd && GENERIC.has(verdict.cause.code))) return NONE;
  return { cause: verdict.cause, alternatives: [], line: verdict.line, context: verdict.lines, life: null };
};

/** The root cause of a service's ends; of its errors, when it never ended. */
export const findRootCause = (service: ServiceCase): FoundCause => {
  // Instances that run beside each other begin lives as well, and none of them ended for it.
  const ended = service.lives.filter((life) => service.restarts > 0 || life.end !== null);
  const crashes = isJobLike(service) ? [] : ended.filter(isCrash);
  return crashes.length > 0 ? ofCrashes(service, crashes) : ofTheLiving(service);
};
