import type { ActionResult } from '../../supervisor/protocol/messages.ts';

/** Several answers as one. */
export const joinResults = (results: readonly ActionResult[], notices: readonly string[] = []): ActionResult => ({
  outcomes: results.flatMap(({ outcomes }) => outcomes),
  notices: [...notices, ...results.flatMap((result) => result.notices)],
});
