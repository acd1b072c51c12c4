import type { CommandRunner } from '../invocation.ts';
import { actByVerb } from '../services/act-by-verb.ts';

/** `reset`: counts the restarts of services from 0 again. */
export const run: CommandRunner = actByVerb('reset');
