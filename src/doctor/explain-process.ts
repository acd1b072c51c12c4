import { gitBranch, nearestProject } from '../config/find-project.ts';
import type { ChainLink } from '../model/finding.ts';
import type { ManagedBy } from '../model/manager.ts';
import type { Platform } from '../model/platform.ts';
import type { PortSocket } from '../model/port.ts';
import type { ProcessInfo } from '../model/process.ts';
import type { ExplainedProcess } from '../model/results.ts';
import { protectedReason, type Authority } from '../plan/protected.ts';
import { devTreeRoot } from '../programs/dev-tree.ts';
import { frontManOf } from '../programs/front-men.ts';
import { ancestorsOf, outlivedSession, parentOf, tableOf, treeBelow, type ProcessTable } from '../programs/lineage.ts';
import { labelOf } from '../programs/label-of.ts';
import { recognizeManager, stopCommand } from '../programs/recognize-manager.ts';
import { roleOf } from '../programs/roles.ts';
import { commandLine } from '../util/command-line.ts';

const LABEL_LIMIT = 72;

const socketText = ({ protocol, address, port }: PortSocket): string =>
  `${protocol} ${address.includes(':') ? `[${address}]` : address}:${port}`;

const remarksOn = (process: ProcessInfo, table: ProcessTable): readonly string[] => {
  const remarks: readonly (readonly [boolean, string])[] = [
    [process.cwd?.deleted === true, 'its folder was removed'],
    [process.executable?.deleted === true, 'its program was removed or upgraded since it started'],
    [process.state === 'stopped', 'it is suspended, as by Ctrl-Z: it holds its port and answers nobody'],
    [process.state === 'zombie', 'it has ended and waits for its parent to notice'],
    [outlivedSession(process, table), 'the shell or terminal it was started from is gone'],
    [process.parentPid === 1, 'its parent is the first process of the system'],
  ];
  return remarks.flatMap(([holds, text]) => (holds ? [text] : []));
};

/** What explaining one process may draw on. */
interface Context {
  readonly table: ProcessTable;
  readonly sockets: readonly PortSocket[];
  readonly authority: Authority;
  readonly now: number;
}

const managerOf = (process: ProcessInfo, { table, authority }: Context): ManagedBy | null =>
  recognizeManager([process, ...ancestorsOf(process, table)], table.get(authority.selfPid)?.controlGroup ?? null);

const endedBy = (process: ProcessInfo, ports: readonly number[], context: Context): readonly string[] => {
  const front = frontManOf(process);
  if (front !== null) return [front.instructions, ...(ports[0] === undefined ? [] : front.commands(ports[0]))];
  const manager = managerOf(process, context);
  if (manager !== null) {
    const needsRights = manager.kind === 'systemd' && context.authority.uid !== 0;
    return [commandLine([...(needsRights ? ['sudo'] : []), ...stopCommand(manager)])];
  }
  const reason = protectedReason(process, context.table, context.authority);
  if (reason !== null) return [`not to be ended: ${reason}`];
  return [ports.length === 0 ? `kill ${process.pid}` : `devdoctor fix --port ${ports[0]}`];
};

const chainOf = (process: ProcessInfo, table: ProcessTable): readonly ChainLink[] =>
  ancestorsOf(process, table)
    .map((ancestor) => ({ pid: ancestor.pid, name: ancestor.name, role: roleOf(ancestor, parentOf(ancestor, table)) }))
    .toReversed();

/** What belongs to the same dev server, but for the process itself and what its chain already names. */
const companionsOf = (process: ProcessInfo, { table, authority }: Context): ExplainedProcess['children'] => {
  const root = devTreeRoot(process, table, ({ pid }) => pid === authority.selfPid);
  const told = new Set([process.pid, ...ancestorsOf(process, table).map(({ pid }) => pid)]);
  return treeBelow(root, table)
    .filter(({ pid }) => !told.has(pid))
    .map((companion) => ({ pid: companion.pid, label: labelOf(companion, LABEL_LIMIT) }));
};

const explainOne = (process: ProcessInfo, context: Context): ExplainedProcess => {
  const { table, sockets, now } = context;
  const cwd = process.cwd?.path ?? null;
  const folder = process.cwd?.deleted === false ? process.cwd.path : null;
  const own = sockets.filter(({ holders }) => holders.some(({ pid }) => pid === process.pid));
  const ports = own.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port);
  return {
    pid: process.pid,
    startedAt: process.startedAt,
    upMs: Math.max(0, now - process.startedAt),
    name: process.name,
    command: process.command.join(' '),
    cwd,
    project: folder === null ? null : nearestProject(folder),
    branch: folder === null ? null : gitBranch(folder),
    user: process.user,
    memoryBytes: process.memoryBytes,
    listens: [...new Set(own.map(socketText))],
    chain: chainOf(process, table),
    children: companionsOf(process, context),
    managedBy: managerOf(process, context),
    remarks: remarksOn(process, table),
    endedBy: endedBy(process, ports, context),
  };
};

/** Tells everything about some processes: where they come from, what they hold, what ends them. */
export const explainProcesses = async (
  pids: readonly number[],
  sockets: readonly PortSocket[],
  platform: Platform,
  authority: Authority,
  now: number,
): Promise<readonly ExplainedProcess[]> => {
  const lineage = await platform.inspect.lineage([...pids, authority.selfPid]);
  const below = await platform.inspect.descendants(pids);
  const known = [...(lineage.ok ? lineage.value : []), ...(below.ok ? below.value : [])];
  const table = tableOf(known);
  return pids.flatMap((pid) => {
    const process = table.get(pid);
    return process === undefined ? [] : [explainOne(process, { table, sockets, authority, now })];
  });
};
