import type { Finding } from '../../model/finding.ts';
import type { Clock } from '../../model/clock.ts';
import { DevdoctorError } from '../../model/error.ts';
import type { MemorySeries } from '../../model/dev-tree.ts';
import type { CheckResult } from '../../model/results.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { parseDuration } from '../../util/parse-duration.ts';
import { continueSeries } from '../memory-series.ts';

const STANDARD_MS = 5_000;
const SHORTEST_MS = 1_000;
const LONGEST_MS = 3_600_000;

/** Long sleeps are cut into these, so that Ctrl-C need not wait for the next look. */
const NAP_MS = 200;

/** The time between two looks, in milliseconds: as given, or the usual one where none is. */
export const watchInterval = (text: string): number => {
  const interval = text === '' ? STANDARD_MS : parseDuration(text);
  if (interval !== null && interval >= SHORTEST_MS && interval <= LONGEST_MS) return interval;
  throw new DevdoctorError(
    'usage',
    `--watch takes a length of time from 1s to 1h, such as 10s or 2m, not "${text}"`,
    'devdoctor check --watch=10s',
  );
};

/** One look of a watch. */
export interface WatchedLook {
  readonly result: CheckResult;
  readonly snapshot: Snapshot;
  readonly exitCode: number;
}

/** How to watch: everything that touches the machine is given. */
export interface Watch {
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly look: (series: readonly MemorySeries[]) => Promise<WatchedLook>;
  /** Tells one look; `false` when nobody reads any more. */
  readonly tell: (look: WatchedLook) => boolean;
  /** Are all looks told, or only those that differ from the one before? */
  readonly everyLook: boolean;
  readonly stopped: () => boolean;
}

const findingKey = (finding: Finding): string => {
  const { id, severity, data } = finding;
  if ('holders' in data) return `${id} ${severity} ${data.state} ${data.holders.map(({ pid }) => pid).join(',')}`;
  if (!('treeBytes' in data) || !('limitSource' in data)) return `${id} ${severity}`;
  // Which server is the largest is no news, nor is by how much.
  return severity === 'info' ? '' : `${id} ${severity} ${data.limitSource} ${data.trend?.verdict ?? 'steady'}`;
};

/** What a person would call the same: the same findings, however their numbers moved. */
export const changeKey = ({ findings, outcomes, ports }: CheckResult): string =>
  JSON.stringify([
    ports.map(({ port }) => port),
    outcomes.map(({ check, status }) => `${check} ${status === 'found' ? 'clear' : status}`),
    findings
      .map(findingKey)
      .filter((key) => key !== '')
      .toSorted(),
  ]);

const rest = async ({ clock, stopped }: Watch, until: number): Promise<void> => {
  while (!stopped() && clock.now() < until) await clock.sleep(Math.min(NAP_MS, until - clock.now()));
};

/** Looks again and again until it is stopped, and resolves to the exit code of the last look. */
export const watch = async (watching: Watch): Promise<number> => {
  let series: readonly MemorySeries[] = [];
  let told: string | null = null;
  for (;;) {
    const begun = watching.clock.now();
    const look = await watching.look(series);
    const memory = look.snapshot.readings.memory;
    // A look that failed takes nothing away from what was seen before.
    if (memory?.ok === true) series = continueSeries({ ...memory.value, series }, look.snapshot.takenAt);
    const key = changeKey(look.result);
    const isRead = watching.everyLook || key !== told ? watching.tell(look) : true;
    told = key;
    if (isRead) await rest(watching, begun + watching.intervalMs);
    if (!isRead || watching.stopped()) return look.exitCode;
  }
};
