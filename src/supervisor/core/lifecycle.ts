import type { PortBlock, ServiceSpec, ServiceStatus } from '../../model/service.ts';
import { afterExit, type Exit, type RestartHistory } from './restart-policy.ts';

/** How a service is, and what is wanted of it. Plain and immutable. */
export interface Lifecycle extends RestartHistory {
  readonly status: ServiceStatus;
  /** What a person last asked for. */
  readonly wanted: 'running' | 'stopped';
  /** What comes when the stop that is under way is done. */
  readonly afterStop: 'rest' | 'launch' | 'give-up';
  readonly blockedBy: PortBlock | null;
  /** Why it is errored, in a sentence. */
  readonly reason: string | null;
}

/** What may happen to a service. */
export type LifecycleEvent =
  | { readonly type: 'start' | 'stop' | 'restart' }
  /** The look before a launch. */
  | { readonly type: 'port-free' }
  | { readonly type: 'port-held'; readonly block: PortBlock }
  | { readonly type: 'launch-failed'; readonly reason: string }
  /** It listens, said that it is ready, or has lived long enough. */
  | { readonly type: 'ready' }
  /** Its main process is gone. */
  | { readonly type: 'exited'; readonly exit: Exit }
  /** Nothing of it lives any more. */
  | { readonly type: 'ended' }
  /** The pause before a restart is over. */
  | { readonly type: 'pause-over' }
  | { readonly type: 'over-limit'; readonly uptimeMs: number };

/** What is to be done, in this order. */
export type Effect =
  /** End what an earlier run left behind. */
  | { readonly type: 'sweep' }
  | { readonly type: 'look-at-port' }
  | { readonly type: 'launch' }
  /** End everything of it, politely first. */
  | { readonly type: 'end' }
  | { readonly type: 'pause'; readonly ms: number; readonly shared: boolean }
  | { readonly type: 'cancel-pause' };

/** What a transition may know besides. */
export interface LifecycleContext {
  readonly spec: ServiceSpec;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** A transition: where it leads, and what is to be done on the way. */
export type Step = readonly [to: Lifecycle, effects: readonly Effect[]];

type Rule = (from: Lifecycle, event: LifecycleEvent, context: LifecycleContext) => Step;

/** A service that was never started. */
export const NEW_LIFECYCLE: Lifecycle = {
  status: 'stopped',
  wanted: 'stopped',
  afterStop: 'rest',
  blockedBy: null,
  reason: null,
  restarts: 0,
  unstableRestarts: 0,
  crashes: [],
  quickExits: 0,
};

const stay: Rule = (from) => [from, []];

/** Who asks for a start begins anew: only restarts that nobody asked for count. */
const begin: Rule = (from) => [
  {
    ...from,
    status: 'launching',
    wanted: 'running',
    afterStop: 'rest',
    blockedBy: null,
    reason: null,
    unstableRestarts: 0,
    crashes: [],
    quickExits: 0,
  },
  [{ type: 'cancel-pause' }, { type: 'sweep' }, { type: 'look-at-port' }],
];

const again: Rule = (from) => [
  { ...from, status: 'launching', blockedBy: null, reason: null },
  [{ type: 'look-at-port' }],
];

const rest: Rule = (from) => [
  { ...from, status: 'stopped', wanted: 'stopped', blockedBy: null, reason: null },
  [{ type: 'cancel-pause' }, { type: 'sweep' }],
];

const endFor =
  (afterStop: Lifecycle['afterStop'], wanted: Lifecycle['wanted']): Rule =>
  (from) => [{ ...from, status: 'stopping', afterStop, wanted }, [{ type: 'end' }]];

const launch: Rule = (from) => [from, [{ type: 'launch' }]];

const block: Rule = (from, event) =>
  event.type === 'port-held' ? [{ ...from, status: 'blocked', blockedBy: event.block }, []] : [from, []];

const fail: Rule = (from, event) =>
  event.type === 'launch-failed'
    ? [{ ...from, status: 'errored', reason: event.reason }, [{ type: 'sweep' }]]
    : [from, []];

const ready: Rule = (from) => [{ ...from, status: 'online' }, []];

const died: Rule = (from, event, context) => {
  if (event.type !== 'exited') return [from, []];
  const { history, next } = afterExit(from, event.exit, context);
  const after = { ...from, ...history };
  if (next.kind === 'rest') return [{ ...after, status: 'stopped', wanted: 'stopped' }, [{ type: 'sweep' }]];
  if (next.kind === 'give-up') return [{ ...after, status: 'errored', reason: next.reason }, [{ type: 'sweep' }]];
  return [
    { ...after, status: 'waiting restart' },
    [{ type: 'sweep' }, { type: 'pause', ms: next.ms, shared: next.shared }],
  ];
};

/** A limit that is too low for what the service needs would restart it for ever, so these restarts are judged as crashes are. */
const overLimit: Rule = (from, event, context) => {
  if (event.type !== 'over-limit') return [from, []];
  const exit: Exit = { code: null, signal: null, uptimeMs: event.uptimeMs, overLimit: true };
  const { history, next } = afterExit(from, exit, context);
  const after = { ...from, ...history, status: 'stopping' } as const;
  if (next.kind === 'give-up') return [{ ...after, afterStop: 'give-up', reason: next.reason }, [{ type: 'end' }]];
  return [{ ...after, afterStop: 'launch' }, [{ type: 'end' }]];
};

const ended: Rule = (from, event, context) => {
  if (from.afterStop === 'launch') return again({ ...from, afterStop: 'rest' }, event, context);
  const status = from.afterStop === 'give-up' ? 'errored' : 'stopped';
  return [{ ...from, status, afterStop: 'rest', blockedBy: null }, []];
};

const thenRest: Rule = (from) => [{ ...from, afterStop: 'rest', wanted: 'stopped', reason: null }, []];
const thenLaunch: Rule = (from) => [
  { ...from, afterStop: 'launch', wanted: 'running', reason: null, unstableRestarts: 0, crashes: [], quickExits: 0 },
  [],
];

/** A restart that a person asked for begins anew too. */
const restart: Rule = (from, event, context) =>
  endFor('launch', 'running')({ ...thenLaunch(from, event, context)[0] }, event, context);

type Row = Readonly<Record<LifecycleEvent['type'], Rule>>;

const AT_REST: Row = {
  start: begin,
  restart: begin,
  stop: rest,
  'port-free': stay,
  'port-held': stay,
  'launch-failed': stay,
  ready: stay,
  exited: stay,
  ended: stay,
  'pause-over': stay,
  'over-limit': stay,
};

/** Every state and every event; what is not to happen changes nothing. */
const TABLE: Readonly<Record<ServiceStatus, Row>> = {
  stopped: AT_REST,
  errored: AT_REST,
  blocked: { ...AT_REST, 'port-free': again },
  'waiting restart': { ...AT_REST, 'pause-over': again },
  launching: {
    ...AT_REST,
    start: stay,
    restart,
    stop: endFor('rest', 'stopped'),
    'port-free': launch,
    'port-held': block,
    'launch-failed': fail,
    ready,
    exited: died,
    'over-limit': overLimit,
  },
  online: {
    ...AT_REST,
    start: stay,
    restart,
    stop: endFor('rest', 'stopped'),
    exited: died,
    'over-limit': overLimit,
  },
  stopping: { ...AT_REST, start: thenLaunch, restart: thenLaunch, stop: thenRest, ended },
};

/** What an event does to a service. Pure: the same for the same. */
export const transition = (from: Lifecycle, event: LifecycleEvent, context: LifecycleContext): Step =>
  TABLE[from.status][event.type](from, event, context);
