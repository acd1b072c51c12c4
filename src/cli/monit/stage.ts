import type { Paint } from '../../report/look.ts';
import type { Supervisor } from '../../supervisor/client/supervisor.ts';
import type { LogSource } from '../../supervisor/log-view/types.ts';
import type { View } from '../../supervisor/log-view/view.ts';
import type { Link } from './link.ts';
import type { MonitState } from './monit-state.ts';
import type { OpenScreen } from './screen.ts';
import type { News } from './take-news.ts';

/** How often what is looked at, in milliseconds. */
export interface Pace {
  readonly listMs: number;
  readonly samplesMs: number;
  /** Whether another service was chosen, or the chosen one has changed. */
  readonly detailsMs: number;
  /** A supervisor that answers no sooner counts as not reachable. */
  readonly answerMs: number;
  /** The same for what takes as long as a service takes to stop or start. */
  readonly actMs: number;
}

/** Shows what logs have, and then what comes, until it is stopped. */
export type ViewOutput = (
  sources: readonly LogSource[],
  sink: Pick<View, 'show' | 'stopped' | 'onTrouble'>,
) => Promise<void>;

/** What a session works with. */
export interface Session {
  readonly first: Supervisor;
  /** Connects again; `null` when no supervisor runs. */
  readonly connect: () => Promise<Supervisor | null>;
  readonly viewOutput: ViewOutput;
  /** What is said at the start. */
  readonly notices: readonly string[];
  readonly openScreen: OpenScreen;
  readonly paint: Paint;
  readonly now: () => number;
  readonly pace: Pace;
}

/** What all parts of a session share. */
export interface Stage {
  readonly pace: Pace;
  readonly link: Link;
  readonly state: () => MonitState;
  readonly tell: (news: News) => void;
  readonly viewOutput: ViewOutput;
  /** Ends the session with a fault. */
  readonly fail: (error: unknown) => void;
}
