import { describe, expect, it } from 'vitest';
import type { ServiceStatus } from '../../../src/model/service.ts';
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
const CONTEXT = { spec: aServiceSpec(), now: 1_700_000_000_000, random: HALF };

/** As each status is when it is reached in the ordinary way. */
const FROM: Readonly<Record<ServiceStatus, Lifecycle>> = {
  stopped: NEW_LIFECYCLE,
  errored: { ...NEW_LIFECYCLE, status: 'errored', wanted: 'running', reason: 'crashed 16 times', unstableRestarts: 16 },
  blocked: { ...NEW_LIFECYCLE, status: 'blocked', wanted: 'running', blockedBy: BLOCK },
  'waiting restart': { ...NEW_LIFECYCLE, status: 'waiting restart', wanted: 'running', quickExits: 3, restarts: 3 },
  launching: { ...NEW_LIFECYCLE, status: 'launching', wanted: 'running', quickExits: 3, restarts: 3 },
  online: { ...NEW_LIFECYCLE, status: 'online', wanted: 'running', quickExits: 3, restarts: 3 },
  stopping: { ...NEW_LIFECYCLE, status: 'stopping', wanted: 'stopped', quickExits: 3, restarts: 3 },
};

const EVENTS: Readonly<Record<LifecycleEvent['type'], LifecycleEvent>> = {
  start: { type: 'start' },
  stop: { type: 'stop' },
  restart: { type: 'restart' },
  'port-free': { type: 'port-free' },
  'port-held': { type: 'port-held', block: BLOCK },
  'launch-failed': { type: 'launch-failed', reason: 'its folder is gone' },
  ready: { type: 'ready' },
  exited: { type: 'exited', exit: anExit({ uptimeMs: 5_000 }) },
  ended: { type: 'ended' },
  'pause-over': { type: 'pause-over' },
  'over-limit': { type: 'over-limit', uptimeMs: 5_000 },
};

/** Where an event leads, what is then wanted, and what is done: in words, for the eye. */
type Told = `${ServiceStatus}, wanted ${Lifecycle['wanted']}, then ${Lifecycle['afterStop']}: ${string}`;

const tellEffect = (effect: Effect): string => (effect.type === 'pause' ? `pause ${effect.ms}` : effect.type);

const tell = ([{ status, wanted, afterStop }, effects]: readonly [Lifecycle, readonly Effect[]]): Told =>
  `${status}, wanted ${wanted}, then ${afterStop}: ${effects.map(tellEffect).join(' ')}`;

const BEGIN: Told = 'launching, wanted running, then rest: cancel-pause sweep look-at-port';
const AGAIN: Told = 'launching, wanted running, then rest: look-at-port';
const REST: Told = 'stopped, wanted stopped, then rest: cancel-pause sweep';
const END: Told = 'stopping, wanted stopped, then rest: end';
const END_AND_LAUNCH: Told = 'stopping, wanted running, then launch: end';
const CRASHED: Told = 'waiting restart, wanted running, then rest: sweep pause 169';

/** Every pair that changes something or does something. All the others leave everything as it is. */
const TABLE: Readonly<Record<ServiceStatus, Readonly<Partial<Record<LifecycleEvent['type'], Told>>>>> = {
  stopped: { start: BEGIN, restart: BEGIN, stop: REST },
  errored: { start: BEGIN, restart: BEGIN, stop: REST },
  blocked: { start: BEGIN, restart: BEGIN, stop: REST, 'port-free': AGAIN },
  'waiting restart': { start: BEGIN, restart: BEGIN, stop: REST, 'pause-over': AGAIN },
  launching: {
    restart: END_AND_LAUNCH,
    stop: END,
    'port-free': 'launching, wanted running, then rest: launch',
    'port-held': 'blocked, wanted running, then rest: ',
    'launch-failed': 'errored, wanted running, then rest: sweep',
    ready: 'online, wanted running, then rest: ',
    exited: CRASHED,
    'over-limit': END_AND_LAUNCH,
  },
  online: { restart: END_AND_LAUNCH, stop: END, exited: CRASHED, 'over-limit': END_AND_LAUNCH },
  stopping: {
    start: 'stopping, wanted running, then launch: ',
    restart: 'stopping, wanted running, then launch: ',
    stop: 'stopping, wanted stopped, then rest: ',
    ended: 'stopped, wanted stopped, then rest: ',
  },
};

const STATUSES = Object.keys(FROM) as readonly ServiceStatus[];
const PAIRS = STATUSES.flatMap((status) =>
  Object.values(EVENTS).map((event) => [status, event.type, event, TABLE[status][event.type]] as const),
);

describe('every event in every status', () => {
  it.each(PAIRS.filter(([, , , told]) => told !== undefined))('%s, %s', (status, _, event, told) => {
    expect(tell(transition(FROM[status], event, CONTEXT))).toBe(told);
  });

  it.each(PAIRS.filter(([, , , told]) => told === undefined))('%s, %s: nothing happens', (status, _, event) => {
    const [to, effects] = transition(FROM[status], event, CONTEXT);
    expect(to).toBe(FROM[status]);
    expect(effects).toEqual([]);
  });

  it.each(PAIRS)('%s, %s: the same leads to the same, and what was given is left as it was', (status, _, event) => {
    const before = structuredClone(FROM[status]);
    expect(transition(FROM[status], event, CONTEXT)).toEqual(transition(FROM[status], event, CONTEXT));
    expect(FROM[status]).toEqual(before);
  });
});

describe('what is remembered', () => {
  it.each(['stopped', 'errored', 'blocked', 'waiting restart'] as const)(
    'is forgotten when a person starts it, from %s, but for how often it was restarted',
    (status) => {
      const from = { ...FROM[status], restarts: 7, unstableRestarts: 3, crashes: [1], quickExits: 3 };
      for (const type of ['start', 'restart'] as const) {
        const [to] = transition(from, { type }, CONTEXT);
        expect(to).toEqual({ ...NEW_LIFECYCLE, status: 'launching', wanted: 'running', restarts: 7 });
      }
    },
  );

  it.each(['launching', 'online'] as const)('is forgotten at a restart that a person asks for, from %s', (status) => {
    const from = { ...FROM[status], unstableRestarts: 3, crashes: [1] };
    const [to] = transition(from, { type: 'restart' }, CONTEXT);
    expect(to).toMatchObject({ restarts: 3, unstableRestarts: 0, crashes: [], quickExits: 0 });
  });

  it('is kept when the system starts it again', () => {
    const from = { ...FROM['waiting restart'], crashes: [1, 2] };
    expect(transition(from, { type: 'pause-over' }, CONTEXT)[0]).toEqual({ ...from, status: 'launching' });
  });
});

describe('an end that was prepared', () => {
  it('leads on to a launch where one is wanted', () => {
    const from: Lifecycle = { ...FROM.stopping, wanted: 'running', afterStop: 'launch' };
    expect(tell(transition(from, { type: 'ended' }, CONTEXT))).toBe(AGAIN);
  });

  it('of a service that is given up leads to errored, with its reason', () => {
    const from: Lifecycle = { ...FROM.stopping, wanted: 'running', afterStop: 'give-up', reason: 'used too much' };
    const [to, effects] = transition(from, { type: 'ended' }, CONTEXT);
    expect({ to, effects }).toMatchObject({
      to: { status: 'errored', afterStop: 'rest', reason: 'used too much' },
      effects: [],
    });
  });

  it.each(['stop', 'start', 'restart'] as const)('of a service that is given up is overruled by %s', (type) => {
    const from: Lifecycle = { ...FROM.stopping, wanted: 'running', afterStop: 'give-up', reason: 'used too much' };
    const [to] = transition(from, { type }, CONTEXT);
    expect(to).toMatchObject({ reason: null, afterStop: type === 'stop' ? 'rest' : 'launch' });
  });
});
