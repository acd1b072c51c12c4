import { ABANDONED_KINDS } from './abandoned-kinds.ts';
import type { Case } from './cases.ts';
import { WANTED_KINDS } from './wanted-kinds.ts';

/** The thirteen kinds of left-behind processes and their look-alikes. */
export const THIRTEEN_KINDS: readonly Case[] = [...ABANDONED_KINDS, ...WANTED_KINDS];
