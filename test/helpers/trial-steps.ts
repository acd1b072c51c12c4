import { spawnSync } from 'node:child_process';
import type { ScenarioStep } from './in-namespace.ts';
import { fixture } from './paths.ts';

/** The argument vector of a program of fixtures/programs. */
export const program = (name: string, ...args: readonly (string | number)[]): readonly string[] => {
  const interpreter = name.endsWith('.pl') ? 'perl' : process.execPath;
  return [interpreter, fixture(name), ...args.map(String)];
};

/** Starts a program and waits until it is ready. */
export const start = (as: string, name: string, ...args: readonly (string | number)[]): ScenarioStep => ({
  as,
  argv: program(name, ...args),
});

/** Runs a program to its end. */
export const finish = (as: string, name: string, ...args: readonly (string | number)[]): ScenarioStep => ({
  as,
  argv: program(name, ...args),
  ends: true,
});

/** Starts a program below a shell that ends at once, so that nobody is left who started it. */
export const startOrphaned = (as: string, name: string, ...args: readonly (string | number)[]): ScenarioStep => ({
  as,
  argv: ['sh', '-c', '"$@" & exit 0', 'sh', ...program(name, ...args)],
  ends: true,
});

/** Starts a program in a network of its own, out of reach of this one. */
export const startElsewhere = (as: string, name: string, ...args: readonly (string | number)[]): ScenarioStep => ({
  as,
  argv: ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...program(name, ...args)],
});

/** Any user but root; the name it goes by does not matter. */
export const NOBODY = 65_534;

/** Starts a program as another user. */
export const startAsNobody = (as: string, name: string, ...args: readonly (string | number)[]): ScenarioStep => ({
  as,
  argv: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...program(name, ...args)],
});

/** Writes one setting of the kernel. */
export const set = (path: string, value: string): ScenarioStep => ({
  exec: ['sh', '-c', 'echo "$1" > "/proc/sys/$0"', path, value],
});

/** Why programs written in Perl cannot run here; `null` when they can. */
export const perlTrouble: string | null =
  spawnSync('perl', ['-MIO::Socket::INET', '-e', '1']).status === 0
    ? null
    : 'SO_REUSEPORT needs perl with IO::Socket::INET here: Node 20 cannot set it';

const MAP_ROOT: readonly string[] = process.getuid?.() === 0 ? [] : ['--map-root-user'];

/** Why two networks cannot be linked here; `null` when they can. */
export const linkTrouble: string | null =
  spawnSync('unshare', [...MAP_ROOT, '--net', 'sh', '-c', 'ip link add near type veth peer name far']).status === 0
    ? null
    : 'this kernel makes no veth pair to link two networks with';
