import { describe, expect, it } from 'vitest';
import { examine } from '../../src/doctor/examine.ts';
import type { Check } from '../../src/model/check.ts';
import { read, unreadable, type Snapshot } from '../../src/model/snapshot.ts';
import { aContext, aFinding, NOW } from '../helpers/a-snapshot.ts';

const check = (said: Partial<Check>): Check => ({
  id: 'a-check',
  title: 'A check',
  needs: ['ports'],
  examine: () => [],
  ...said,
});

const outcomes = (checks: readonly Check[], readings: Snapshot['readings']) =>
  examine(checks, { takenAt: NOW, platform: 'linux', readings }, aContext());

const PORTS: Snapshot['readings'] = { ports: read([], 'a test') };

describe('a check', () => {
  it('that finds nothing is clear', () => {
    expect(outcomes([check({})], PORTS)).toEqual([{ status: 'clear', check: 'a-check' }]);
  });

  it('that finds something hands on its findings', () => {
    const findings = [aFinding([])];
    expect(outcomes([check({ examine: () => findings })], PORTS)).toEqual([
      { status: 'found', check: 'a-check', findings },
    ]);
  });

  it('may find them one by one', () => {
    const generating = check({
      *examine() {
        yield aFinding([]);
        yield aFinding([], {}, { port: 5000 });
      },
    });
    expect(outcomes([generating], PORTS)).toMatchObject([
      { findings: [{ data: { port: 3000 } }, { data: { port: 5000 } }] },
    ]);
  });

  it.each<[string, Snapshot['readings'], string]>([
    ['could not be read', { ports: unreadable('not-permitted', 'cannot read /proc/net') }, 'cannot read /proc/net'],
    ['was not looked at', {}, 'ports were not looked at'],
  ])('is skipped, with the reason, where a fact it needs %s', (_, readings, because) => {
    const never = check({
      examine: () => {
        throw new Error('examined without its facts');
      },
    });
    expect(outcomes([never], readings)).toEqual([{ status: 'skipped', check: 'a-check', because }]);
  });

  it('sees the facts it declared and no others', () => {
    let seen: unknown = null;
    const curious = check({
      examine: (facts) => {
        seen = facts;
        return [];
      },
    });
    outcomes([curious], { ...PORTS, processes: read([], 'a test') });
    expect(seen).toEqual({ ports: [] });
  });

  it.each<[unknown, string]>([
    [new Error('broken'), 'broken'],
    ['a string', 'a string'],
  ])('that throws %o has crashed, and ends neither the run nor the others', (thrown, message) => {
    const crashing = check({
      id: 'broken',
      examine: () => {
        throw thrown;
      },
    });
    const [crashed, next] = outcomes([crashing, check({})], PORTS);
    expect(crashed).toMatchObject({ status: 'crashed', check: 'broken', error: { message } });
    expect(next).toEqual({ status: 'clear', check: 'a-check' });
  });

  it('that throws while its findings are taken has crashed too', () => {
    const late = check({
      *examine() {
        yield aFinding([]);
        throw new Error('late');
      },
    });
    expect(outcomes([late], PORTS)).toMatchObject([{ status: 'crashed' }]);
  });
});
