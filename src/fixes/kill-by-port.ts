import type { Fix } from '../model/fix.ts';

/** The last resort. What it says of itself is worth nothing, so neither is this outcome: the second look decides. */
export const killByPort: Fix<'kill-by-port'> = async ({ port }, _step, { control }) => {
  await control.killByPort(port);
  return { status: 'done', detail: `asked for everything on port ${port} to be ended by force` };
};
