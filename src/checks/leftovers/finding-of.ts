import type { Evidence, LeftoverFinding } from '../../model/finding.ts';
import { refOf } from '../../model/process.ts';
import type { Remedy } from '../../model/remedy.ts';
import { labelOf } from '../../programs/label-of.ts';
import { formatBytes } from '../../util/bytes.ts';
import { formatDuration } from '../../util/duration.ts';
import { plural } from '../../util/plural.ts';
import { sanitize } from '../../util/sanitize.ts';
import type { Judged } from './judge.ts';
import { workersOf, type View } from './view.ts';

/** How long a server may take to close its connections and files. */
const GRACE_MS = 3_000;
const NAME_LIMIT = 60;

const portsOf = ({ candidate }: View): readonly number[] =>
  [...new Set(candidate.traces.flatMap(({ ports }) => ports))].toSorted((a, b) => a - b);

const factsOf = (view: View): readonly Evidence[] => {
  const { root, members, candidate, context } = view;
  const ports = portsOf(view);
  const texts = [
    ...(root.cwd === null || root.cwd.deleted ? [] : [root.cwd.path]),
    `up ${formatDuration(context.now - root.startedAt)}`,
    ...(members.length > 1 ? [plural(members.length, 'process', 'processes')] : []),
    ...(candidate.treeBytes === null ? [] : [formatBytes(candidate.treeBytes)]),
    ...(ports.length === 0 ? [] : [`listens on ${ports.join(', ')}`]),
  ];
  return texts.map((text) => ({ text, source: 'facts' }));
};

const remedyOf = (check: LeftoverFinding['check'], { view, decisive, evidence }: Judged): Remedy => {
  const { root } = view;
  const likely = decisive ? 'certain' : 'likely';
  return {
    kind: 'terminate',
    certainty: check === 'orphan-process' ? likely : 'possible',
    risk: 'disruptive',
    rationale: `${check === 'orphan-process' ? 'left behind' : 'possibly left behind'}: ${sanitize(evidence[0] ?? 'nobody seems to want it')}`,
    commands: [`devdoctor fix --only ${check}`],
    target: refOf(root),
    tree: true,
    graceMs: GRACE_MS,
  };
};

/** The program that a person knows: the server below its shell and its runner. */
const nameOf = (view: View): string => {
  const worker = workersOf(view).at(-1) ?? view.root;
  return `${worker.pid} ${labelOf(worker, NAME_LIMIT)}`;
};

/** Words a judged tree as a finding of one of the two checks. */
export const leftoverFinding = (check: LeftoverFinding['check'], judged: Judged): LeftoverFinding => {
  const { view, score, evidence, blockedBy, decisive } = judged;
  const { root, members, candidate, context } = view;
  const orphan = check === 'orphan-process';
  const cwd = root.cwd?.path ?? null;
  const why = sanitize(evidence[0] ?? 'nobody seems to want it');
  return {
    id: `${check}:${root.pid}`,
    check,
    severity: orphan ? 'warning' : 'info',
    subject: { kind: 'process', pid: root.pid },
    summary: `${nameOf(view)} ${orphan ? 'was left behind' : 'may have been left behind'}: ${why}`,
    evidence: [...factsOf(view), ...evidence.slice(1).map((text) => ({ text, source: `process ${root.pid}` }))],
    data: {
      ...refOf(root),
      command: root.command.join(' '),
      cwd,
      project: cwd === null ? null : context.projectOf(cwd),
      score,
      evidence,
      blockedBy,
      ports: portsOf(view),
      members: members.map(refOf),
      treeBytes: candidate.treeBytes,
      decisive,
    },
    remedies: [remedyOf(check, judged)],
  };
};
