import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import type { Finding, MemoryFinding, MemoryTrend } from '../../src/model/finding.ts';
import type { CheckResult } from '../../src/model/results.ts';
import { mutantsOf } from './support/mutants.ts';
import { NOW } from './support/facts.ts';
import { expectValid, validatorOf } from './support/schemas.ts';
import { EXAMPLES } from './support/snapshots.ts';

const resultWith = (...findings: readonly Finding[]): CheckResult => ({
  schemaVersion: 1,
  command: 'check',
  takenAt: new Date(NOW).toISOString(),
  platform: 'linux',
  ports: [],
  outcomes: [],
  findings,
  notes: [],
});

const TREND: MemoryTrend = { bytesPerMinute: 10_485_760.5, minutesToLimit: 12.5, verdict: 'growing', minutes: 4 };

/** A finding about memory made by hand: the schemas come before the check. */
const memory = (trend: MemoryTrend | null): MemoryFinding => ({
  id: 'memory-overrun:4312',
  check: 'memory-overrun',
  severity: 'warning',
  subject: { kind: 'process', pid: 4312 },
  summary: '4312 node server.js uses 450 MB of 500 MB',
  evidence: [],
  data: {
    pid: 4312,
    startedAt: NOW,
    command: 'node server.js',
    project: null,
    service: 'web',
    rssBytes: 52_428_800,
    pssBytes: null,
    treeBytes: 471_859_200,
    limitBytes: trend === null ? null : 524_288_000,
    limitSource: trend === null ? 'none' : 'max_memory_restart',
    trend,
  },
  remedies: [{ kind: 'manual', risk: 'safe', rationale: 'why', commands: [], instructions: 'Raise the limit.' }],
});

const found: readonly (readonly [string, Finding])[] = [
  ...checks.flatMap((check) =>
    (EXAMPLES[check.id]?.finds ?? []).flatMap(({ name, facts, context }) =>
      [...check.examine(facts, context)].map((finding) => [`${check.id}: ${name}`, finding] as const),
    ),
  ),
  ['memory-overrun: a single look', memory(null)],
  ['memory-overrun: with a trend', memory(TREND)],
  ['memory-overrun: with a trend that falls', memory({ ...TREND, bytesPerMinute: -5, minutesToLimit: null })],
];

describe('the schema of a finding', () => {
  test.each(found)('takes %s', (_, finding) => {
    expectValid('check', resultWith(finding));
  });

  test('refuses each of them with a field removed, added or of another type', () => {
    const validate = validatorOf('check');
    const one = new Map(found.map(([, finding]) => [finding.check, finding]));
    const kinds = [...one.values(), memory(TREND)];
    expect(new Set(kinds.map(({ check }) => check)).size).toBe(checks.length);
    for (const finding of kinds) {
      const mutants = mutantsOf(resultWith(finding));
      expect(mutants.length).toBeGreaterThan(30);
      expect(mutants.filter(({ value }) => validate(value)).map(({ change }) => change)).toEqual([]);
    }
  });

  test('refuses the data and the subject of one kind under the name of another', () => {
    const validate = validatorOf('check');
    const one = [...new Map(found.map(([, finding]) => [finding.check, finding])).values()];
    const mixed = one.flatMap((finding) =>
      one
        .filter(({ data }) => Object.keys(data).join(' ') !== Object.keys(finding.data).join(' '))
        .map(({ data, check }) => ({ mix: `${finding.check} with ${check}`, value: { ...finding, data } as Finding })),
    );
    expect(mixed.length).toBeGreaterThan(8);
    expect(mixed.filter(({ value }) => validate(resultWith(value))).map(({ mix }) => mix)).toEqual([]);
    const port = { kind: 'port', port: 3000 } as const;
    expect(validate(resultWith({ ...memory(null), subject: port }))).toBe(false);
  });
});
