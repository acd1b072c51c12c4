import type { CheckContext } from '../../model/check.ts';
import type { ChainLink, PortHolder } from '../../model/finding.ts';
import type { PortOccupancy, PortSocket } from '../../model/port.ts';
import type { ProcessInfo, ProcessRef } from '../../model/process.ts';
import { devTreeRoot } from '../../programs/dev-tree.ts';
import { ancestorsOf, lineOf, parentOf, type ProcessTable } from '../../programs/lineage.ts';
import { recognizeManager } from '../../programs/recognize-manager.ts';
import { roleOf } from '../../programs/roles.ts';
import { isAbandoned } from '../../programs/starters.ts';

/** A holder with the process behind it; `null` when the process vanished between two reads. */
export interface Held {
  readonly holder: PortHolder;
  readonly process: ProcessInfo | null;
  /** The root of the dev server it belongs to. */
  readonly root: ProcessInfo | null;
  /** Has whoever started that dev server gone, so that the system's first process took it over? */
  readonly abandoned: boolean;
}

const addressesOf = (sockets: readonly PortSocket[], { pid }: ProcessRef): readonly string[] => [
  ...new Set(sockets.filter(({ holders }) => holders.some((held) => held.pid === pid)).map(({ address }) => address)),
];

const chainOf = (process: ProcessInfo, table: ProcessTable): readonly ChainLink[] =>
  ancestorsOf(process, table)
    .map((ancestor) => ({ pid: ancestor.pid, name: ancestor.name, role: roleOf(ancestor, parentOf(ancestor, table)) }))
    .toReversed();

/** One holder has all connections of the port; of several, each those whose socket it holds. */
const connectionsOf = (occupancy: PortOccupancy, ref: ProcessRef, alone: boolean): number | null => {
  if (alone || occupancy.connections === null) return occupancy.connections;
  return occupancy.sockets.filter(
    ({ established, holders }) => established && holders.some(({ pid }) => pid === ref.pid),
  ).length;
};

const describe = (
  ref: ProcessRef,
  table: ProcessTable,
  context: CheckContext,
): Omit<PortHolder, 'addresses' | 'connections'> => {
  const process = table.get(ref.pid);
  if (process === undefined) {
    return { ...ref, name: '?', command: '', cwd: null, project: null, user: null, chain: [], managedBy: null };
  }
  const cwd = process.cwd?.path ?? null;
  return {
    ...ref,
    name: process.name,
    command: process.command.join(' '),
    cwd,
    project: cwd === null ? null : context.projectOf(cwd),
    user: process.user,
    chain: chainOf(process, table),
    managedBy: recognizeManager([process, ...ancestorsOf(process, table)], context.selfControlGroup),
  };
};

const originOf = (
  process: ProcessInfo | null,
  table: ProcessTable,
  context: CheckContext,
): Pick<Held, 'process' | 'root' | 'abandoned'> => {
  if (process === null) return { process, root: null, abandoned: false };
  const own = lineOf(context.selfPid, table);
  const root = devTreeRoot(process, table, ({ pid }) => own.has(pid));
  return { process, root, abandoned: isAbandoned(root, table) };
};

/** Every process that holds one of the sockets, once, in order of start. */
export const holdersOf = (
  occupancy: PortOccupancy,
  sockets: readonly PortSocket[],
  table: ProcessTable,
  context: CheckContext,
): readonly Held[] => {
  const refs = new Map(sockets.flatMap(({ holders }) => holders).map((ref) => [ref.pid, ref]));
  const ordered = [...refs.values()].toSorted((a, b) => a.startedAt - b.startedAt || a.pid - b.pid);
  return ordered.map((ref) => ({
    ...originOf(table.get(ref.pid) ?? null, table, context),
    holder: {
      ...describe(ref, table, context),
      addresses: addressesOf(sockets, ref),
      connections: connectionsOf(occupancy, ref, ordered.length === 1),
    },
  }));
};
