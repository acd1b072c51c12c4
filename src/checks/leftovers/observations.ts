import type { ProcessInfo } from '../../model/process.ts';
import { isDrivenByPipe, speaksOverStdio } from '../../programs/dev-shaped.ts';
import { scriptOf } from '../../programs/words-of.ts';
import { tracesOf, workersOf, type View } from './view.ts';

/** How long it is up, in milliseconds. */
export const ageOf = ({ root, context }: View): number => context.now - root.startedAt;

/** Is what started it certainly gone? */
export const lostParent = (view: View): boolean => view.origin === 'adopted';

/** The helper that is spoken to over standard input, with nobody there to speak; `undefined` without one. */
export const mute = (view: View): ProcessInfo | undefined =>
  view.members.find((member) => {
    if ((tracesOf(view, member)?.ports.length ?? 0) > 0) return false;
    const [input, ...output] = tracesOf(view, member)?.streams ?? [];
    if (isDrivenByPipe(member)) return output.some(({ abandoned }) => abandoned === true);
    return speaksOverStdio(member) && input?.abandoned === true;
  });

/** The closed terminal that its output goes to; `null` without one. */
export const closedTerminal = ({ streams }: View): string | null =>
  streams.slice(1).find(({ kind, abandoned }) => kind === 'terminal' && abandoned === true)?.path ?? null;

const sameScript = (a: ProcessInfo, b: ProcessInfo): boolean => {
  const [one, other] = [scriptOf(a), scriptOf(b)];
  const absolute = (process: ProcessInfo, script: string): string =>
    script.startsWith('/') ? script : `${process.cwd?.path ?? ''}/${script.replace(/^\.\//, '')}`;
  return one !== null && other !== null && absolute(a, one) === absolute(b, other);
};

const sameProject = (a: ProcessInfo, b: ProcessInfo, { context }: View): boolean => {
  const [one, other] = [a.cwd?.path, b.cwd?.path];
  if (one === undefined || other === undefined) return false;
  return one === other || (context.projectOf(one) !== null && context.projectOf(one) === context.projectOf(other));
};

/** A newer process that runs the same script in the same project. */
export const successorOf = (view: View): ProcessInfo | undefined => {
  const members = new Set(view.candidate.members);
  const workers = workersOf(view);
  return [...view.table.values()].find(
    (other) =>
      !members.has(other.pid) &&
      other.state !== 'zombie' &&
      workers.some(
        (worker) => sameScript(worker, other) && sameProject(worker, other, view) && other.startedAt > worker.startedAt,
      ),
  );
};

/** How many connections its ports have. */
export const clientsOf = ({ candidate }: View): number =>
  candidate.traces.reduce((sum, { clients }) => sum + clients, 0);

/** Has it no connections, and did nothing while it was watched? */
export const isUnused = ({ candidate }: View): boolean =>
  candidate.busy === false &&
  candidate.traces.every(({ socketsRead, clients, outgoing }) => socketsRead && clients === 0 && outgoing === 0);

/** The file that its output goes to; `null` without one. */
export const logFileOf = ({ streams }: View): string | null => (streams[1]?.kind === 'file' ? streams[1].path : null);

/** Who took it over, in words; `null` where its parent may have started it. */
export const takenOver = ({ parent, origin }: View): string | null => {
  if (parent === null || origin === 'tied') return null;
  if (origin === 'adopted') return `whoever started it is gone: ${parent.pid} ${parent.name} took it over`;
  return `nothing connects it with its parent ${parent.pid} ${parent.name}, which runs no servers as far as is known`;
};
