import { isPortFinding, isProcessFinding, type Finding } from '../model/finding.ts';
import type { Guard, Plan } from '../model/plan.ts';
import { isSameProcess, refOf, type ProcessInfo, type ProcessRef } from '../model/process.ts';
import type { KillByPortRemedy, Remedy, StopWithManagerRemedy, TerminateRemedy } from '../model/remedy.ts';
import { ancestorsOf, tableOf, treeBelow, type ProcessTable } from '../programs/lineage.ts';
import { labelOf } from '../programs/label-of.ts';
import { commandLine } from '../util/command-line.ts';
import { sanitize } from '../util/sanitize.ts';
import { plural } from '../util/plural.ts';
import { isOwnPast } from './own-past.ts';
import { mergeSteps, type Draft } from './merge-steps.ts';
import { protectedReason, type Authority } from './protected.ts';
import { relaunchOf } from './relaunch.ts';

/** What the person allowed beyond the ordinary. */
export interface Policy extends Authority {
  readonly force: boolean;
  /** The project whose own past alone may be ended; `null` for no such limit. */
  readonly ownPastOf: string | null;
}

const LABEL_LIMIT = 72;

/** The processes that a finding is about. */
const concernedBy = (finding: Finding): readonly ProcessRef[] =>
  isPortFinding(finding) ? finding.data.holders.map(refOf) : isProcessFinding(finding) ? [refOf(finding.data)] : [];

/** A port must still be theirs; a process that is itself the finding needs no more than to be the same. */
const listeningGuards = (finding: Finding, isOurs: (owner: ProcessRef) => boolean): readonly Guard[] =>
  isPortFinding(finding)
    ? [{ kind: 'still-listening', port: finding.data.port, owners: concernedBy(finding).filter(isOurs) }]
    : [];

const isWithin = (owner: ProcessRef, members: readonly ProcessInfo[]): boolean =>
  members.some(({ pid }) => pid === owner.pid);

const terminateTitle = (root: ProcessInfo, members: readonly ProcessInfo[]): string => {
  const others = members.length - 1;
  return `end ${root.pid} ${labelOf(root, LABEL_LIMIT)}${others === 0 ? '' : ` and its ${plural(others, 'child', 'children')}`}`;
};

const goneStep = (finding: Finding, remedy: Remedy): Draft => ({
  title: 'end a process that has ended meanwhile',
  remedy,
  resolves: [finding.id],
  guards: [],
  consent: 'refuse',
  certainty: 'certain',
  refusal: 'it was gone before the plan was made',
  members: [],
  spared: [],
  relaunch: null,
});

const terminateGuards = (
  finding: Finding,
  tree: readonly ProcessInfo[],
  members: readonly ProcessInfo[],
): readonly Guard[] => [
  ...members.map((process): Guard => ({
    kind: 'same-process',
    ref: refOf(process),
    command: labelOf(process, LABEL_LIMIT),
  })),
  { kind: 'not-protected', refs: members.map(refOf) },
  ...listeningGuards(finding, (owner) => isWithin(owner, tree)),
];

/** A hook ends what its own project left behind; what belongs to anybody else needs a person. */
const strangerReason = (finding: Finding, table: ProcessTable, { ownPastOf }: Policy): string | null => {
  if (ownPastOf === null) return null;
  const stranger = concernedBy(finding).find(({ pid }) => {
    const process = table.get(pid);
    return process === undefined || !isOwnPast(process, ownPastOf);
  });
  if (stranger === undefined) return null;
  const cwd = table.get(stranger.pid)?.cwd?.path;
  return `${stranger.pid} is not of this project${cwd === undefined ? '' : `, it runs in ${sanitize(cwd)}`}`;
};

/** What is protected stays, and so does everything below it: the language server under an editor is the editor's. */
const withoutProtected = (
  tree: readonly ProcessInfo[],
  table: ProcessTable,
  policy: Policy,
): readonly ProcessInfo[] => {
  const spared = new Set(
    tree.filter((process) => protectedReason(process, table, policy) !== null).map(({ pid }) => pid),
  );
  return tree.filter((process) => [process, ...ancestorsOf(process, table)].every(({ pid }) => !spared.has(pid)));
};

const terminateStep = (finding: Finding, remedy: TerminateRemedy, table: ProcessTable, policy: Policy): Draft => {
  const root = table.get(remedy.target.pid);
  if (root === undefined || !isSameProcess(root, remedy.target)) return goneStep(finding, remedy);
  const tree = remedy.tree ? treeBelow(root, table) : [root];
  const members = withoutProtected(tree, table, policy);
  const refusal = protectedReason(root, table, policy) ?? strangerReason(finding, table, policy);
  return {
    title: terminateTitle(root, refusal === null ? members : [root]),
    remedy,
    resolves: [finding.id],
    guards: terminateGuards(finding, tree, members),
    consent: refusal === null ? 'ask' : 'refuse',
    certainty: remedy.certainty,
    refusal,
    members: members.map((process) => ({ ...refOf(process), label: labelOf(process, LABEL_LIMIT) })),
    spared: tree.filter((process) => !members.includes(process)).map(refOf),
    relaunch: relaunchOf(root, members),
  };
};

const managerStep = (finding: Finding, remedy: StopWithManagerRemedy, { ownPastOf }: Policy): Draft => ({
  title: sanitize(`stop ${remedy.unit} through ${remedy.manager}: ${commandLine(remedy.run)}`),
  remedy,
  resolves: [finding.id],
  guards: listeningGuards(finding, () => true),
  consent: ownPastOf === null ? 'ask' : 'refuse',
  certainty: 'certain',
  refusal: ownPastOf === null ? null : `${remedy.manager} keeps it alive on purpose`,
  members: [],
  spared: [],
  relaunch: null,
});

const lastResortStep = (finding: Finding, remedy: KillByPortRemedy): Draft => ({
  title: `end by force whatever is found on port ${remedy.port}`,
  remedy,
  resolves: [finding.id],
  guards: [{ kind: 'still-unidentified', port: remedy.port }],
  consent: 'ask',
  certainty: 'certain',
  refusal: null,
  members: [],
  spared: [],
  relaunch: null,
});

const draftFor = (finding: Finding, remedy: Remedy, table: ProcessTable, policy: Policy): Draft | null => {
  switch (remedy.kind) {
    case 'terminate':
      return terminateStep(finding, remedy, table, policy);
    case 'stop-with-manager':
      return managerStep(finding, remedy, policy);
    case 'kill-by-port':
      return policy.force && policy.ownPastOf === null ? lastResortStep(finding, remedy) : null;
    case 'manual':
      return null;
  }
};

/** A port that the settings protect is not freed, whoever holds it. */
const withPortsProtected = (draft: Draft, { protect }: Policy): Draft => {
  const ports = draft.guards.flatMap((guard) => ('port' in guard ? [guard.port] : []));
  const port = ports.find((candidate) => protect.includes(candidate));
  if (port === undefined || draft.consent === 'refuse') return draft;
  return { ...draft, consent: 'refuse', refusal: `the project's settings protect port ${port}` };
};

const uniqueRemedies = (remedies: readonly Remedy[]): readonly Remedy[] => [
  ...new Map(
    remedies.map((remedy) => [`${remedy.kind} ${remedy.commands.join()} ${remedy.rationale}`, remedy]),
  ).values(),
];

/**
 * Findings in, a plan out: one step per tree, manager or last resort, each guarded, and what only a person
 * should do left to the person. `processes` must hold the trees below every target, and this command's ancestors.
 */
export const makePlan = (
  findings: readonly Finding[],
  processes: readonly ProcessInfo[],
  policy: Policy,
  basedOn: number,
): Plan => {
  const table = tableOf(processes);
  const pairs = findings.flatMap((finding) => finding.remedies.map((remedy) => ({ finding, remedy })));
  const drafts = pairs.map(({ finding, remedy }) => ({ remedy, draft: draftFor(finding, remedy, table, policy) }));
  const steps = mergeSteps(drafts.flatMap(({ draft }) => draft ?? [])).map((draft) =>
    withPortsProtected(draft, policy),
  );
  return {
    basedOn,
    steps: steps.map((step, index) => ({ id: String(index + 1), ...step })),
    leftToYou: uniqueRemedies(drafts.flatMap(({ remedy, draft }) => (draft === null ? [remedy] : []))),
  };
};
