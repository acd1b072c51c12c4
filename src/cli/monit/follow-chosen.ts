import type { ServiceDetail } from '../../model/service.ts';
import type { MonitState } from './monit-state.ts';
import { outputLines, sourcesFor } from './output-lines.ts';
import { selectedService } from './shown-services.ts';
import type { Stage } from './stage.ts';

/** Keeps the details and the log of the chosen service up to date. */
export interface Follower {
  readonly look: () => Promise<void>;
  readonly stop: () => void;
}

/** Details that change with nothing in the list, such as how many processes it has, are at most this old. */
const FRESH_MS = 5_000;

/** As long as this stays the same the details do too. */
const detailKey = (state: MonitState): string => {
  const row = selectedService(state);
  if (row === null) return '';
  return JSON.stringify([row.id, row.pid, row.restarts, row.status, Math.floor(state.now / FRESH_MS)]);
};

const askForDetails = async ({ pace, link, tell }: Stage, id: number): Promise<void> => {
  try {
    const { services } = await link.ask('details', { targets: [String(id)] }, pace.answerMs);
    const detail = services.find((service) => service.id === id);
    if (detail !== undefined) tell({ kind: 'detailed', detail });
  } catch {
    // It was deleted, or the supervisor is away: the next look at the services tells which.
  }
};

interface Viewing {
  readonly turn: number;
  /** Which files. */
  readonly files: string;
  readonly stop: () => void;
}

const filesOf = (detail: ServiceDetail): string => JSON.stringify(sourcesFor(detail).map(({ path }) => path));

/** Shows the output of a service until it is stopped, or another one is chosen. */
const startViewing = ({ state, tell, viewOutput, fail }: Stage, detail: ServiceDetail): Viewing => {
  const { turn } = state().log;
  const sources = sourcesFor(detail);
  let isStopped = false;
  const stopped = (): boolean => isStopped || state().log.turn !== turn;
  tell({ kind: 'noted', turn, note: sources.length === 0 ? 'its output is thrown away' : 'no output yet' });
  const viewing = viewOutput(sources, {
    stopped,
    show: (lines) => {
      if (lines.length > 0 && !stopped()) tell({ kind: 'logged', turn, lines: outputLines(lines) });
      return !stopped();
    },
    onTrouble: (path, why) => tell({ kind: 'noted', turn, note: `cannot read ${path}: ${why}` }),
  });
  viewing.catch(fail);
  return {
    turn,
    files: filesOf(detail),
    stop: () => {
      isStopped = true;
    },
  };
};

/** Follows the choice as it changes. */
export const followChosen = (stage: Stage): Follower => {
  let known = '';
  let viewing: Viewing | null = null;
  const view = (): void => {
    const { detail, log } = stage.state();
    if (detail === null || (viewing?.turn === log.turn && viewing.files === filesOf(detail))) return;
    viewing?.stop();
    viewing = startViewing(stage, detail);
  };
  const look = async (): Promise<void> => {
    const { selected, detail } = stage.state();
    const key = detailKey(stage.state());
    if (selected !== null && (detail === null || key !== known)) {
      await askForDetails(stage, selected);
      known = key;
    }
    view();
  };
  return { look, stop: () => viewing?.stop() };
};
