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

/** Do two references name the same process? */
export const isSameProcess = (a: ProcessRef, b: ProcessRef): boolean => a.pid === b.pid && a.startedAt === b.startedAt;

/** The bare identity of a longer description. */
export const refOf = ({ pid, startedAt }: ProcessRef): ProcessRef => ({ pid, startedAt });
