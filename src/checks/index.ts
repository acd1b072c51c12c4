import type { Check } from '../model/check.ts';
import { portOccupied } from './port-occupied.ts';

/** Every check, alphabetical by id. */
export const checks: readonly Check[] = [portOccupied];
