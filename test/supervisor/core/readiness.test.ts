import { describe, expect, it } from 'vitest';
import { judgeReadiness, type Starting } from '../../../src/supervisor/core/readiness.ts';
import { aServiceSpec } from '../../helpers/a-service.ts';

const judged = (said: Partial<Starting>, spec: Parameters<typeof aServiceSpec>[0] = {}): string => {
  const verdict = judgeReadiness({
    spec: aServiceSpec({ listenTimeoutMs: 3_000, minUptimeMs: 1_000, ...spec }),
    uptimeMs: 0,
    port: null,
    listenedBefore: false,
    ports: [],
    saidReady: false,
    ...said,
  });
  return verdict.state === 'late' ? `late: ${verdict.why}` : verdict.state;
};

describe('a service that says when it is ready', () => {
  const SAYS = { waitReady: true };

  it.each([
    [{ saidReady: true }, 'ready'],
    [{ uptimeMs: 2_999, ports: [80] }, 'not-yet'],
    [{ uptimeMs: 3_000, ports: [80] }, 'late: it runs, and has not said that it is ready after 3 s (listen_timeout)'],
    [{ uptimeMs: 90_000, saidReady: true }, 'ready'],
    [{ port: 80, ports: [80] }, 'not-yet'],
  ])('%j: %s', (said, verdict) => {
    expect(judged(said, SAYS)).toBe(verdict);
  });
});

describe('a service with a port of its own', () => {
  it.each([
    [{ ports: [3_000] }, 'ready'],
    [{ ports: [9_229, 3_000] }, 'ready'],
    [{ uptimeMs: 2_999 }, 'not-yet'],
    [{ uptimeMs: 2_999, ports: [9_229] }, 'not-yet'],
    [{ uptimeMs: 3_000, ports: [9_229] }, 'ready'],
    [{ uptimeMs: 3_000 }, 'late: it runs, and does not listen on port 3000 after 3 s (listen_timeout)'],
    [{ saidReady: true }, 'not-yet'],
  ])('%j: %s', (said, verdict) => {
    expect(judged({ port: 3_000, ...said })).toBe(verdict);
  });

  it('has the time that its configuration gives it', () => {
    expect(judged({ port: 3_000, uptimeMs: 9_999 }, { listenTimeoutMs: 10_000 })).toBe('not-yet');
    expect(judged({ port: 3_000, uptimeMs: 10_000 }, { listenTimeoutMs: 10_000 })).toContain('after 10 s');
  });
});

describe('a service of which nothing is known', () => {
  it.each([
    [{ ports: [5_173] }, 'ready'],
    [{ uptimeMs: 999 }, 'not-yet'],
    [{ uptimeMs: 1_000 }, 'ready'],
    [{ uptimeMs: 1_000, listenedBefore: true }, 'not-yet'],
    [{ uptimeMs: 1_000, listenedBefore: true, ports: [5_173] }, 'ready'],
    [{ uptimeMs: 3_000, listenedBefore: true }, 'ready'],
  ])('%j: %s', (said, verdict) => {
    expect(judged(said)).toBe(verdict);
  });

  it('is up after listen_timeout where min_uptime is longer', () => {
    expect(judged({ uptimeMs: 3_000 }, { minUptimeMs: 60_000 })).toBe('ready');
    expect(judged({ uptimeMs: 2_999 }, { minUptimeMs: 60_000 })).toBe('not-yet');
  });
});
