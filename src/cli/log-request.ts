import { relative, resolve, sep } from 'node:path';
import { findLogs, type LogPlaces } from '../config/find-logs.ts';
import { stateDirectory } from '../config/state-directory.ts';
import { DevdoctorError } from '../model/error.ts';
import type { LogInput, LogRequest } from '../model/log.ts';
import { findHome } from '../supervisor/state/open-home.ts';
import { readState } from '../supervisor/state/state-file.ts';
import type { Invocation, Surroundings } from './invocation.ts';
import { systemClock } from './system-clock.ts';

/** Standard input, as the word for it on a command line. */
const STANDARD_INPUT = '-';

/** What a shell makes of `<(command)`: a number tells nothing. */
const HANDED_OVER = /^\/(?:dev|proc\/self)\/fd\/\d+$/;

const namedInput = (text: string, cwd: string): LogInput =>
  text === STANDARD_INPUT
    ? { kind: 'stream', name: 'standard input', chunks: process.stdin }
    : { kind: 'file', path: resolve(cwd, text), name: HANDED_OVER.test(text) ? 'the given stream' : text };

/** What lies below the current folder is called by its way from there. */
const nameOf = (path: string, cwd: string): string => {
  const way = relative(cwd, path);
  return way.startsWith('..') ? path : way;
};

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}${sep}`);

/** The logs that services of a project write under the supervisor. */
const supervisedLogs = (project: string, stateFolder: string): readonly string[] => {
  const home = findHome(stateFolder);
  if (home === null) return [];
  return readState(home)
    .state.services.filter(({ spec }) => isWithin(spec.cwd, project))
    .flatMap(({ logs }) => [logs.out, logs.error].filter((file) => file !== null));
};

/** The logs to read: those that were named, else those that can be found. */
export const logRequest = (
  { values }: Invocation,
  { project, files, settings }: Pick<LogPlaces, 'project' | 'files' | 'settings'>,
  { cwd, environment }: Surroundings,
): LogRequest => {
  const named = [...new Set(values['log'] ?? [])];
  if (named.includes('')) {
    throw new DevdoctorError(
      'usage',
      '--log takes the path of a file, or -, not an empty value',
      'devdoctor check --log FILE',
    );
  }
  if (named.includes(STANDARD_INPUT) && values['watch'] !== undefined) {
    throw new DevdoctorError(
      'usage',
      '--watch looks again and again, and standard input can be read once',
      'devdoctor check --watch --log FILE',
    );
  }
  if (named.length > 0) return { inputs: named.map((text) => namedInput(text, cwd)), named: true, clock: systemClock };
  const found = findLogs({
    project,
    files,
    settings,
    supervised: project === null ? [] : supervisedLogs(project, stateDirectory(environment)),
    home: environment['HOME'] ?? environment['USERPROFILE'] ?? null,
    pm2Home: environment['PM2_HOME'] ?? null,
    now: systemClock.now(),
  });
  return {
    inputs: found.map((path) => ({ kind: 'file', path, name: nameOf(path, cwd) })),
    named: false,
    clock: systemClock,
  };
};
