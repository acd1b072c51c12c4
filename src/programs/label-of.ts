import { truncate } from '../util/fit-text.ts';
import { sanitize } from '../util/sanitize.ts';
import type { Recognizable } from './words-of.ts';

/** What a person recognises a process by, in one line: its command line, or its short name where it has none. */
export const labelOf = ({ command, name }: Recognizable, columns: number): string =>
  truncate(sanitize(command.length === 0 ? name : command.join(' ')), columns);
