import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { errorCode, messageOf } from '../../util/error-code.ts';

/** Which processes hold which sockets, and which could not be looked into. */
export interface HolderScan {
  readonly holders: ReadonlyMap<number, readonly number[]>;
  /** Processes whose descriptors another user's rights protect. */
  readonly unreadable: number;
  /** Errors that are neither a vanished nor a protected process, such as EMFILE. */
  readonly faults: readonly string[];
}

/** Above this many processes the scan stops reading everything of processes that cannot have inherited the socket. */
const FULL_SCAN_LIMIT = 64;

const PROTECTED = new Set(['EACCES', 'EPERM']);
const VANISHED = new Set(['ENOENT', 'ESRCH']);
const SERVER_PROGRAM =
  /(?:^|\/)(?:node|nodejs|bun|deno|python[\d.]*|ruby[\d.]*|java|php[\d.-]*|beam\.smp|dotnet|nginx)$/;

interface ScanState {
  readonly proc: string;
  readonly wanted: ReadonlyMap<string, number>;
  readonly found: Map<number, number[]>;
  /** Descriptor numbers under which a wanted socket was seen: a fork keeps the number. */
  readonly numbers: Set<string>;
  readonly faults: Set<string>;
  readonly unreadable: Set<number>;
}

const codeOf = (error: unknown): string => errorCode(error) ?? messageOf(error);

const note = (state: ScanState, inode: number, pid: number): void => {
  const pids = state.found.get(inode) ?? [];
  if (!pids.includes(pid)) state.found.set(inode, [...pids, pid]);
};

/** Counted once a process: its descriptors are protected all together, though some kernels let them be listed. */
const noteFault = (state: ScanState, pid: number, code: string): void => {
  if (PROTECTED.has(code)) state.unreadable.add(pid);
  else if (!VANISHED.has(code)) state.faults.add(code);
};

/** Reads every descriptor of one process. */
const scanProcess = (state: ScanState, pid: number): void => {
  const folder = `${state.proc}/${pid}/fd`;
  let descriptors: string[];
  try {
    descriptors = readdirSync(folder);
  } catch (error) {
    noteFault(state, pid, codeOf(error));
    return;
  }
  for (const descriptor of descriptors) {
    try {
      const inode = state.wanted.get(readlinkSync(`${folder}/${descriptor}`));
      if (inode === undefined) continue;
      note(state, inode, pid);
      state.numbers.add(descriptor);
    } catch (error) {
      noteFault(state, pid, codeOf(error));
    }
  }
};

const programOf = (proc: string, pid: number): string => {
  try {
    return readlinkSync(`${proc}/${pid}/exe`);
  } catch {
    return '';
  }
};

/** A socket inherited by fork sits under the same number; one look per number tells. */
const holdsSameNumber = (state: ScanState, pid: number): boolean => {
  for (const number of state.numbers) {
    const inode = statSync(`${state.proc}/${pid}/fd/${number}`, { throwIfNoEntry: false })?.ino;
    if (inode !== undefined && state.wanted.has(`socket:[${inode}]`)) return true;
  }
  return false;
};

const allFound = (state: ScanState): boolean => [...state.wanted.values()].every((inode) => state.found.has(inode));

/** The processes that may share a socket with the holders by other ways than a plain fork. */
const kinOf = (pids: Iterable<number>, kin: (pid: number) => readonly number[]): ReadonlySet<number> =>
  new Set([...pids].flatMap(kin));

/**
 * Under load most processes are plainly unrelated. Once each socket has a holder, a process is read in full
 * only if it runs the same program, is kin (ancestor or child), or holds the socket under the same number.
 */
const scanUnderLoad = (state: ScanState, pids: readonly number[], kin: (pid: number) => readonly number[]): void => {
  const programs = new Map(pids.map((pid) => [pid, programOf(state.proc, pid)] as const));
  const isServer = (pid: number): boolean => SERVER_PROGRAM.test(programs.get(pid) ?? '');
  const order = [...pids].sort((a, b) => Number(isServer(b)) - Number(isServer(a)) || b - a);
  const rest: number[] = [];
  for (const pid of order) {
    if (allFound(state)) rest.push(pid);
    else scanProcess(state, pid);
  }
  const holders = new Set([...state.found.values()].flat());
  const related = kinOf(holders, kin);
  const holderPrograms = new Set([...holders].map((pid) => programs.get(pid)));
  for (const pid of rest) {
    if (programs.get(pid) === '') scanProcess(state, pid);
    else if (related.has(pid) || holderPrograms.has(programs.get(pid))) scanProcess(state, pid);
    else if (holdsSameNumber(state, pid)) scanProcess(state, pid);
  }
};

/**
 * Finds every process that holds one of the sockets (by inode number).
 * `kin` names the ancestors and children of a process; it is asked only under load.
 */
export const findHolders = (
  proc: string,
  inodes: readonly number[],
  pids: readonly number[],
  kin: (pid: number) => readonly number[],
): HolderScan => {
  const wanted = new Map(inodes.map((inode) => [`socket:[${inode}]`, inode] as const));
  const state: ScanState = {
    proc,
    wanted,
    found: new Map(),
    numbers: new Set(),
    faults: new Set(),
    unreadable: new Set(),
  };
  if (pids.length > FULL_SCAN_LIMIT && inodes.length <= 4) scanUnderLoad(state, pids, kin);
  else for (const pid of pids) scanProcess(state, pid);
  return { holders: state.found, unreadable: state.unreadable.size, faults: [...state.faults] };
};
