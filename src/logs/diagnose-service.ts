import { evidenceOf } from './judge/evidence.ts';
import { findRootCause, type FoundCause } from './judge/find-root-cause.ts';
import { judgeLoop, type LoopVerdict } from './judge/judge-loop.ts';
import { judgeWatch, type WatchVerdict } from './judge/judge-watch.ts';
import { median } from './judge/statistics.ts';
import { templateOf } from './lives/template.ts';
import type { ServiceCase } from './merge-services.ts';
import type { LogCause } from '../model/log.ts';
import type { LogDiagnosis, LogOptions } from './types.ts';
import { findLocation } from './location/index.ts';

const FRESH_MS = 600_000;
const STALE_MS = 21_600_000;

const gapsOf = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((at, index) => at - (times[index] ?? at));

/** Whether the latest sign of life is as recent as the usual distance between restarts. */
const stillGoing = (service: ServiceCase, modifiedAt: number | null, now: number | null): boolean | null => {
  const last = modifiedAt ?? service.lastAt;
  if (last === null || now === null) return null;
  const usual = median(gapsOf(service.times)) ?? 0;
  return now - last <= Math.min(STALE_MS, Math.max(FRESH_MS, usual * 3));
};

const watchCause = (watch: WatchVerdict): LogCause => ({
  code: 'WATCH_SELF_TRIGGER',
  confidence: watch.confidence,
  detail: watch.path === null ? {} : { path: watch.path },
});

/** A watcher may restart a service and say nothing: bun, entr. */
const SILENT_WATCHER: LogCause = { code: 'WATCH_SELF_TRIGGER', confidence: 'C', detail: {} };

const alternativesOf = ({ alternatives }: FoundCause, { restartLoop, doubt }: LoopVerdict): readonly LogCause[] =>
  restartLoop && doubt !== null ? [...alternatives, SILENT_WATCHER] : alternatives;

const withWatch = (found: FoundCause, watch: WatchVerdict, service: ServiceCase): FoundCause => {
  if (!watch.selfTrigger && watch.doubt === null) return found;
  const cause = watchCause(watch);
  if (!watch.selfTrigger) return { ...found, alternatives: [...found.alternatives, cause] };
  const edits = service.main.events.filter(({ type }) => type === 'edit').slice(-2);
  const lines = [
    ...edits.map(({ entry }) => entry),
    ...service.lives.slice(-1).flatMap(({ start }) => start?.entry ?? []),
  ];
  const alternatives = found.cause.code === 'NONE' ? [] : [found.cause];
  return { cause, alternatives, line: lines[0] ?? null, context: lines, life: null };
};

const windowOf = ({ firstStartAt, lastStartAt, restarts }: ServiceCase): number | null =>
  firstStartAt === null || lastStartAt === null || restarts === 0
    ? null
    : Math.round((lastStartAt - firstStartAt) / 100) / 10;

/** What one service's logs say. `modifiedAt` is the latest time of its files. */
export const diagnoseService = (
  service: ServiceCase,
  modifiedAt: number | null,
  { now, readText = () => null }: LogOptions,
): LogDiagnosis => {
  const loop = judgeLoop(service);
  const watch = judgeWatch(service);
  const found = withWatch(
    findRootCause(service),
    loop.restartLoop ? { ...watch, selfTrigger: false, doubt: null } : watch,
    service,
  );
  const { cause, line } = found;
  return {
    service: service.service,
    files: service.files,
    runner: service.runner,
    restarts: service.restarts,
    unplanned: service.unplanned,
    edits: service.edits,
    windowSeconds: windowOf(service),
    restartLoop: loop.restartLoop || watch.selfTrigger,
    pastLoop: loop.pastLoop,
    recovered: loop.recovered,
    stillGoing: stillGoing(service, modifiedAt, now),
    gaveUp: service.gaveUp,
    ambiguous: loop.doubt ?? (loop.restartLoop ? null : watch.doubt),
    rootCause: cause,
    alternatives: alternativesOf(found, loop),
    evidence: evidenceOf(service, found),
    location: findLocation(
      found.context.map(({ body }) => body),
      readText,
    ),
    firstAt: service.firstAt,
    lastAt: service.lastAt,
    firstStartOffset: service.firstStartOffset,
    fingerprint: `${cause.code}|${line === null ? '' : templateOf(line.body)}`,
  };
};
