import type { ServiceSpec } from '../../../src/model/service.ts';
import {
  NEW_LIFECYCLE,
  transition,
  type Effect,
  type Lifecycle,
  type LifecycleEvent,
} from '../../../src/supervisor/core/lifecycle.ts';
import { aServiceSpec } from '../../helpers/a-service.ts';
import { anExit, HALF } from './support.ts';

const BLOCK = { port: 3_000, holder: '812 redis-server', pid: 812 };

/** One service in a world where only what is possible happens: effects are carried out one after the other, as they came. */
export interface ServiceWorld {
  readonly lifecycle: () => Lifecycle;
  /** Copies of it that live. */
  readonly living: () => number;
  /** How often it was launched. */
  readonly launches: () => number;
  readonly isPaused: () => boolean;
  readonly hasEffects: () => boolean;
  /** Milliseconds of the pause that it is in, or was in last. */
  readonly lastPause: () => number;
  /** A person asks for something. */
  readonly ask: (what: 'start' | 'stop' | 'restart') => void;
  /** Its process ends by itself after so long; nothing where none lives. */
  readonly crash: (uptimeMs?: number, code?: number) => void;
  readonly becomeReady: () => void;
  readonly growTooLarge: (uptimeMs?: number) => void;
  /** The pause that it is in is over; nothing where it is in none. */
  readonly endPause: () => void;
  /** Who holds its port goes, or comes. */
  readonly setPort: (isFree: boolean) => void;
  /** Can its program be started? */
  readonly setRunnable: (isRunnable: boolean) => void;
  /** Carries out the next effect. */
  readonly step: () => void;
  /** Carries out all effects there are. */
  readonly settle: () => void;
}

interface Parts {
  lifecycle: Lifecycle;
  queue: Effect[];
  now: number;
  living: number;
  launches: number;
  pause: number | null;
  lastPause: number;
  isPortFree: boolean;
  isRunnable: boolean;
}

const startOne = (parts: Parts, dispatch: (event: LifecycleEvent) => void): void => {
  if (!parts.isRunnable) return dispatch({ type: 'launch-failed', reason: 'its folder is gone' });
  parts.living += 1;
  parts.launches += 1;
};

const perform = (parts: Parts, effect: Effect, dispatch: (event: LifecycleEvent) => void): void => {
  const isLaunching = parts.lifecycle.status === 'launching';
  switch (effect.type) {
    case 'sweep':
      return;
    case 'look-at-port':
      if (isLaunching) dispatch(parts.isPortFree ? { type: 'port-free' } : { type: 'port-held', block: BLOCK });
      return;
    case 'launch':
      if (isLaunching) startOne(parts, dispatch);
      return;
    case 'end':
      if (parts.living > 0) dispatch({ type: 'exited', exit: anExit({ uptimeMs: 5_000, code: 0 }) });
      parts.living = 0;
      return dispatch({ type: 'ended' });
    case 'pause':
      parts.lastPause = effect.ms;
      if (effect.ms <= 0) return dispatch({ type: 'pause-over' });
      parts.pause = effect.ms;
      return;
    case 'cancel-pause':
      parts.pause = null;
  }
};

/** A service that was never started. */
export const serviceWorld = (said: Partial<ServiceSpec> = {}): ServiceWorld => {
  const spec = aServiceSpec(said);
  const parts: Parts = {
    lifecycle: NEW_LIFECYCLE,
    queue: [],
    now: 1_700_000_000_000,
    living: 0,
    launches: 0,
    pause: null,
    lastPause: 0,
    isPortFree: true,
    isRunnable: true,
  };
  const dispatch = (event: LifecycleEvent): void => {
    const [to, effects] = transition(parts.lifecycle, event, { spec, now: parts.now, random: HALF });
    parts.lifecycle = to;
    parts.queue.push(...effects);
  };
  const step = (): void => {
    const effect = parts.queue.shift();
    if (effect !== undefined) perform(parts, effect, dispatch);
  };
  return {
    lifecycle: () => parts.lifecycle,
    living: () => parts.living,
    launches: () => parts.launches,
    isPaused: () => parts.pause !== null,
    hasEffects: () => parts.queue.length > 0,
    lastPause: () => parts.lastPause,
    ask: (what) => dispatch({ type: what }),
    crash: (uptimeMs = 10, code = 1) => {
      if (parts.living === 0) return;
      parts.living = 0;
      parts.now += uptimeMs;
      dispatch({ type: 'exited', exit: anExit({ uptimeMs, code }) });
    },
    becomeReady: () => {
      if (parts.living > 0) dispatch({ type: 'ready' });
    },
    growTooLarge: (uptimeMs = 5_000) => {
      if (parts.living === 0) return;
      parts.now += uptimeMs;
      dispatch({ type: 'over-limit', uptimeMs });
    },
    endPause: () => {
      if (parts.pause === null) return;
      parts.now += parts.pause;
      parts.pause = null;
      dispatch({ type: 'pause-over' });
    },
    setPort: (isFree) => {
      parts.isPortFree = isFree;
      if (isFree && parts.lifecycle.status === 'blocked') dispatch({ type: 'port-free' });
    },
    setRunnable: (isRunnable) => {
      parts.isRunnable = isRunnable;
    },
    step,
    settle: () => {
      while (parts.queue.length > 0) step();
    },
  };
};

/** Whatever a pause is, it passes, and everything that is to be done is done. */
export const settleThroughPauses = (world: ServiceWorld): void => {
  world.settle();
  for (let round = 0; world.isPaused() && round < 1_000; round += 1) {
    world.endPause();
    world.settle();
  }
};
