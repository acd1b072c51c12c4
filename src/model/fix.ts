import type { Clock } from './clock.ts';
import type { Step } from './plan.ts';
import type { Platform } from './platform.ts';
import type { RemedyKind, RemedyOf } from './remedy.ts';

/** How carrying out a remedy ended, in words for the person. */
export interface FixOutcome {
  readonly status: 'done' | 'withheld' | 'failed';
  readonly detail: string;
}

/** Code that carries out one kind of remedy. */
export type Fix<K extends RemedyKind> = (
  remedy: RemedyOf<K>,
  step: Step,
  platform: Platform,
  clock: Clock,
) => Promise<FixOutcome>;
