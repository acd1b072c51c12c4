import type { Clock } from '../model/clock.ts';
import type { Fix, FixOutcome } from '../model/fix.ts';
import type { Step } from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import type { RemedyKind } from '../model/remedy.ts';
import { killByPort } from './kill-by-port.ts';
import { stopWithManager } from './stop-with-manager.ts';
import { terminate } from './terminate.ts';

/** A fix for every kind of remedy but those a person carries out; a kind without one does not compile. */
export const fixes: { readonly [K in Exclude<RemedyKind, 'manual'>]: Fix<K> } = {
  'kill-by-port': killByPort,
  'stop-with-manager': stopWithManager,
  terminate,
};

/** Carries out the remedy of a step. */
export const applyStep = (step: Step, platform: Platform, clock: Clock): Promise<FixOutcome> => {
  const { remedy } = step;
  switch (remedy.kind) {
    case 'terminate':
      return fixes.terminate(remedy, step, platform, clock);
    case 'stop-with-manager':
      return fixes['stop-with-manager'](remedy, step, platform, clock);
    case 'kill-by-port':
      return fixes['kill-by-port'](remedy, step, platform, clock);
    case 'manual':
      return Promise.resolve({ status: 'withheld', detail: 'only a person can do this' });
  }
};
