import type { Check } from '../model/check.ts';
import { memoryOverrun } from './memory-overrun.ts';
import { orphanProcess } from './orphan-process.ts';
import { portOccupied } from './port-occupied.ts';
import { restartLoop } from './restart-loop.ts';
import { staleProcess } from './stale-process.ts';

/** Every check, alphabetical by id. */
export const checks: readonly Check[] = [memoryOverrun, orphanProcess, portOccupied, restartLoop, staleProcess];
