import type { ServiceSpec } from '../../model/service.ts';
import { formatDuration } from '../../util/duration.ts';

/** What the judge of restarts remembers of a service. */
export interface RestartHistory {
  /** Restarts that nobody asked for, since the service was made. */
  readonly restarts: number;
  /** Exits younger than `min_uptime`, one after the other. */
  readonly unstableRestarts: number;
  /** When it crashed, in milliseconds since the epoch, oldest first; as many as the judge looks back for. */
  readonly crashes: readonly number[];
  /** Exits one after the other, none of which lived long enough to be forgiven. */
  readonly quickExits: number;
}

/** How a main process ended. */
export interface Exit {
  /** `null` when a signal ended it, or nobody saw it end. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly uptimeMs: number;
  /** It was ended because it used more memory than it may. */
  readonly overLimit: boolean;
}

/** What follows from an exit. */
export type Next =
  | { readonly kind: 'rest' }
  | { readonly kind: 'give-up'; readonly reason: string }
  /** `shared`: it takes its turn among the restarts of all services. */
  | { readonly kind: 'restart'; readonly ms: number; readonly shared: boolean };

/** Who lived this long has recovered. */
const FORGIVEN_MS = 30_000;
/** A service that crashes more often than this, on the average, is in a loop. */
const LOOP_INTERVAL_MS = 60_000;
const GROWTH = 1.5;
const LONGEST_PAUSE_MS = 15_000;
/** A limit beyond this many is no judge of loops, only one of exits younger than `min_uptime` one after the other. */
const MOST_REMEMBERED = 1_000;
/** While the limit on restarts is near enough, pauses stay short: it will end anyway. */
const SHORT_PAUSES = 16;
const LONGEST_SHORT_PAUSE_MS = 2_000;
const FIRST_PAUSE_MS = 100;
/** From this exit on restarts of several services must not come all at once. */
const SHARED_FROM = 3;
/** A service that ends well and starts again after such a pause does so on purpose. */
const ON_PURPOSE_MS = 1_000;

interface PolicyContext {
  readonly spec: ServiceSpec;
  readonly now: number;
  readonly random: () => number;
}

const isCleanExit = ({ code, signal, overLimit }: Exit): boolean => code === 0 && signal === null && !overLimit;

/** A well-ended job that is to run again is no crash; one that ends at once and has no pause spins. */
const countsAsCrash = (exit: Exit, { minUptimeMs, restartDelayMs }: ServiceSpec): boolean =>
  !isCleanExit(exit) || (exit.uptimeMs < minUptimeMs && restartDelayMs < ON_PURPOSE_MS);

/** Half of it for certain, the other half by chance, so that services that crash together do not start together. */
const withJitter = (ms: number, random: () => number): number => Math.round(ms * (0.5 + random() / 2));

const pauseAfter = (quickExits: number, exit: Exit, { spec, random }: PolicyContext): number => {
  const { expBackoffMs, restartDelayMs } = spec;
  const grown = (first: number, steps: number): number => first * GROWTH ** Math.min(steps, 40);
  if (expBackoffMs > 0) return withJitter(Math.min(LONGEST_PAUSE_MS, grown(expBackoffMs, quickExits - 1)), random);
  if (restartDelayMs > 0) return restartDelayMs + Math.round(restartDelayMs * 0.1 * random());
  if (quickExits <= 1 || exit.overLimit || !countsAsCrash(exit, spec)) return 0;
  const longest = quickExits <= SHORT_PAUSES ? LONGEST_SHORT_PAUSE_MS : LONGEST_PAUSE_MS;
  return withJitter(Math.min(longest, grown(FIRST_PAUSE_MS, quickExits - 2)), random);
};

/** How far apart crashes are that are no loop. */
const loopIntervalOf = ({ minUptimeMs }: ServiceSpec): number => Math.max(LOOP_INTERVAL_MS, minUptimeMs);

const recentCrashes = (crashes: readonly number[], { spec, now }: PolicyContext): readonly number[] => {
  const { maxRestarts, restartDelayMs } = spec;
  const since = now - maxRestarts * (loopIntervalOf(spec) + restartDelayMs);
  // The clock may have been put back since.
  return crashes.filter((at) => at > since && at <= now).slice(-Math.min(MOST_REMEMBERED, Math.max(1, maxRestarts)));
};

/** A life that was long enough ends no loop, however few crashes a loop takes. */
const isLoop = ({ crashes, unstableRestarts }: RestartHistory, exit: Exit, spec: ServiceSpec): boolean =>
  unstableRestarts >= spec.maxRestarts || (crashes.length >= spec.maxRestarts && exit.uptimeMs < loopIntervalOf(spec));

const loopReason = (history: RestartHistory, exit: Exit, { spec, now }: PolicyContext): string => {
  const { crashes, unstableRestarts } = history;
  const count = Math.max(1, crashes.length, unstableRestarts);
  const span = crashes.length < count ? '' : ` in ${formatDuration(Math.max(1_000, now - (crashes[0] ?? now)))}`;
  const what = exit.overLimit ? 'used more memory than it may' : isCleanExit(exit) ? 'ended at once' : 'crashed';
  return `${what} ${count === 1 ? 'once' : `${count} times${span}`}; given up as max_restarts is ${spec.maxRestarts}`;
};

const historyAfter = (before: RestartHistory, exit: Exit, context: PolicyContext): RestartHistory => {
  const crash = countsAsCrash(exit, context.spec);
  const isUnstable = crash && exit.uptimeMs < context.spec.minUptimeMs && !exit.overLimit;
  return {
    restarts: before.restarts,
    unstableRestarts: isUnstable ? before.unstableRestarts + 1 : 0,
    crashes: recentCrashes(crash ? [...before.crashes, context.now] : before.crashes, context),
    quickExits: exit.uptimeMs >= FORGIVEN_MS ? 1 : before.quickExits + 1,
  };
};

/** Is it not to be started again, because its configuration says so? */
const isLast = ({ code, signal, overLimit }: Exit, { autorestart, stopExitCodes }: ServiceSpec): boolean =>
  (!autorestart && !overLimit) || (signal === null && code !== null && stopExitCodes.includes(code));

/**
 * Judges an exit that nobody asked for. Only such exits count. A loop is seen by how many crashes there were in a window,
 * so that neither a long life nor a long pause between two crashes hides it.
 */
export const afterExit = (
  before: RestartHistory,
  exit: Exit,
  context: PolicyContext,
): { readonly history: RestartHistory; readonly next: Next } => {
  const { spec } = context;
  const history = historyAfter(before, exit, context);
  if (isLast(exit, spec)) return { history, next: { kind: 'rest' } };
  if (countsAsCrash(exit, spec) && isLoop(history, exit, spec)) {
    return { history, next: { kind: 'give-up', reason: loopReason(history, exit, context) } };
  }
  const ms = pauseAfter(history.quickExits, exit, context);
  return {
    history: { ...history, restarts: before.restarts + 1 },
    next: { kind: 'restart', ms, shared: history.quickExits >= SHARED_FROM },
  };
};
