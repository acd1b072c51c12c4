import { describe, expect, it } from 'vitest';
import { describeExit, describeGivingUp, judgeStart } from '../../../src/supervisor/state/describe-service.ts';
import type { ServiceRecord } from '../../../src/supervisor/state/records.ts';
import { aLastExit, aServiceRecord, aServiceSpec } from '../../helpers/a-service.ts';

const TAKEN = aLastExit({
  rootCause: 'EADDRINUSE',
  evidence: 'Error: listen EADDRINUSE: address already in use :::3000',
  detail: { port: '3000' },
});

describe('an end in words', () => {
  it.each([
    [aLastExit({ code: 7 }), 'ended with exit 7'],
    [aLastExit({ code: 0 }), 'ended with exit 0'],
    [aLastExit({ code: null, signal: 'SIGKILL' }), 'was ended by SIGKILL'],
    [aLastExit({ code: null }), 'ended, and nobody saw how'],
    [aLastExit({ rootCause: 'SILENT_EXIT' }), 'ended with exit 1: SILENT_EXIT'],
    [TAKEN, 'ended with exit 1: EADDRINUSE: Error: listen EADDRINUSE: address already in use :::3000'],
  ])('%j', (exit, text) => {
    expect(describeExit(exit)).toBe(text);
  });
});

describe('why a service is errored', () => {
  const errored = (said: Partial<ServiceRecord>): string =>
    describeGivingUp(aServiceRecord({ status: 'errored', ...said }));

  it('is its reason, with the cause of the last crash where it was given up', () => {
    const reason = 'crashed 16 times in 12 s; given up as max_restarts is 16';
    expect(errored({ reason, lastExit: TAKEN })).toBe(
      `${reason}; last: EADDRINUSE: Error: listen EADDRINUSE: address already in use :::3000`,
    );
    expect(errored({ reason, lastExit: aLastExit({ rootCause: 'SILENT_EXIT' }) })).toBe(`${reason}; last: SILENT_EXIT`);
    expect(errored({ reason, lastExit: aLastExit() })).toBe(reason);
  });

  it('is no cause of an earlier life where it could not be launched', () => {
    expect(errored({ reason: 'its folder /x is gone', lastExit: TAKEN })).toBe('its folder /x is gone');
  });

  it('is said in some way where none is known', () => {
    expect(errored({})).toBe('it failed');
  });
});

describe('a start that is over', () => {
  const judged = (said: Partial<ServiceRecord>, trouble: string | null = null): ReturnType<typeof judgeStart> =>
    judgeStart(aServiceRecord({ spec: aServiceSpec({ name: 'api' }), ...said }), trouble);

  it('went well when it is online', () => {
    expect(judged({ status: 'online' })).toEqual({ outcome: 'done', detail: null, hint: null });
  });

  it('went wrong when it is online and not what it should be', () => {
    expect(judged({ status: 'online' }, 'it does not listen')).toEqual({
      outcome: 'failed',
      detail: 'it does not listen',
      hint: 'devdoctor logs api --err --nostream',
    });
  });

  it('went well for a job that ended well, and wrong for one that did not', () => {
    expect(judged({ status: 'stopped', lastExit: aLastExit({ code: 0 }) })).toMatchObject({
      outcome: 'done',
      hint: null,
    });
    expect(judged({ status: 'stopped', lastExit: null })).toEqual({ outcome: 'done', detail: null, hint: null });
    expect(judged({ status: 'stopped', lastExit: aLastExit({ code: 3 }) })).toMatchObject({
      outcome: 'failed',
      detail: 'it ended with exit 3, and is not to be started again',
    });
    expect(judged({ status: 'stopped', lastExit: aLastExit({ code: null, signal: 'SIGTERM' }) }).outcome).toBe(
      'failed',
    );
    expect(judged({ status: 'stopped', lastExit: aLastExit({ code: null }) }).outcome).toBe('failed');
  });

  it('names who holds its port, and how to free it', () => {
    const blockedBy = { port: 3_000, holder: '812 redis-server (systemd redis)', pid: 812 };
    expect(judged({ status: 'blocked', blockedBy })).toEqual({
      outcome: 'failed',
      detail: 'port 3000 is held by 812 redis-server (systemd redis); it starts by itself once the port is free',
      hint: 'devdoctor fix --port 3000',
    });
  });

  it('tells the crash of one that is being started again', () => {
    expect(judged({ status: 'waiting restart', lastExit: TAKEN })).toMatchObject({
      outcome: 'failed',
      detail: expect.stringMatching(/^it ended with exit 1: EADDRINUSE: .*; it is being started again$/) as string,
      hint: 'devdoctor why 3000',
    });
  });

  it.each(['launching', 'stopping'] as const)('is not over for one that is still %s', (status) => {
    expect(judged({ status })).toMatchObject({ outcome: 'failed', detail: `it is still ${status}` });
  });

  it('tells why it was given up', () => {
    expect(judged({ status: 'errored', reason: 'its folder /x is gone' })).toMatchObject({
      outcome: 'failed',
      detail: 'its folder /x is gone',
    });
  });

  it.each([
    ['my api', 'devdoctor logs "my api" --err --nostream'],
    ['a;b', 'devdoctor logs "a;b" --err --nostream'],
    ['web-1.api_2', 'devdoctor logs web-1.api_2 --err --nostream'],
  ])('gives a hint that can be typed for %s', (name, hint) => {
    expect(judged({ status: 'launching', spec: aServiceSpec({ name }) }).hint).toBe(hint);
  });
});
