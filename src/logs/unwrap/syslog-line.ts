import { readTimeStamp } from '../time/time-stamp.ts';
import { bare, type Unwrapped } from './unwrapped.ts';

const PRIORITY = /^<\d{1,3}>1? ?/;
/** `host ident[pid]: message`; the identifier of the kernel has no pid. */
const HEAD = /^(?<host>[\w.-]{1,64}) (?<ident>[\w.@\\/()-]{1,64})(?:\[(?<pid>\d{1,10})\])?: ?(?<rest>.*)$/s;
/** `host app pid msgid data message`, after the version. */
const HEAD_5424 = /^(?:[\w.-]{1,64}) (?<ident>\S{1,48}) (?<pid>\d{1,10}|-) \S+ (?:-|\[.*?\]) ?(?<rest>.*)$/s;

/** `journalctl -o short-monotonic`: seconds since the machine started. */
const MONOTONIC = /^\[ *(?<seconds>\d{1,9}\.\d{6})\] /;

const LEVEL_OR_RUNNER = /^(?:PM2|INFO|WARN|ERROR|DEBUG|FATAL)$/;
const PROGRAM = /^[a-z][\w.-]*$/;

/** `2026-11-22T21:52:11: PM2 log: App…` has the shape of a syslog line and is none. */
const isProgram = ({ host = '', ident = '', pid }: Readonly<Record<string, string | undefined>>): boolean =>
  pid !== undefined || (PROGRAM.test(ident) && !LEVEL_OR_RUNNER.test(host));

const pidOf = (ident: string, pid: string | undefined): number | null =>
  pid === undefined || pid === '-' || ident === 'systemd' ? null : Number(pid);

interface Stamped {
  readonly at: number;
  readonly dated: boolean;
  readonly rest: string;
}

const stamped = (line: string, year: number): Stamped | null => {
  const monotonic = MONOTONIC.exec(line);
  if (monotonic !== null) {
    return { at: Number(monotonic.groups?.['seconds']) * 1000, dated: false, rest: line.slice(monotonic[0].length) };
  }
  const stamp = readTimeStamp(line, year);
  if (stamp === null || !stamp.dated || stamp.start > 0) return null;
  return { at: stamp.at, dated: true, rest: line.slice(stamp.end) };
};

/** The short forms of syslog and of journalctl, with any time stamp before the host. */
export const unwrapSyslog = (text: string, year: number): Unwrapped | null => {
  const priority = PRIORITY.exec(text);
  const line = priority === null ? text : text.slice(priority[0].length);
  const told = stamped(line, year);
  if (told === null) return null;
  const groups = (HEAD.exec(told.rest) ?? (priority === null ? null : HEAD_5424.exec(told.rest)))?.groups;
  if (groups === undefined || !isProgram(groups)) return null;
  const { ident = '', pid, rest: message = '' } = groups;
  return { ...bare(message), at: told.at, dated: told.dated, ident, pid: pidOf(ident, pid) };
};
