/** A process as `ps` or WMI names it; the command line is one string that cannot be split with certainty. */
export interface ListedProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly uid: number | null;
  readonly name: string;
  readonly commandLine: string;
}

/** `warn` would print to the terminal, which is not this layer's to write to. */
const QUIET = { logLevel: 'error' } as const;

/** The part of the package's answer that is used; its types do not reach importers of its ESM build. */
interface Found {
  readonly pid: number;
  readonly ppid: number;
  readonly uid?: number;
  readonly name: string;
  readonly cmd?: string;
}

type FindProcess = (by: 'name' | 'port', value: string | number, options: typeof QUIET) => Promise<readonly Found[]>;

interface Loaded {
  readonly default: FindProcess | { readonly default: FindProcess };
}

/** Its CommonJS build, which a bundle loads, wraps the function once more than its ESM build does. */
const find: FindProcess = async (...question) => {
  const { default: loaded } = (await import('find-process')) as Loaded;
  return (typeof loaded === 'function' ? loaded : loaded.default)(...question);
};

const toListed = (found: Found): ListedProcess => ({
  pid: found.pid,
  parentPid: found.ppid,
  uid: found.uid ?? null,
  name: found.name,
  commandLine: found.cmd ?? found.name,
});

/** All processes, in one call of the system's own tool. */
export const listProcesses = async (): Promise<readonly ListedProcess[]> =>
  (await find('name', '', QUIET)).map(toListed);

/**
 * Processes the package connects with a port. Some only talk to that port elsewhere, and of
 * several holders it names one: never act on this without the socket's own state.
 */
export const suspectsOfPort = async (port: number): Promise<readonly number[]> =>
  (await find('port', port, QUIET)).map(({ pid }) => pid);
