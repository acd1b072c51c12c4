import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { errorCode } from '../util/error-code.ts';
import type { ProjectFiles } from './project-files.ts';

/** Where logs may lie. */
export interface LogPlaces {
  /** The folder of the project; `null` outside any. */
  readonly project: string | null;
  readonly files: ProjectFiles | null;
  /** Files that the settings name. */
  readonly settings: readonly string[];
  /** What the project's services write under the supervisor. */
  readonly supervised: readonly string[];
  readonly home: string | null;
  /** PM2's folder, where it is not the usual one; `null` for the usual one. */
  readonly pm2Home: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What is a log by its name, with what rotation puts to it. */
const LOG_NAME = /(?:\.(?:log|out|err)|^nohup\.out)(?:[-._]\d[\d_-]*)?(?:\.\d{1,4})?(?:\.gz)?$/i;

/** Dumps of package managers tell of one command that failed, and of no service. */
const DUMP = /^(?:npm-debug|yarn-(?:debug|error)|pnpm-debug|lerna-debug)\.log/i;

/** A log that nobody wrote to for so long tells of another time. */
const RECENT_MS = 7 * 86_400_000;

const MOST_FILES = 100;

/** What is not there, or not to be listed, has no logs for this user. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM']);

const listed = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (ABSENT.has(errorCode(error) ?? '')) return [];
    throw error;
  }
};

const logsIn = (folder: string, accepts: (name: string) => boolean): readonly string[] =>
  listed(folder)
    .filter((name) => LOG_NAME.test(name) && !DUMP.test(name) && accepts(name))
    .map((name) => join(folder, name));

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const appsIn = (files: ProjectFiles | null): readonly Fields[] => {
  const value = files?.ecosystem?.ok === true ? files.ecosystem.value : null;
  const { apps } = fieldsOf(value);
  return value === null ? [] : [apps ?? value].flat().map(fieldsOf);
};

const LOG_KEYS = ['out_file', 'error_file', 'log_file', 'output', 'error', 'log', 'outFile', 'errorFile', 'logFile'];

const namedByApps = (apps: readonly Fields[], folder: string): readonly string[] =>
  apps.flatMap((app) =>
    LOG_KEYS.flatMap((key) => {
      const value = app[key];
      const cwd = typeof app['cwd'] === 'string' ? resolve(folder, app['cwd']) : folder;
      return typeof value === 'string' && value !== '' && value !== '/dev/null' && value !== 'NULL'
        ? [resolve(cwd, value)]
        : [];
    }),
  );

/** What a person who wrote no ecosystem file calls the app: the project, or its folder. */
const namesOfProject = ({ project, files }: LogPlaces): readonly unknown[] => {
  const manifest = files?.manifest?.ok === true ? fieldsOf(files.manifest.value) : {};
  return [manifest['name'], project === null ? null : basename(project)];
};

/** What PM2 puts to the name of an app, and pm2-logrotate to that. */
const OF_APP = /^-(?:out|error)(?:-\d+)?(?:__[\d_-]+)?\.log/;

/** PM2 keeps the logs of all projects in one folder, by the names of the apps; only this project's are its own. */
const logsOfPm2 = (places: LogPlaces, apps: readonly Fields[]): readonly string[] => {
  const { home, pm2Home } = places;
  const folder = pm2Home ?? (home === null ? null : join(home, '.pm2'));
  const names = [...apps.map(({ name }) => name), ...namesOfProject(places)].flatMap((name) =>
    typeof name === 'string' && name !== '' ? [name.replaceAll(' ', '-')] : [],
  );
  if (folder === null || names.length === 0) return [];
  const isOwn = (file: string): boolean =>
    names.some((name) => file.startsWith(`${name}-`) && OF_APP.test(file.slice(name.length)));
  return [...logsIn(join(folder, 'logs'), isOwn), ...logsIn(folder, (file) => file.startsWith('pm2.log'))];
};

const isRecent = (path: string, now: number): boolean => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size > 0 && now - stat.mtimeMs < RECENT_MS;
};

/**
 * Finds a project's logs: those its settings and its ecosystem file name, those that lie in it or in its folders for
 * logs, and PM2's. Rotated siblings are among them.
 */
export const findLogs = (places: LogPlaces): readonly string[] => {
  const { project, settings, supervised, files, now } = places;
  const apps = appsIn(files);
  const folders = project === null ? [] : [project, join(project, 'logs'), join(project, 'log')];
  const found = [
    ...settings,
    ...supervised,
    ...(project === null ? [] : namedByApps(apps, project)),
    ...folders.flatMap((folder) => logsIn(folder, () => true)),
    ...logsOfPm2(places, apps),
  ];
  return [...new Set(found)].filter((path) => isRecent(path, now)).slice(0, MOST_FILES);
};
