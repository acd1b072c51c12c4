import type { ServiceSpec } from '../../model/service.ts';

/** What is known of a service that starts. */
export interface Starting {
  readonly spec: ServiceSpec;
  readonly uptimeMs: number;
  /** The port that its configuration names; `null` for none. */
  readonly port: number | null;
  /** It listened on a port when it ran last. */
  readonly listenedBefore: boolean;
  /** Ports it listens on now. */
  readonly ports: readonly number[];
  readonly saidReady: boolean;
}

/** Is it up? `late`: it runs, and is not what it should be by now. */
export type Readiness = { readonly state: 'not-yet' | 'ready' } | { readonly state: 'late'; readonly why: string };

const NOT_YET: Readiness = { state: 'not-yet' };
const READY: Readiness = { state: 'ready' };

const late = (what: string, ms: number): Readiness => ({
  state: 'late',
  why: `it runs, and ${what} after ${ms / 1_000} s (listen_timeout)`,
});

/** Judges whether a service that starts is up: by what it says, else by its port, else by having lived for a while. */
export const judgeReadiness = (starting: Starting): Readiness => {
  const { spec, uptimeMs, port, ports, saidReady, listenedBefore } = starting;
  const isOver = uptimeMs >= spec.listenTimeoutMs;
  if (spec.waitReady) {
    if (saidReady) return READY;
    return isOver ? late('has not said that it is ready', spec.listenTimeoutMs) : NOT_YET;
  }
  if (port !== null) {
    if (ports.includes(port)) return READY;
    if (!isOver) return NOT_YET;
    return ports.length > 0 ? READY : late(`does not listen on port ${port}`, spec.listenTimeoutMs);
  }
  if (ports.length > 0 || isOver) return READY;
  return !listenedBefore && uptimeMs >= spec.minUptimeMs ? READY : NOT_YET;
};
