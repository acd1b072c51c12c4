import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { leftoverProgram, type Observed, type Place } from './place.ts';

/** A folder with a package.json, as a person works in. */
export interface Project {
  readonly folder: string;
}

/** A command of a project, with what it takes to recognise it and to know that it is up. */
export interface Job {
  readonly id: string;
  readonly argv: readonly string[];
  readonly project: Project;
  /** `null` for a program that serves no port. */
  readonly port: number | null;
  readonly readyFile: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Makes a job in a place. */
export type Subject = (place: Place) => Promise<Job>;

/** What was left of a job. */
export interface Left {
  readonly job: Job;
  /** All its living processes. */
  readonly tree: readonly Observed[];
  /** Those whose parent is none of them. */
  readonly roots: readonly Observed[];
}

/** Copies one of the programs to where a project would have it. */
export const put = (project: Project, program: string, as: string): string => {
  const path = join(project.folder, as);
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(leftoverProgram(program), path);
  return path;
};

/** Gives a program another name: a second link to the same file, or a copy where none can be made. */
export const rename = (program: string, path: string): string => {
  mkdirSync(dirname(path), { recursive: true });
  try {
    linkSync(program, path);
  } catch (error) {
    if (!['EXDEV', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    copyFileSync(program, path);
    chmodSync(path, 0o755);
  }
  return path;
};

/** A folder with a package.json. */
export const makeProject = (
  place: Place,
  folder = 'shop',
  scripts: Readonly<Record<string, string>> = {},
  manifest = 'package.json',
): Project => {
  const project = { folder: join(place.folder, folder) };
  mkdirSync(project.folder, { recursive: true });
  const name = folder.replace(/^.*\//, '');
  const text = manifest.endsWith('.json')
    ? JSON.stringify({ name, private: true, scripts }, null, 2)
    : '[project]\nname = "shop"\nversion = "1.0.0"\n';
  writeFileSync(join(project.folder, manifest), `${text}\n`);
  return project;
};

/** A command of a project that listens on a port of its own. */
export const serverJob = async (
  place: Place,
  project: Project,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Job> => ({ ...quietJob(place, project, argv, env), port: await place.port() });

/** A command of a project that listens on nothing, and says that it is up by a file. */
export const quietJob = (
  place: Place,
  project: Project,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Job => {
  const id = randomUUID();
  return { id, argv, project, port: null, readyFile: join(place.folder, `ready-${id}`), env };
};

/** The command line of a job: marked, so that it is found again whatever becomes of its parents. */
export const lineOf = ({ id, argv, port, readyFile, env }: Job): readonly string[] => {
  const variables = { MADE_AS: id, READY_FILE: readyFile, ...(port === null ? {} : { PORT: String(port) }), ...env };
  const words = argv.map((word) => word.replaceAll('{port}', String(port)));
  return ['env', ...Object.entries(variables).map(([name, value]) => `${name}=${value}`), ...words];
};

/** Waits until a job is up. */
export const untilUp = (place: Place, { port, readyFile, argv }: Job): Promise<unknown> =>
  place.until(`${argv.join(' ')} to be up`, async () => (port === null ? existsSync(readyFile) : place.answers(port)));

const livingOf = async (place: Place, { id }: Job): Promise<readonly Observed[]> =>
  (await place.processes()).filter(({ madeAs, state }) => madeAs === id && state !== 'Z');

const pidsOf = (processes: readonly Observed[]): string => processes.map(({ pid, parent }) => [pid, parent]).join();

/** What lives of a job, once two looks in a row agree. */
export const leftOf = async (place: Place, job: Job): Promise<Left> => {
  let last: readonly Observed[] = [];
  const tree = await place.until(`${job.argv.join(' ')} to settle`, async () => {
    const now = await livingOf(place, job);
    const settled = now.length > 0 && pidsOf(now) === pidsOf(last);
    last = now;
    return settled ? now : null;
  });
  const pids = new Set(tree.map(({ pid }) => pid));
  return { job, tree, roots: tree.filter(({ parent }) => !pids.has(parent)) };
};

/** The same command in the same project once more, on another port. */
export const again = async (place: Place, job: Job): Promise<Job> => serverJob(place, job.project, job.argv, job.env);
