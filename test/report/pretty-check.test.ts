import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/model/results.ts';
import { prettyCheck } from '../../src/report/pretty-check.ts';
import { aProcess } from '../helpers/a-process.ts';
import { aFinding } from '../helpers/a-snapshot.ts';
import { checkOf, plainLook } from './lines-that-fit.ts';

const check = (said: Partial<CheckResult> = {}): string =>
  prettyCheck(
    {
      ...checkOf('yesterdays-server'),
      findings: [],
      outcomes: [{ check: 'port-occupied', status: 'clear' }],
      ports: [{ port: 3000, source: '.env' }],
      ...said,
    },
    plainLook(80),
  );

describe('what check shows', () => {
  it('goes from what is wrong over who and why to what to type', () => {
    const text = prettyCheck(checkOf('yesterdays-server'), plainLook(80));
    const order = [
      '✖ Port 3000 is',
      '4312    node server.js',
      '~/shop, user ada, up 18 h',
      'started  ',
      'fix      devdoctor fix --port 3000',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('npm run dev (4290) → sh (4301) → node (4312)');
  });

  it('shows a command once though it helps against several holders', () => {
    const text = prettyCheck(checkOf('container-host'), plainLook(80));
    expect(text.match(/docker stop registry/g)).toHaveLength(1);
  });

  it.each([
    [[3000], '✔ Nothing stands in the way: port 3000 free'],
    [[3000, 5000], '✔ Nothing stands in the way: ports 3000 and 5000 free'],
    [[1, 2, 3], '✔ Nothing stands in the way: ports 1, 2 and 3 free'],
  ])('is one line where all is well: %j', (ports, expected) => {
    expect(check({ ports: ports.map((port) => ({ port, source: '' })) })).toBe(`${expected}\n`);
  });

  it('tells what was skipped and why, and claims no clear port then', () => {
    const text = check({ outcomes: [{ check: 'port-occupied', status: 'skipped', because: 'EMFILE' }] });
    expect(text).toBe('▲ port-occupied was skipped: EMFILE\n');
  });

  it('owns up to a crash', () => {
    const text = check({ outcomes: [{ check: 'port-occupied', status: 'crashed', because: 'x is not a function' }] });
    expect(text).toBe('▲ port-occupied was cut short by a fault of ours: x is not a function\n');
  });

  it('counts the checks that are clear beside a finding', () => {
    const outcomes = ['a', 'b', 'c'].map((id) => ({
      check: id,
      status: id === 'a' ? ('found' as const) : ('clear' as const),
    }));
    expect(check({ findings: [aFinding([])], outcomes })).toMatch(/✔ 2 other checks clear\n$/);
  });

  it('puts notes last', () => {
    expect(check({ notes: ['browsers refuse to open port 6000'] })).toMatch(
      /\n\n {2}note: browsers refuse to open port 6000\n$/,
    );
  });

  it('shows six holders and counts the rest', () => {
    const holders = Array.from({ length: 9 }, (_, index) => aProcess({ pid: 100 + index }));
    const text = check({ findings: [aFinding(holders)], outcomes: [] });
    expect(text.match(/^ {4}10\d /gm)).toHaveLength(6);
    expect(text).toContain('    and 3 more');
  });

  it('explains a port without a listener by what was seen', () => {
    const text = prettyCheck(checkOf('out-of-sight'), plainLook(80));
    expect(text).toContain('because  ports below 1024 need rights');
    expect(text).toContain('because  41 processes of other users could not be read');
    expect(text).toContain('do       Look again with the rights to see every process.');
    expect(text).toContain('fix      sudo devdoctor why 5432');
  });

  it('marks what is as it should be as no error', () => {
    expect(prettyCheck(checkOf('managed-services'), plainLook(80))).toContain(
      'ℹ Port 3000 is held by shop-web.service',
    );
  });
});
