import { expect } from 'vitest';
import type { Expected } from './cases.ts';
import type { Left } from './jobs.ts';
import type { Place, PlaceRun } from './place.ts';

/** What the tests read of a finding about a process that was left behind. */
export interface LeftoverFinding {
  readonly id: string;
  readonly check: string;
  readonly severity: string;
  readonly summary: string;
  readonly evidence: readonly { readonly text: string; readonly source: string }[];
  readonly data: {
    readonly pid: number;
    readonly startedAt: number;
    readonly command: string;
    readonly project: string | null;
    readonly score: number;
    readonly evidence: readonly string[];
    readonly blockedBy: readonly string[];
    readonly ports: readonly number[];
    readonly members: readonly { readonly pid: number; readonly startedAt: number }[];
    readonly treeBytes: number | null;
    readonly decisive: boolean;
  };
}

interface Told {
  readonly outcomes: readonly { readonly check: string; readonly status: string; readonly because?: string }[];
  readonly findings: readonly LeftoverFinding[];
}

const CHECKS: readonly string[] = ['orphan-process', 'stale-process'];

const parse = ({ code, stdout, stderr }: PlaceRun): Told => {
  try {
    return JSON.parse(stdout) as Told;
  } catch (cause) {
    throw new Error(`exit ${code}, not JSON: ${stdout.slice(0, 400)}\n${stderr.slice(0, 2000)}`, { cause });
  }
};

/** Runs `check` in a place: what it says about processes that were left behind. */
export const lookForLeftovers = async (place: Place): Promise<readonly LeftoverFinding[]> => {
  const { outcomes, findings } = parse(await place.devdoctor(['check', '--json']));
  const ours = outcomes.filter(({ check }) => CHECKS.includes(check));
  expect(ours.map(({ check }) => check).toSorted()).toEqual(CHECKS);
  expect(ours.filter(({ status }) => !['clear', 'found'].includes(status))).toEqual([]);
  return findings.filter(({ check }) => CHECKS.includes(check));
};

const placeOfScore = (score: number): Expected | 'below' => {
  if (score >= 70) return 'offered';
  return score >= 40 ? 'possibly stale' : 'below';
};

const CHECK_OF = { offered: 'orphan-process', 'possibly stale': 'stale-process' } as const;

const SEVERITY_OF = { offered: 'warning', 'possibly stale': 'info' } as const;

/** All that was said, for the message of a failed test. */
export const tellAll = (findings: readonly LeftoverFinding[]): string =>
  findings
    .map(({ check, data }) => {
      const { pid, score, command, evidence, blockedBy } = data;
      return `${check} ${pid} (${score}) ${command}\n  ${[...evidence, ...blockedBy.map((why) => `- ${why}`)].join('\n  ')}`;
    })
    .join('\n') || 'nothing was named';

const describeTree = ({ tree }: Left): string =>
  tree.map(({ pid, parent, session, argv }) => `${pid} < ${parent} (session ${session}) ${argv.join(' ')}`).join('\n');

const ascending = (pids: readonly number[]): readonly number[] => pids.toSorted((a, b) => a - b);

const membersOf = ({ members }: LeftoverFinding['data']): readonly number[] => ascending(members.map(({ pid }) => pid));

/** A process of what was left, and all below it. */
const pidsBelow = (root: number, { tree }: Left): readonly number[] => {
  const pids = new Set([root]);
  for (let size = 0; size < pids.size;) {
    size = pids.size;
    for (const { pid, parent } of tree) if (pids.has(parent)) pids.add(pid);
  }
  return ascending([...pids]);
};

/** The findings that name any process of what was left. */
export const aboutTree = (findings: readonly LeftoverFinding[], { tree }: Left): readonly LeftoverFinding[] => {
  const pids = new Set(tree.map(({ pid }) => pid));
  return findings.filter(({ data }) => pids.has(data.pid));
};

/** Compares what was said of one left-over with what must be said. */
export const expectVerdict = (findings: readonly LeftoverFinding[], left: Left, expected: Expected): void => {
  const about = aboutTree(findings, left);
  const why = `${expected}\n${describeTree(left)}\n${tellAll(about)}`;
  const pids = ascending(about.map(({ data }) => data.pid));
  const roots = ascending(left.roots.map(({ pid }) => pid));
  expect(pids, why).toEqual(expected === 'not named' ? [] : roots);
  for (const { check, severity, summary, evidence, data } of about) {
    const verdict = placeOfScore(data.score);
    if (expected === 'named') expect(['offered', 'possibly stale'], why).toContain(verdict);
    else expect(verdict, why).toBe(expected);
    if (verdict === 'below' || verdict === 'named' || verdict === 'not named') continue;
    expect({ check, severity }, why).toEqual({ check: CHECK_OF[verdict], severity: SEVERITY_OF[verdict] });
    expect(summary, why).not.toBe('');
    expect(evidence, why).not.toEqual([]);
    expect(data.evidence, why).not.toEqual([]);
    expect(data.startedAt, why).toBeGreaterThan(0);
    expect(membersOf(data), why).toEqual(pidsBelow(data.pid, left));
    expect(data.ports, why).toEqual(left.job.port === null ? [] : [left.job.port]);
  }
};

/** In a place of its own nothing but the left-overs may be named: not the shells, terminals and parents beside them. */
export const expectNothingElse = (findings: readonly LeftoverFinding[], lefts: readonly Left[]): void => {
  const pids = new Set(lefts.flatMap(({ tree }) => tree.map(({ pid }) => pid)));
  const others = findings.filter(({ data }) => !pids.has(data.pid));
  expect(tellAll(others)).toBe('nothing was named');
};
