import type { ProcessState } from '../../model/process.ts';

/** The fields of /proc/PID/stat that tell who a process is. */
export interface StatFields {
  readonly pid: number;
  readonly name: string;
  readonly state: ProcessState;
  readonly parentPid: number;
  readonly groupId: number;
  readonly sessionId: number;
  /** Device number of the controlling terminal; 0 without one. */
  readonly terminalDevice: number;
  readonly kernelThread: boolean;
  /** Clock ticks after boot. */
  readonly startTicks: number;
  readonly residentPages: number;
  /** Processor time in user and system mode, in clock ticks. */
  readonly cpuTicks: number;
}

/** Resident pages are the last field that is read; a look at every process should not take the others apart. */
const LAST_FIELD = 21;

const PF_KTHREAD = 0x00200000;

const STATES: Readonly<Record<string, ProcessState>> = {
  R: 'running',
  S: 'sleeping',
  D: 'sleeping',
  I: 'sleeping',
  T: 'stopped',
  t: 'stopped',
  Z: 'zombie',
  X: 'zombie',
  x: 'zombie',
};

/**
 * A leader that ended while threads of its process go on looks like a zombie, yet the process still holds its
 * sockets: it is not gone before its last thread is.
 */
const stateOf = (letter: string, threads: number): ProcessState => {
  const state = STATES[letter] ?? 'other';
  return state === 'zombie' && threads > 1 ? 'other' : state;
};

/**
 * Reads one line of /proc/PID/stat; `null` when it is not one.
 * The name may itself hold spaces and parentheses, so the fields are counted from the last one.
 */
export const parseStat = (text: string): StatFields | null => {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 1 || close < open) return null;
  const fields = text.slice(close + 2).split(' ', LAST_FIELD + 1);
  const number = (index: number): number => Number(fields[index]);
  const startTicks = number(19);
  if (!Number.isFinite(startTicks)) return null;
  return {
    pid: Number.parseInt(text, 10),
    name: text.slice(open + 1, close),
    state: stateOf(fields[0] ?? '', number(17)),
    parentPid: number(1),
    groupId: number(2),
    sessionId: number(3),
    terminalDevice: number(4),
    kernelThread: (number(6) & PF_KTHREAD) !== 0,
    startTicks,
    residentPages: number(21),
    cpuTicks: number(11) + number(12),
  };
};

/** Names a terminal device as /dev does: `pts/3`, `tty1`; `null` for none. */
export const terminalName = (device: number): string | null => {
  if (device === 0) return null;
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`;
  if (major === 4) return minor < 64 ? `tty${minor}` : `ttyS${minor - 64}`;
  return `${major}:${minor}`;
};
