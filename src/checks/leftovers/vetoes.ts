import type { ProcessInfo } from '../../model/process.ts';
import { isDrivenBrowser, speaksOverStdio } from '../../programs/dev-shaped.ts';
import { isRunner } from '../../programs/launchers.ts';
import { lineOf } from '../../programs/lineage.ts';
import { recognizeManager } from '../../programs/recognize-manager.ts';
import { roleByName, type Role } from '../../programs/roles.ts';
import { namesOf, scriptOf, wordsOf } from '../../programs/words-of.ts';
import type { View } from './view.ts';

/** Why a tree is nobody's left-over, whatever the evidence; `null` when the veto does not apply. */
type Veto = (view: View) => string | null;

const KEEPERS: ReadonlySet<Role> = new Set([
  'multiplexer',
  'terminal',
  'remote-login',
  'editor',
  'agent',
  'process-manager',
  'container-runtime',
]);

const spoken = (role: Role): string => role.replaceAll('-', ' ');

const ownLine: Veto = ({ candidate, context, table }) => {
  const line = lineOf(context.selfPid, table);
  return candidate.members.some((pid) => line.has(pid)) ? 'this command runs inside it' : null;
};

const anotherUser: Veto = ({ root, context }) =>
  context.uid !== null && root.uid !== context.uid ? 'it belongs to another user' : null;

const isKeeper = (process: ProcessInfo): Role | null => {
  const role = process.pid === 1 ? null : roleByName(process);
  return role !== null && KEEPERS.has(role) ? role : null;
};

const keptByAncestor: Veto = ({ root, ancestors }) => {
  const keeper = [root, ...ancestors].find((process) => isKeeper(process) !== null);
  const role = keeper === undefined ? null : isKeeper(keeper);
  return keeper === undefined || role === null ? null : `${keeper.pid} ${keeper.name} runs it (${spoken(role)})`;
};

const managed: Veto = ({ root, ancestors, context }) => {
  const manager = recognizeManager([root, ...ancestors], context.selfControlGroup);
  return manager === null ? null : `${manager.kind} keeps it alive as ${manager.unit}`;
};

/** What a person can see in a terminal is theirs to judge, unless whoever started it there is certainly gone. */
const liveTerminal: Veto = ({ root, table, origin }) => {
  const leader = root.sessionId === null ? undefined : table.get(root.sessionId);
  const alive = root.terminal !== null && leader !== undefined && leader.state !== 'zombie';
  return alive && origin !== 'adopted' ? `its terminal ${root.terminal} is open` : null;
};

/** A runner that restarts servers is there on purpose, unless its own starter is certainly gone. */
const keptByRunner: Veto = ({ members, ancestors, origin }) => {
  const runner = [...members, ...ancestors].find(isRunner);
  return runner === undefined || origin === 'adopted' ? null : `${runner.pid} ${runner.name} keeps it running`;
};

const SYSTEM_FOLDER = /^(?:\/|[A-Za-z]:\\)$|^\/(?:usr|etc|bin|sbin|lib|var|proc|sys|run)(?:\/|$)/;

/** A program of somebody's work: it runs in a project, in the folder of its script, or in one that was removed. */
const noProject: Veto = ({ root, members, context }) => {
  const { cwd } = root;
  if (cwd?.deleted === true || members.some((member) => speaksOverStdio(member) || isDrivenBrowser(member)))
    return null;
  if (cwd === null) return 'its folder could not be read';
  if (cwd.path !== '/' && context.projectOf(cwd.path) !== null) return null;
  if (SYSTEM_FOLDER.test(cwd.path)) return `it runs in ${cwd.path}, as daemons do`;
  const worksHere = members.some((member) => {
    const script =
      scriptOf(member) ??
      wordsOf(member)
        .slice(1)
        .find((word) => !word.startsWith('-')) ??
      '';
    return !script.startsWith('/') || script.startsWith(`${cwd.path}/`);
  });
  return worksHere ? null : 'it belongs to no project';
};

const protectedBySettings: Veto = ({ members, candidate, context }) => {
  const name = members.flatMap(namesOf).find((candidateName) => context.protect.includes(candidateName));
  if (name !== undefined) return `the project's settings protect ${name}`;
  const port = candidate.traces.flatMap(({ ports }) => ports).find((one) => context.protect.includes(one));
  return port === undefined ? null : `the project's settings protect port ${port}`;
};

const tooYoung: Veto = ({ root, context }) =>
  context.now - root.startedAt < context.minAgeMs ? 'it is younger than was asked for' : null;

const vanished: Veto = ({ root, members }) => (root.state === 'zombie' || members.length === 0 ? 'it is ending' : null);

const VETOES: readonly Veto[] = [
  vanished,
  ownLine,
  anotherUser,
  keptByAncestor,
  managed,
  liveTerminal,
  keptByRunner,
  noProject,
  protectedBySettings,
  tooYoung,
];

/** The first veto that applies; `null` when a candidate may be judged. */
export const vetoOn = (view: View): string | null => {
  for (const veto of VETOES) {
    const because = veto(view);
    if (because !== null) return because;
  }
  return null;
};
