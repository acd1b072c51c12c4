import { describe, expect, it } from 'vitest';
import type { ServiceOutcome } from '../../src/model/service-results.ts';
import { prettyOutcomes } from '../../src/report/pretty-outcomes.ts';
import { OBEYED, plainLook, tooWide } from './lines-that-fit.ts';

type Command = Parameters<typeof prettyOutcomes>[0];

const outcome = (fields: Partial<ServiceOutcome> = {}): ServiceOutcome => ({
  id: 0,
  name: 'api',
  outcome: 'done',
  status: 'online',
  pid: 5120,
  detail: null,
  hint: null,
  ...fields,
});

const told = (command: Command, fields: Partial<ServiceOutcome> = {}, width = 100): string =>
  prettyOutcomes(command, [outcome(fields)], plainLook(width));

describe('how a service came out', () => {
  it.each<[Command, Partial<ServiceOutcome>, string]>([
    ['start', {}, '✔ api started, pid 5120\n'],
    ['start', { outcome: 'unchanged' }, '✔ api runs already\n'],
    ['restart', {}, '✔ api restarted, pid 5120\n'],
    ['restart', { detail: 'its configuration changed' }, '✔ api restarted, pid 5120: its configuration changed\n'],
    ['stop', { status: 'stopped', pid: null }, '✔ api stopped\n'],
    ['stop', { outcome: 'unchanged', status: 'stopped', pid: null }, '✔ api was down already\n'],
    ['stop', { outcome: 'unchanged', detail: 'it was stopped' }, '✔ api: it was stopped\n'],
    ['kill', { status: 'stopped', pid: null }, '✔ api stopped\n'],
    ['delete', { status: 'deleted', pid: null }, '✔ api deleted\n'],
    ['restart', { status: 'deleted', pid: null }, '✔ api deleted\n'],
    ['scale', {}, '✔ api started, pid 5120\n'],
    ['scale', { status: 'deleted', pid: null }, '✔ api deleted\n'],
    ['reset', {}, '✔ api counts from 0 again\n'],
    ['reset', { outcome: 'unchanged' }, '✔ api is unchanged\n'],
    ['send-signal', {}, '✔ api got the signal\n'],
    ['flush', {}, '✔ api has empty logs\n'],
    ['start', { outcome: 'failed', status: 'errored', pid: null }, '✖ api is errored\n'],
  ])('after %s %j', (command, fields, expected) => {
    expect(told(command, fields)).toBe(expected);
  });

  it('is why, and what to type next, where it failed', () => {
    const fields = {
      outcome: 'failed',
      status: 'blocked',
      pid: null,
      detail: 'port 3000 is held by 812 node server.js',
      hint: 'devdoctor fix --port 3000',
    } as const;
    expect(told('start', fields)).toBe(
      '✖ api is blocked: port 3000 is held by 812 node server.js\n    try      devdoctor fix --port 3000\n',
    );
    expect(tooWide(told('start', fields, 40), 40)).toEqual([]);
  });

  it('tells copies of one service apart', () => {
    const copies = [outcome(), outcome({ id: 3, pid: 5121 }), outcome({ id: 4, name: 'web' })];
    expect(prettyOutcomes('restart', copies, plainLook(80))).toBe(
      '✔ api (0) restarted, pid 5120\n✔ api (3) restarted, pid 5121\n✔ web restarted, pid 5120\n',
    );
  });

  it('is nothing where there was nothing to do', () => {
    expect(prettyOutcomes('stop', [], plainLook(80))).toBe('Nothing to do.\n');
  });

  it('is harmless to a terminal', () => {
    const hostile = '\u001b[2J\u202e\n';
    expect(told('start', { name: hostile, detail: hostile, hint: hostile }).replaceAll('\n', '')).not.toMatch(OBEYED);
  });
});
