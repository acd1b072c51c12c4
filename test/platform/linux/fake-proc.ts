import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const RECORDED = resolve(import.meta.dirname, '../../../fixtures/proc');

/** A recorded tree in the shape of /proc. */
export const recordedProc = (name: string): string => join(RECORDED, name);

/** The folder with the user names of the recorded trees. */
export const RECORDED_ETC: string = join(RECORDED, 'etc');

/** A process of a made tree. */
export interface FakeProcess {
  readonly pid: number;
  readonly parentPid?: number;
  readonly sessionId?: number;
  readonly name?: string;
  /** `null` where it is not ours to know. */
  readonly program?: string | null;
  /** Descriptor numbers with what they are links to. */
  readonly descriptors?: Readonly<Record<number, string>>;
  /** `null` where the kernel keeps no such list. */
  readonly children?: readonly number[] | null;
}

const write = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

const statLine = ({ pid, parentPid = 1, sessionId = pid, name = 'node' }: FakeProcess): string =>
  `${pid} (${name}) S ${parentPid} ${pid} ${sessionId} 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 ${pid} 0 100 0 0 0\n`;

/** Writes one process into a made tree. */
export const addProcess = (proc: string, process: FakeProcess): void => {
  const folder = join(proc, String(process.pid));
  write(join(folder, 'stat'), statLine(process));
  const task = join(folder, 'task', String(process.pid));
  mkdirSync(task, { recursive: true });
  if (process.children !== null) write(join(task, 'children'), `${(process.children ?? []).join(' ')} `);
  const { program = '/usr/bin/node' } = process;
  if (program !== null) symlinkSync(program, join(folder, 'exe'));
  mkdirSync(join(folder, 'fd'));
  for (const [number, target] of Object.entries(process.descriptors ?? {})) {
    symlinkSync(target, join(folder, 'fd', number));
  }
};

/** Writes the times of the kernel, without which no process has a start. */
export const addBootTime = (proc: string): void => write(join(proc, 'stat'), 'cpu 1 2 3\nbtime 1700000000\n');

/** Writes a socket table: its heading and its rows. */
export const addTable = (proc: string, table: string, rows: readonly string[]): void =>
  write(join(proc, 'net', table), `${['  sl  local_address rem_address   st', ...rows].join('\n')}\n`);

/** One row of a socket table, for IPv4 loopback ends. */
export const tableRow = (at: number, port: number, remotePort: number, state: string, inode: number): string => {
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
  const remote = `${remotePort === 0 ? '00000000' : '0100007F'}:${hex(remotePort)}`;
  return `${String(at).padStart(4)}: 0100007F:${hex(port)} ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000000000000000 100 0 0 10 0`.padEnd(
    149,
  );
};
