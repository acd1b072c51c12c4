import { isKnownError } from '../../model/error.ts';
import type { Effect } from './press.ts';
import type { Stage } from './stage.ts';

/** Looks at all services, over a new connection where the last one failed. */
export const lookAtServices = async ({ pace, link, tell }: Stage): Promise<void> => {
  if (!(await link.restore())) return tell({ kind: 'lost' });
  try {
    tell({ kind: 'listed', ...(await link.ask('list', {}, pace.answerMs)) });
  } catch {
    // Whatever went wrong, the next look starts with a new connection, and the screen says that it is being tried.
    link.drop();
    tell({ kind: 'lost' });
  }
};

/** Looks at what the services used. */
export const lookAtSamples = async ({ pace, link, tell }: Stage): Promise<void> => {
  try {
    tell({ kind: 'sampled', ...(await link.ask('samples', {}, pace.answerMs)) });
  } catch {
    // Looking at the services, which is done more often, tells whether the supervisor can be reached.
  }
};

/** Has the supervisor do what a key asked for. */
export const act = async ({ pace, link, tell }: Stage, { verb, id, name }: Effect & { kind: 'act' }): Promise<void> => {
  tell({ kind: 'acting', verb, name });
  try {
    const request = { verb, targets: [String(id)], env: null };
    tell({ kind: 'acted', result: await link.ask('act', request, pace.actMs) });
  } catch (error) {
    if (!isKnownError(error)) throw error;
    tell({ kind: 'refused', message: error.message, hint: error.hint });
  }
};
