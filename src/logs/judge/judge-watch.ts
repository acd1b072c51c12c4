import type { LogDoubt } from '../types.ts';
import type { ServiceCase } from '../merge-services.ts';
import type { Life } from './lives.ts';
import { median, variation } from './statistics.ts';

/** Whether a watcher restarts the service because the service itself writes what is watched. */
export interface WatchVerdict {
  readonly selfTrigger: boolean;
  readonly path: string | null;
  readonly confidence: 'A' | 'B' | 'C';
  readonly doubt: LogDoubt | null;
}

const LEAST_EDITS = 5;
/** People save at uneven times; a program that starts and writes takes the same time each time. */
const EVEN = 0.35;
/** A few saves may be even by chance. */
const VERY_EVEN = 0.2;
const MANY_EDITS = 8;
const SECOND = 1000;
/** A program rarely takes longer from its start to its write. */
const SOON_MS = 15_000;

/** What programs write: data, states, logs, and what generators make. */
const WRITTEN =
  /\.(?:json|jsonl|ndjson|db|sqlite3?(?:-wal|-shm|-journal)?|log|txt|csv|tsv|lock|pid|tmp|cache|map|xml|ya?ml|md|png|jpe?g|pdf)$|(?:^|[\\/])(?:generated?|dist|build|out|tmp|temp|cache|\.next|uploads?|logs?|data|public|static|storage|coverage)[\\/]|generated|\.gen\.|\.d\.ts$/i;

const NOT_WRITTEN = /(?:^|[\\/])(?:package(?:-lock)?|tsconfig[\w.-]*|nodemon|\.env[\w.]*)(?:\.json)?$/i;

const NO: WatchVerdict = { selfTrigger: false, path: null, confidence: 'C', doubt: null };

const editsOf = (lives: readonly Life[]): readonly Life[] => lives.filter(({ start }) => start?.reason === 'edit');

/** When a life began: a runner that tells no time began it after the last line that tells one. */
const startedAt = ({ start }: Life): number | null =>
  start?.entry.at ?? start?.before.findLast(({ at }) => at !== null)?.at ?? null;

const gapsOf = (times: readonly (number | null)[]): readonly number[] =>
  times.flatMap((at, index) => {
    const before = index === 0 ? null : times[index - 1];
    return at === null || before === null || before === undefined ? [] : [at - before];
  });

const DOUBT: LogDoubt = {
  why: 'The watcher tells neither which file changed nor when, so a program that writes into its own folder and a person who saves often look the same.',
  watch: 'Start it, touch nothing for a minute, and see whether it restarts; nodemon --verbose names the file.',
};

const SAME_FILE_DOUBT: LogDoubt = {
  why: 'The same source file changed each time, and no times are told, so a program that writes it and a person who edits it look the same.',
  watch: 'Start it, touch nothing for a minute, and see whether it restarts.',
};

interface Rhythm {
  /** Null when no times are told. */
  readonly unevenness: number | null;
  readonly even: boolean;
}

const rhythmOf = (lives: readonly Life[]): Rhythm => {
  const times = editsOf(lives).map(startedAt);
  const gaps = gapsOf(times);
  // Few saves get no allowance: rounded, three and four seconds may be as even as a clock.
  const inSeconds = gaps.length >= MANY_EDITS && times.every((at) => at === null || at % SECOND === 0);
  const unevenness = gaps.length >= LEAST_EDITS - 1 ? variation(gaps, inSeconds ? SECOND : 0) : null;
  const limit = gaps.length < MANY_EDITS ? VERY_EVEN : EVEN;
  return { unevenness, even: unevenness !== null && unevenness < limit && (median(gaps) ?? Infinity) <= SOON_MS };
};

/** A file that programs write needs less of a rhythm than one that people do. */
const isWritten = (path: string, { unevenness }: Rhythm): boolean =>
  WRITTEN.test(path) && !NOT_WRITTEN.test(path) && (unevenness === null || unevenness < EVEN * 2);

const ofOnePath = (path: string, rhythm: Rhythm): WatchVerdict => {
  if (isWritten(path, rhythm)) return { selfTrigger: true, path, confidence: 'A', doubt: null };
  if (rhythm.even) return { selfTrigger: true, path, confidence: 'B', doubt: null };
  return rhythm.unevenness === null ? { ...NO, path, doubt: SAME_FILE_DOUBT } : NO;
};

const ofNoPath = ({ even, unevenness }: Rhythm): WatchVerdict => {
  if (even) return { selfTrigger: true, path: null, confidence: 'C', doubt: DOUBT };
  return unevenness === null ? { ...NO, doubt: DOUBT } : NO;
};

/** Judges a service that its watcher restarted at least five times. */
export const judgeWatch = (service: ServiceCase): WatchVerdict => {
  if (service.edits < LEAST_EDITS) return NO;
  const [path, ...others] = new Set(service.editPaths);
  if (others.length > 0) return NO;
  const rhythm = rhythmOf(service.lives);
  return path === undefined ? ofNoPath(rhythm) : ofOnePath(path, rhythm);
};
