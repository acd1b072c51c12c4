import type { ViewOutput } from '../../../src/cli/monit/stage.ts';
import { systemClock } from '../../../src/cli/system-clock.ts';
import { viewLogs } from '../../../src/supervisor/log-view/view-logs.ts';
import { USUAL_WALK } from '../../../src/supervisor/log-view/walk-back.ts';

/** Views logs as the command does, without what a supervisor notes of them. */
export const viewOutput: ViewOutput = (sources, sink) =>
  viewLogs({
    ...sink,
    sources,
    wanted: { lines: 50, since: null, grep: null },
    shape: { cap: USUAL_WALK.cap, long: 'cut' },
    walk: USUAL_WALK,
    follow: true,
    calendar: { year: 2026, asLocal: (milliseconds) => milliseconds },
    clock: { ...systemClock, sleep: () => systemClock.sleep(5) },
    indexOf: () => [],
    added: () => [],
  });
