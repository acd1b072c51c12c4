import type { CommandRunner } from '../invocation.ts';
import { actByVerb } from '../services/act-by-verb.ts';

/** `stop`: stops services, and all they started. */
export const run: CommandRunner = actByVerb('stop');
