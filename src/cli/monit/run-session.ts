import { makeBell, type Bell } from './bell.ts';
import { drawSoon } from './draw-soon.ts';
import { makeEnding, type Ending } from './ending.ts';
import { followChosen } from './follow-chosen.ts';
import { openLink } from './link.ts';
import { act, lookAtSamples, lookAtServices } from './looks.ts';
import { initialState, type MonitState } from './monit-state.ts';
import { press, type Effect } from './press.ts';
import { render } from './render.ts';
import type { Screen } from './screen.ts';
import type { Session, Stage } from './stage.ts';
import { takeNews } from './take-news.ts';

/** Does a task again and again until the session is over. */
const repeat = async (
  { isOver }: Ending,
  bell: Bell,
  milliseconds: number,
  task: () => Promise<void>,
): Promise<void> => {
  while (!isOver()) {
    await task();
    if (!isOver()) await bell.wait(milliseconds);
  }
};

/** The state, and all that may change it. */
interface Board extends Pick<Stage, 'state' | 'tell'> {
  readonly key: (key: string) => readonly Effect[];
}

/** `chosen` is called when another service is chosen. */
const makeBoard = (first: MonitState, now: () => number, changed: () => void, chosen: () => void): Board => {
  let state = first;
  const become = (next: MonitState): void => {
    const isOther = next.log.turn !== state.log.turn;
    state = next;
    if (isOther) chosen();
    changed();
  };
  return {
    state: () => state,
    tell: (news) => become(takeNews(state, news, now())),
    key: (key) => {
      const pressed = press({ ...state, now: now() }, key);
      become(pressed.state);
      return pressed.effects;
    },
  };
};

const perform = async (effect: Effect, screen: Screen, stage: Stage, { finish }: Ending): Promise<void> => {
  if (effect.kind === 'quit') finish();
  else if (effect.kind === 'suspend') screen.suspend();
  else if (effect.kind === 'redraw') screen.forget();
  else await act(stage, effect);
};

/** Shows the services until the person leaves, or the terminal does. The terminal is as it was whichever way this ends. */
export const runSession = async (session: Session): Promise<void> => {
  const { openScreen, paint, now, pace, viewOutput, notices } = session;
  const ending = makeEnding();
  const link = openLink(session.first, session.connect);
  const bells = { list: makeBell(), samples: makeBell(), details: makeBell() };
  const onKey = async (key: string): Promise<void> => {
    for (const effect of board.key(key)) {
      await perform(effect, screen, stage, ending);
      bells.list.ring();
    }
  };
  const screen = openScreen({
    key: (key) => void onKey(key).catch(ending.fail),
    changed: () => board.tell({ kind: 'resized', size: screen.size() }),
    gone: ending.finish,
  });
  const draw = drawSoon(() => screen.draw(render(board.state(), paint)), ending);
  const board = makeBoard(initialState(screen.size(), now(), notices), now, draw, bells.details.ring);
  const stage: Stage = { pace, link, state: board.state, tell: board.tell, viewOutput, fail: ending.fail };
  const follower = followChosen(stage);
  const loops = [
    repeat(ending, bells.list, pace.listMs, () => lookAtServices(stage)),
    repeat(ending, bells.samples, pace.samplesMs, () => lookAtSamples(stage)),
    repeat(ending, bells.details, pace.detailsMs, follower.look),
  ];
  for (const loop of loops) loop.catch(ending.fail);
  try {
    draw();
    await ending.ended;
  } finally {
    screen.close();
    link.close();
    for (const { ring } of Object.values(bells)) ring();
    follower.stop();
  }
};
