import type { ProcessTraces } from '../../model/process.ts';
import { findPipeEnds } from './find-pipe-ends.ts';
import type { NetRow } from './parse-net.ts';
import { parseUnixSockets } from './parse-unix.ts';
import { procFiles, type ProcFiles } from './proc-files.ts';
import { readNetTable } from './read-net.ts';
import type { ProcessReader } from './read-process.ts';
import { readStreams, type OtherEnds } from './read-streams.ts';

/** Beyond this many bytes of connections the tables are given up, and the traces say so. */
const TABLE_BUDGET = 8_388_608;

interface SocketTable {
  readonly rows: ReadonlyMap<number, NetRow>;
  readonly complete: boolean;
}

const readSockets = (proc: string): SocketTable => {
  const request = { port: null, listenersOnly: false, byteBudget: TABLE_BUDGET };
  const tables = ['tcp', 'tcp6'].map((table) => readNetTable(proc, table, request));
  return {
    rows: new Map(tables.flatMap(({ rows }) => rows).map((row) => [row.inode, row])),
    complete: tables.every(({ complete }) => complete),
  };
};

const linksOf = (files: ProcFiles, pid: number): readonly string[] | null =>
  files.list(`${pid}/fd`)?.flatMap((descriptor) => files.link(`${pid}/fd/${descriptor}`) ?? []) ?? null;

const isPipe = (link: string): boolean => link.startsWith('pipe:');

const standardLinks = (files: ProcFiles, pid: number): readonly string[] =>
  [0, 1, 2].flatMap((descriptor) => files.link(`${pid}/fd/${descriptor}`) ?? []);

/** The other end of a pipe takes a pass over all processes, so it is looked for only where a stream is one. */
const otherEnds = (files: ProcFiles, reader: ProcessReader, pids: readonly number[]): OtherEnds => {
  const pipes = new Set(pids.flatMap((pid) => standardLinks(files, pid)).filter(isPipe));
  const unix = parseUnixSockets(files.text('net/unix') ?? '');
  if (pipes.size === 0) return { unix, isPipeAbandoned: () => null };
  const { served, blindSessions } = findPipeEnds(files, reader, pipes, reader.pids());
  return {
    unix,
    isPipeAbandoned: (end, pid) => {
      if ([...(served.get(end) ?? [])].some((holder) => holder !== pid)) return false;
      return blindSessions.has(reader.stat(pid)?.sessionId ?? 0) ? null : true;
    },
  };
};

const rowsOf = (links: readonly string[], { rows }: SocketTable): readonly NetRow[] =>
  links.flatMap((link) => rows.get(Number(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? Number.NaN)) ?? []);

/** Connections to a listening port are its clients'; a connection accepted by a child has the port of its parent. */
const tracesOf = (
  ref: Pick<ProcessTraces, 'pid' | 'startedAt'>,
  links: readonly string[] | null,
  table: SocketTable,
  ports: ReadonlySet<number>,
): Omit<ProcessTraces, 'streams'> => {
  const rows = rowsOf(links ?? [], table);
  const listening = rows.filter(({ state }) => state === 'listening').map(({ port }) => port);
  const established = rows.filter((row) => row.established);
  const clients = established.filter(({ port }) => ports.has(port)).length;
  return {
    ...ref,
    ports: [...new Set(listening)].toSorted((a, b) => a - b),
    clients,
    outgoing: established.length - clients,
    socketsRead: links !== null && table.complete,
  };
};

/** Looks at the standard streams alone: cheap, while nothing of them is a pipe. */
export const readAllStreams = (
  proc: string,
  reader: ProcessReader,
  pids: readonly number[],
): ReadonlyMap<number, ProcessTraces['streams']> => {
  const files = procFiles(proc);
  const ends = otherEnds(files, reader, pids);
  return new Map(
    pids.flatMap((pid) => {
      const parentPid = reader.stat(pid)?.parentPid;
      return parentPid === undefined ? [] : [[pid, readStreams(files, pid, parentPid, ends)] as const];
    }),
  );
};

/** Looks at what ties processes to others: their streams and their connections. */
export const readTraces = (proc: string, reader: ProcessReader, pids: readonly number[]): readonly ProcessTraces[] => {
  const files = procFiles(proc);
  const table = readSockets(proc);
  const ends = otherEnds(files, reader, pids);
  const links = new Map(pids.map((pid) => [pid, linksOf(files, pid)]));
  const all = [...links.values()].flatMap((list) => rowsOf(list ?? [], table));
  const ports = new Set(all.filter(({ state }) => state === 'listening').map(({ port }) => port));
  return pids.flatMap((pid): ProcessTraces[] => {
    const fields = reader.stat(pid);
    if (fields === null) return [];
    const ref = { pid, startedAt: reader.startedAt(fields) };
    const streams = readStreams(files, pid, fields.parentPid, ends);
    return [{ ...tracesOf(ref, links.get(pid) ?? null, table, ports), streams }];
  });
};
