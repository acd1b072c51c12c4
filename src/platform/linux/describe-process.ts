import type { ObservedPath, ProcessInfo } from '../../model/process.ts';
import { parseControlGroup } from './parse-cgroup.ts';
import { parseCommandLine, parseObservedPath } from './parse-command.ts';
import { parseEnvironment } from './parse-environment.ts';
import { terminalName, type StatFields } from './parse-stat.ts';
import type { ProcFiles } from './proc-files.ts';

/** The size of a page on every platform Node runs on by default. */
export const PAGE_BYTES = 4096;
const MAX_COMMAND_LENGTH = 131_072;

/** The owner of the folder would not do: it is root for programs that changed their user. */
const realUid = (status: string | null): number | null => {
  const uid = /^Uid:\s+(\d+)/m.exec(status ?? '')?.[1];
  return uid === undefined ? null : Number(uid);
};

const observed = (target: string | null): ObservedPath | null => (target === null ? null : parseObservedPath(target));

/** The argument vector of a process. */
export const readCommand = (files: ProcFiles, pid: number): readonly string[] => {
  const text = files.text(`${pid}/cmdline`);
  return text === null ? [] : parseCommandLine(text.slice(0, MAX_COMMAND_LENGTH));
};

/** Everything one look at one process tells. */
export const describeProcess = (
  files: ProcFiles,
  fields: StatFields,
  startedAt: number,
  userName: (uid: number) => string | null,
): ProcessInfo => {
  const { pid } = fields;
  const uid = realUid(files.text(`${pid}/status`));
  const environ = files.text(`${pid}/environ`);
  const environment = environ === null ? null : parseEnvironment(environ);
  const group = parseControlGroup(files.text(`${pid}/cgroup`) ?? '');
  return {
    pid,
    startedAt,
    parentPid: fields.parentPid,
    groupId: fields.groupId,
    sessionId: fields.sessionId,
    terminal: terminalName(fields.terminalDevice),
    uid,
    user: uid === null ? null : userName(uid),
    state: fields.state,
    name: fields.name,
    command: readCommand(files, pid),
    cwd: observed(files.link(`${pid}/cwd`)),
    executable: observed(files.link(`${pid}/exe`)),
    environment: environment?.values ?? null,
    environmentNames: environment?.names ?? null,
    unit: group.unit,
    container: group.container,
    controlGroup: group.path,
    kernelThread: fields.kernelThread,
    memoryBytes: fields.kernelThread ? null : fields.residentPages * PAGE_BYTES,
  };
};
