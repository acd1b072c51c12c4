import type { CommandRunner } from '../invocation.ts';
import { actByVerb } from '../services/act-by-verb.ts';

/** `delete`: stops services and forgets them. */
export const run: CommandRunner = actByVerb('delete');
