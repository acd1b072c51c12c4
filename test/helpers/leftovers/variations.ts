import type { Case } from './cases.ts';
import { LAUNCHER_VARIATIONS } from './launcher-variations.ts';
import { LOOK_ALIKE_VARIATIONS } from './look-alike-variations.ts';
import { SERVER_VARIATIONS } from './server-variations.ts';

/** The kinds again, with launchers, names, shells, folders and first processes of all sorts. */
export const VARIATIONS: readonly Case[] = [...LAUNCHER_VARIATIONS, ...SERVER_VARIATIONS, ...LOOK_ALIKE_VARIATIONS];
