import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../model/clock.ts';
import type { FollowedFile } from './follow-file.ts';
import type { ViewedLine } from './types.ts';

/** How to follow: everything that touches the world is given. */
export interface Following {
  readonly clock: Clock;
  readonly stopped: () => boolean;
  /** Logs that have come since it was last asked. */
  readonly added: () => readonly FollowedFile[];
  /** Takes lines in their order; `false` when nobody reads any more. */
  readonly show: (lines: readonly ViewedLine[]) => boolean;
}

const PAUSE_MS = 100;

/** Looks at logs again and again, and shows what came meanwhile in the order of time, until nobody wants more. */
export const followLogs = async (
  first: readonly FollowedFile[],
  { clock, stopped, added, show }: Following,
): Promise<void> => {
  const files = [...first];
  try {
    while (!stopped()) {
      files.push(...added());
      const now = clock.now();
      const lines: ViewedLine[] = [];
      let more = false;
      for (const file of files) {
        const seen = await file.look(now);
        for (const line of seen.lines) lines.push(line);
        more ||= seen.more;
      }
      // Stable: lines of one time stay in the order of the logs, and each log in its own.
      if (!show(lines.sort((a, b) => a.order - b.order))) return;
      if (more) await turn();
      else await clock.sleep(PAUSE_MS);
    }
  } finally {
    for (const file of files) file.close();
  }
};
