import { stateDirectory } from '../../config/state-directory.ts';
import { DevdoctorError } from '../../model/error.ts';
import { readIndex } from '../../supervisor/log-view/read-index.ts';
import { viewLogs } from '../../supervisor/log-view/view-logs.ts';
import { USUAL_WALK } from '../../supervisor/log-view/walk-back.ts';
import { findHome } from '../../supervisor/state/open-home.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner, Surroundings } from '../invocation.ts';
import { asLocal } from '../logs/local-time.ts';
import { runSession } from '../monit/run-session.ts';
import type { Pace, ViewOutput } from '../monit/stage.ts';
import { terminalScreen } from '../monit/terminal-screen.ts';
import { lookOf } from '../output.ts';
import { noneRuns, reach, versionNotices } from '../services/supervision.ts';
import { systemClock } from '../system-clock.ts';

const PACE: Pace = { listMs: 1_000, samplesMs: 2_000, detailsMs: 250, answerMs: 5_000, actMs: 120_000 };

/** Lines of the past that are shown. */
const PAST_LINES = 300;

const requireTerminal = (environment: NodeJS.ProcessEnv, json: boolean): void => {
  if (json) throw new DevdoctorError('usage', 'monit draws on a terminal and prints no JSON', 'devdoctor list --json');
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new DevdoctorError('usage', 'monit needs a terminal to draw on and to take keys from', 'devdoctor list');
  }
  if (environment['TERM'] === 'dumb') {
    throw new DevdoctorError('usage', 'monit cannot draw on this terminal: TERM is "dumb"', 'devdoctor list');
  }
};

const outputViewer = ({ environment }: Surroundings): ViewOutput => {
  const home = findHome(stateDirectory(environment));
  return (sources, sink) =>
    viewLogs({
      ...sink,
      sources,
      wanted: { lines: PAST_LINES, since: null, grep: null },
      shape: { cap: USUAL_WALK.cap, long: 'cut' },
      walk: USUAL_WALK,
      follow: true,
      calendar: { year: new Date(systemClock.now()).getFullYear(), asLocal },
      clock: systemClock,
      indexOf: (path) => (home === null ? [] : readIndex(home, path)),
      added: () => [],
    });
};

/** `monit`: the services on a screen that stays up to date, with keys to act on them. */
export const run: CommandRunner = async (invocation, surroundings) => {
  requireTerminal(surroundings.environment, invocation.flags.has('json'));
  const first = await reach(surroundings);
  if (first === null) throw noneRuns();
  const { paint } = await lookOf(invocation, surroundings);
  await runSession({
    first,
    connect: () => reach(surroundings),
    viewOutput: outputViewer(surroundings),
    notices: await versionNotices(first, surroundings),
    openScreen: terminalScreen(process.stdin, process.stdout),
    paint,
    now: systemClock.now,
    pace: PACE,
  });
  // A connection that is being tried to a suspended supervisor would keep the shell waiting.
  process.exit(EXIT.ok);
};
