/**
 * A process identity that survives pid reuse.
 * `startedAt` is milliseconds since the epoch, exact to the kernel's tick, and
 * comparable only between values that one platform instance produced.
 */
export interface ProcessRef {
  readonly pid: number;
  readonly startedAt: number;
}

/** A path read from the kernel, which may outlive the file it named. */
export interface ObservedPath {
  readonly path: string;
  readonly deleted: boolean;
}

/** A unit of a service manager, and whose manager it is. */
export interface ServiceUnit {
  readonly name: string;
  readonly scope: 'system' | 'user';
}

/** A container as the control group names it. */
export interface ContainerRef {
  readonly engine: 'docker' | 'podman' | 'kubernetes' | 'other';
  readonly id: string;
}

export type ProcessState = 'running' | 'sleeping' | 'stopped' | 'zombie' | 'other';

/** What one look at one process told. `null` means it could not be read, never that it is empty. */
export interface ProcessInfo extends ProcessRef {
  readonly parentPid: number;
  readonly groupId: number | null;
  readonly sessionId: number | null;
  /** Terminal device, such as `pts/3`; `null` without one. */
  readonly terminal: string | null;
  readonly uid: number | null;
  readonly user: string | null;
  readonly state: ProcessState;
  /** The kernel's short name (at most 15 bytes on Linux). */
  readonly name: string;
  /** The argument vector. Empty for kernel threads and zombies. */
  readonly command: readonly string[];
  readonly cwd: ObservedPath | null;
  readonly executable: ObservedPath | null;
  /** Values of the few variables that explain a process (see `OBSERVED_VARIABLES`). */
  readonly environment: Readonly<Record<string, string>> | null;
  /** Names, without values, of all variables. */
  readonly environmentNames: readonly string[] | null;
  readonly unit: ServiceUnit | null;
  readonly container: ContainerRef | null;
  /** The control group path, to compare two processes; `null` where there is none. */
  readonly controlGroup: string | null;
  readonly kernelThread: boolean;
  /** Resident bytes. */
  readonly memoryBytes: number | null;
}

/** What a quick look at one process tells, cheap enough to take of all of them. */
export type ProcessSketch = Pick<
  ProcessInfo,
  | 'pid'
  | 'startedAt'
  | 'parentPid'
  | 'groupId'
  | 'sessionId'
  | 'terminal'
  | 'uid'
  | 'state'
  | 'name'
  | 'command'
  | 'kernelThread'
  | 'memoryBytes'
> & {
  /** Path of the program; `null` when it could not be read. */
  readonly program: string | null;
  /** Processor time used so far, in milliseconds; `null` when it could not be read. */
  readonly cpuMs: number | null;
};

/** What one of the standard descriptors of a process leads to. */
export interface StandardStream {
  readonly kind: 'null' | 'terminal' | 'pipe' | 'socket' | 'file' | 'closed' | 'other';
  /** The path of a file or terminal. */
  readonly path: string | null;
  /** Is the other end gone: the terminal closed, nobody at the other end of the pipe? `null` when it cannot be told. */
  readonly abandoned: boolean | null;
  /** Does the parent have the very same one, so that it was inherited and connects the two with nothing? */
  readonly inherited: boolean;
}

/** What is left of a process's ties to others. */
export interface ProcessTraces extends ProcessRef {
  /** Standard input, output and error; `null` when they could not be read. */
  readonly streams: readonly [StandardStream, StandardStream, StandardStream] | null;
  /** TCP ports it listens on. */
  readonly ports: readonly number[];
  /** Established TCP connections to those ports. */
  readonly clients: number;
  /** Established TCP connections of its own making. */
  readonly outgoing: number;
  /** `false` when its sockets could not be read, so that the three above say nothing. */
  readonly socketsRead: boolean;
}

/** What the memory of one process is made of. */
export interface ProcessMemory extends ProcessRef {
  readonly rssBytes: number;
  /** Resident bytes of files and shared segments, which its siblings may count too; `null` when it could not be read. */
  readonly sharedBytes: number | null;
  /** Proportional share of the resident bytes; `null` when it could not be read. */
  readonly pssBytes: number | null;
  /** The value of NODE_OPTIONS, which may set a heap limit; `null` without one. */
  readonly nodeOptions: string | null;
}

/** The memory limit that a control group sets for all processes in it. */
export interface GroupLimit {
  /** Path of the control group. */
  readonly group: string;
  readonly limitBytes: number;
  readonly usedBytes: number | null;
}

/** Do two references name the same process? */
export const isSameProcess = (a: ProcessRef, b: ProcessRef): boolean => a.pid === b.pid && a.startedAt === b.startedAt;

/** The bare identity of a longer description. */
export const refOf = ({ pid, startedAt }: ProcessRef): ProcessRef => ({ pid, startedAt });
