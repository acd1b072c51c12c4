import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../model/clock.ts';

/** The machine's own time. */
export const systemClock: Clock = { now: Date.now, sleep: (milliseconds) => sleep(milliseconds) };
