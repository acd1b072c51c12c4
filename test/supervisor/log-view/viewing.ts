import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { LogSource, Stream, ViewedLine } from '../../../src/supervisor/log-view/types.ts';
import { viewLogs } from '../../../src/supervisor/log-view/view-logs.ts';
import type { View } from '../../../src/supervisor/log-view/view.ts';
import { USUAL_WALK } from '../../../src/supervisor/log-view/walk-back.ts';
import { waitFor } from '../../helpers/wait-for.ts';

/** A log of a service with a name that is also its label. */
export const aSource = (path: string, service: string, id: number, stream: Stream = 'out'): LogSource => ({
  path,
  stream,
  id,
  service,
  label: service,
});

const NEVER: Omit<View, 'sources' | 'show' | 'onTrouble'> = {
  wanted: { lines: 15, since: null, grep: null },
  shape: { cap: USUAL_WALK.cap, long: 'cut' },
  walk: USUAL_WALK,
  follow: false,
  calendar: { year: 2026, asLocal: (at) => at },
  clock: { now: Date.now, sleep: () => delay(5) },
  indexOf: () => [],
  added: () => [],
  stopped: () => false,
};

/** `api out text`: whose line it is, and what it says. */
export const told = ({ source, bytes }: ViewedLine): string =>
  `${source.label} ${source.stream} ${bytes.toString('utf8')}`;

/** What was shown, and what could not be read. */
export interface Shown {
  readonly lines: readonly ViewedLine[];
  readonly told: readonly string[];
  readonly troubles: readonly string[];
}

/** Views what is there, to its end. */
export const viewPast = async (sources: readonly LogSource[], said: Partial<View> = {}): Promise<Shown> => {
  const lines: ViewedLine[] = [];
  const troubles: string[] = [];
  const show = (more: readonly ViewedLine[]): boolean => lines.push(...more) >= 0;
  await viewLogs({
    ...NEVER,
    sources,
    show,
    onTrouble: (path, why) => void troubles.push(`${path}: ${why}`),
    ...said,
  });
  return { lines, told: lines.map(told), troubles };
};

/** A view that goes on until the test is over. */
export interface Watched {
  readonly lines: readonly ViewedLine[];
  /** Waits until what was shown, beginning with the line of a number, is just this. */
  readonly shows: (texts: readonly string[]) => Promise<void>;
  /** Waits until it has looked at all logs twice more. */
  readonly looks: () => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Follows logs until the test is over. */
export const watchLogs = (sources: readonly LogSource[], said: Partial<View> = {}): Watched => {
  const lines: ViewedLine[] = [];
  let [looks, stopped] = [0, false];
  const show = (more: readonly ViewedLine[]): boolean => {
    looks += 1;
    return lines.push(...more) >= 0;
  };
  const done = viewLogs({
    ...NEVER,
    sources,
    follow: true,
    show,
    stopped: () => stopped,
    onTrouble: () => {},
    ...said,
  });
  const end = async (): Promise<void> => {
    stopped = true;
    await done;
  };
  onTestFinished(end);
  return {
    lines,
    shows: async (texts) => {
      const wanted = texts.join('\n');
      try {
        await waitFor(wanted, () => lines.map(told).join('\n') === wanted);
      } catch {
        throw new Error(`wanted\n${wanted}\nbut saw\n${lines.map(told).join('\n')}`);
      }
    },
    looks: async () => {
      const from = looks;
      await waitFor('two more looks', () => looks >= from + 2);
    },
    end,
  };
};
