import { runSession } from '../../../src/cli/monit/run-session.ts';
import type { Screen, ScreenEvents } from '../../../src/cli/monit/screen.ts';
import type { Pace, Session } from '../../../src/cli/monit/stage.ts';
import { PLAIN_PAINT } from '../../../src/report/look.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { fakeSupervisor, type Knowledge } from './fake-supervisor.ts';
import { shownText } from './shown.ts';
import { viewOutput } from './view-output.ts';

/** Looks often, so that tests need not wait. */
export const FAST: Pace = { listMs: 5, samplesMs: 5, detailsMs: 5, answerMs: 2_000, actMs: 2_000 };

/** A session that goes on. */
export interface Played {
  readonly events: ScreenEvents;
  readonly shows: (words: string) => Promise<string>;
  readonly isClosed: () => boolean;
  readonly ended: Promise<void>;
}

/** Runs a session on a screen of plain values. */
export const playSession = (knowledge: Knowledge, over: Partial<Session> = {}): Played => {
  let events: ScreenEvents | null = null;
  let frame = '';
  let closed = false;
  const screen: Screen = {
    size: () => ({ columns: 100, rows: 30 }),
    draw: (rows) => {
      frame = shownText(rows);
    },
    forget: () => {},
    suspend: () => {},
    close: () => {
      closed = true;
    },
  };
  const ended = runSession({
    first: fakeSupervisor(knowledge).supervisor,
    connect: () => Promise.resolve(null),
    openScreen: (given) => {
      events = given;
      return screen;
    },
    viewOutput,
    notices: [],
    paint: PLAIN_PAINT,
    now: Date.now,
    pace: FAST,
    ...over,
  });
  if (events === null) throw new Error('no screen was opened');
  const shows = (words: string): Promise<string> =>
    waitFor(`a frame with ${words}`, () => (frame.includes(words) ? frame : null));
  return { events, shows, isClosed: () => closed, ended };
};
