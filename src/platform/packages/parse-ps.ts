import type { TableRow } from '../../model/process-table.ts';
import type { ProcessState } from '../../model/process.ts';

/** What `ps` is asked for, in this order; the name comes last, for it may hold spaces. */
export const PS_COLUMNS = 'pid=,ppid=,pgid=,sess=,stat=,lstart=,time=,rss=,comm=';

const STATES: Readonly<Record<string, ProcessState>> = {
  R: 'running',
  S: 'sleeping',
  I: 'sleeping',
  U: 'sleeping',
  D: 'sleeping',
  T: 'stopped',
  t: 'stopped',
  Z: 'zombie',
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const LINE =
  /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(?:\w{3}\s+(\w{3})\s+(\d+)\s+(\d+):(\d+):(\d+)\s+(\d{4})|-)\s+([\d:.-]+)\s+(\d+)\s+(.*)$/;

/** Seconds since the epoch; 0 for a process that has no start any more. */
const bornAt = (month: string | undefined, parts: readonly (string | undefined)[]): number => {
  const [day = 0, hour = 0, minute = 0, second = 0, year = 1970] = parts.map(Number);
  return month === undefined ? 0 : Date.UTC(year, MONTHS.indexOf(month), day, hour, minute, second) / 1000;
};

/** `1-02:03:04` as Linux tells processor time, or `712:02.63` as macOS does, in milliseconds. */
export const parsePsTime = (text: string): number => {
  const [clock = '', days = '0'] = text.split('-').toReversed();
  const seconds = clock.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
};

/** A number of a session; some systems print 0, or an address of the kernel's. */
const sessionOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

const parseLine = (line: string): readonly TableRow[] => {
  const match = LINE.exec(line);
  if (match === null) return [];
  const [, pid, parentPid, groupId, session = '', state = '', month, day, hour, minute, second, year] = match;
  const [time = '', rss, name = ''] = match.slice(12);
  return [
    {
      pid: Number(pid),
      parentPid: Number(parentPid),
      groupId: Number(groupId),
      sessionId: sessionOf(session),
      state: STATES[state.charAt(0)] ?? 'other',
      name: name.trim().replace(/^.*\//, ''),
      born: bornAt(month, [day, hour, minute, second, year]),
      cpuMs: parsePsTime(time),
      rssBytes: Number(rss) * 1024,
    },
  ];
};

/** Reads what `ps -o PS_COLUMNS` printed in the locale C and in UTC; lines of another shape are left out. */
export const parsePs = (text: string): readonly TableRow[] => text.split('\n').flatMap(parseLine);

const PID_AND_REST = /^\s*(\d+) (.*)$/;

/** Lines of a pid and a text, by pid. */
const byPid = (text: string): ReadonlyMap<number, string> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [, pid, rest = ''] = PID_AND_REST.exec(line) ?? [];
      return pid === undefined ? [] : [[Number(pid), rest] as const];
    }),
  );

/**
 * The value of a variable, from command lines with and without the environment after them: what merely stands among the
 * arguments is no variable. A value ends at its first space, for nothing tells where it really ends.
 */
export const parsePsVariable = (
  withEnvironment: string,
  withoutEnvironment: string,
  variable: string,
): ReadonlyMap<number, string> => {
  const commands = byPid(withoutEnvironment);
  const values = new Map<number, string>();
  for (const [pid, line] of byPid(withEnvironment)) {
    const command = commands.get(pid);
    if (command === undefined || !line.startsWith(command)) continue;
    const entry = line
      .slice(command.length)
      .split(' ')
      .find((word) => word.startsWith(`${variable}=`));
    if (entry !== undefined) values.set(pid, entry.slice(variable.length + 1));
  }
  return values;
};
