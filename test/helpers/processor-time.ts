import { readFileSync } from 'node:fs';

/** A tick of the kernel's count. */
const TICK_MS = 10;

/** Processor time that a process has used so far, in milliseconds. */
export const processorMs = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};

/** A size in bytes that the kernel tells of a process, such as `VmRSS` or `VmHWM`, the most it ever had. */
export const bytesOf = (pid: number, what: 'VmRSS' | 'VmHWM'): number => {
  const kilobytes = new RegExp(String.raw`^${what}:\s+(\d+) kB$`, 'm').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  );
  if (kilobytes === null) throw new Error(`no ${what} of ${pid}`);
  return Number(kilobytes[1]) * 1024;
};
