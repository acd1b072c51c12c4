import type { LeftoverData, LeftoverFinding } from '../../src/model/finding.ts';
import { refOf, type ProcessInfo } from '../../src/model/process.ts';
import type { Certainty, TerminateRemedy } from '../../src/model/remedy.ts';

/** What ends a left-over tree. */
const endingTree = (root: ProcessInfo, certainty: Certainty): TerminateRemedy => ({
  kind: 'terminate',
  certainty,
  risk: 'disruptive',
  rationale: 'ends the whole tree that was left behind',
  commands: ['devdoctor fix --only orphan-process'],
  target: refOf(root),
  tree: true,
  graceMs: 3_000,
});

/** A finding about a tree that was left behind for certain; its remedy is as sure as is said. */
export const aLeftover = (
  root: ProcessInfo,
  certainty: Certainty = 'certain',
  said: Partial<Omit<LeftoverFinding, 'data'>> = {},
  data: Partial<LeftoverData> = {},
): LeftoverFinding => {
  const check = certainty === 'possible' ? 'stale-process' : 'orphan-process';
  return {
    id: `${check}:${root.pid}`,
    check,
    severity: certainty === 'possible' ? 'info' : 'warning',
    subject: { kind: 'process', pid: root.pid },
    summary: `${root.pid} ${root.command.join(' ')} was left behind: its terminal /dev/pts/3 was closed`,
    evidence: [
      { text: '/home/ada/shop', source: 'facts' },
      { text: 'up 19 h', source: 'facts' },
      { text: 'nobody reads its output any more', source: `process ${root.pid}` },
    ],
    data: {
      ...refOf(root),
      command: root.command.join(' '),
      cwd: root.cwd?.path ?? null,
      project: root.cwd?.path ?? null,
      score: 85,
      evidence: ['its terminal /dev/pts/3 was closed', 'nobody reads its output any more'],
      blockedBy: ['2 connections to its port'],
      ports: [3000],
      members: [refOf(root)],
      treeBytes: 212_000_000,
      decisive: certainty === 'certain',
      ...data,
    },
    remedies: [endingTree(root, certainty)],
    ...said,
  };
};
