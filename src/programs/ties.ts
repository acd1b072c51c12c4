import type { StandardStream } from '../model/process.ts';

/** A pipe or socket that its parent made for it, with somebody at the other end. */
const isChannel = ({ kind, abandoned, inherited }: StandardStream): boolean =>
  (kind === 'pipe' || kind === 'socket') && !inherited && abandoned === false;

/** Do the streams of a process connect it with its parent? So they do where they could not be read. */
export const streamsTie = (streams: readonly StandardStream[]): boolean => {
  const [input] = streams;
  if (input === undefined || streams.some(isChannel)) return true;
  return !(input.kind === 'null' || input.kind === 'closed' || input.abandoned === true);
};
