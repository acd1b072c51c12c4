import { statSync } from 'node:fs';
import type { StandardStream } from '../../model/process.ts';
import { parseObservedPath } from './parse-command.ts';
import { errorCode } from '../../util/error-code.ts';
import type { ProcFiles } from './proc-files.ts';

/** Where the other ends of a process's streams can be looked up. */
export interface OtherEnds {
  /** Unix sockets by inode: is the other end gone? */
  readonly unix: ReadonlyMap<number, boolean>;
  /** Of one end of a pipe in one process: does nobody else hold the other end? `null` when it cannot be told. */
  readonly isPipeAbandoned: (end: string, pid: number) => boolean | null;
}

const CLOSED: StandardStream = { kind: 'closed', path: null, abandoned: null, inherited: false };

const TERMINAL = /^\/dev\/(?:pts\/\d+|tty\w*|console)$/;

const inodeOf = (link: string): number => Number(/\[(\d+)\]/.exec(link)?.[1] ?? Number.NaN);

/** Errors that say that a path leads nowhere for this user, and nothing about us. */
const NO_WAY = new Set(['EACCES', 'EPERM', 'ELOOP', 'ENOTDIR', 'ENAMETOOLONG']);

const isRegular = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    if (NO_WAY.has(errorCode(error) ?? '')) return false;
    throw error;
  }
};

/** The key of one end of a pipe: a process reads from one end and writes to the other. */
export const pipeEnd = (link: string, descriptor: number): string => `${link} ${descriptor === 0 ? 'read' : 'write'}`;

const ofLink = (link: string, descriptor: number, pid: number, ends: OtherEnds): Omit<StandardStream, 'inherited'> => {
  if (link.startsWith('socket:')) {
    return { kind: 'socket', path: null, abandoned: ends.unix.get(inodeOf(link)) ?? null };
  }
  if (link.startsWith('pipe:')) {
    return { kind: 'pipe', path: null, abandoned: ends.isPipeAbandoned(pipeEnd(link, descriptor), pid) };
  }
  const { path, deleted } = parseObservedPath(link);
  if (path === '/dev/null') return { kind: 'null', path, abandoned: null };
  if (TERMINAL.test(path)) return { kind: 'terminal', path, abandoned: deleted };
  if (deleted) return { kind: 'other', path, abandoned: null };
  return { kind: isRegular(path) ? 'file' : 'other', path, abandoned: null };
};

/** Standard input, output and error of a process; `null` when its descriptors are not to be read. */
export const readStreams = (
  files: ProcFiles,
  pid: number,
  parentPid: number,
  ends: OtherEnds,
): readonly [StandardStream, StandardStream, StandardStream] | null => {
  if (files.list(`${pid}/fd`) === null) return null;
  const stream = (descriptor: number): StandardStream => {
    const link = files.link(`${pid}/fd/${descriptor}`);
    if (link === null) return CLOSED;
    const parents = [0, 1, 2].map((number) => files.link(`${parentPid}/fd/${number}`));
    return { ...ofLink(link, descriptor, pid, ends), inherited: parents.includes(link) };
  };
  return [stream(0), stream(1), stream(2)];
};
