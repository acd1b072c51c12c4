import { describe, expect, test } from 'vitest';
import type { FixJson } from '../helpers/cli-json.ts';
import { askServer, closeTerminal, isTerminal, startDevProject, type DevProject } from '../helpers/dev-project.ts';
import { fixture } from '../helpers/paths.ts';
import { processesIn, type LivingProcess } from '../helpers/processes.ts';
import { runCli } from '../helpers/run-cli.ts';
import { startCommand } from '../helpers/start-program.ts';
import { terminalTrouble } from '../helpers/terminal.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

if (terminalTrouble !== null) console.warn(`skipped: ${terminalTrouble}`);

interface Case {
  readonly name: string;
  readonly line: (port: number) => string;
  readonly before: (project: DevProject) => Promise<void>;
  /** What is left of the tree when the fix begins, in any order. */
  readonly tree: readonly RegExp[];
}

const NPM = /^npm run/;
const SHELL = /^sh -c/;
const SERVER = /^\S*node server\.mjs$/;
const BUNDLER = /^\S*node bundler\.mjs$/;
const NODEMON = /^\S*node nodemon\.js server\.mjs$/;

const killNpm = async ({ folder }: DevProject): Promise<void> => {
  const npm = processesIn(folder).find(({ argv }) => NPM.test(argv));
  if (npm !== undefined) process.kill(npm.pid, 'SIGKILL');
};

const CASES: readonly Case[] = [
  {
    name: 'npm run dev, terminal closed',
    line: () => 'npm run dev',
    before: closeTerminal,
    tree: [SERVER, BUNDLER],
  },
  {
    name: 'npm run dev, terminal open',
    line: () => 'npm run dev',
    before: async () => {},
    tree: [NPM, SHELL, SERVER, BUNDLER],
  },
  {
    name: 'npm run dev, npm killed',
    line: () => 'npm run dev',
    before: killNpm,
    tree: [SHELL, SERVER, BUNDLER],
  },
  {
    name: 'nodemon, terminal closed',
    line: () => 'npm run watch',
    before: closeTerminal,
    tree: [NODEMON, SERVER, BUNDLER],
  },
  {
    name: 'nodemon, terminal open',
    line: () => 'npm run watch',
    before: async () => {},
    tree: [NPM, SHELL, NODEMON, SERVER, BUNDLER],
  },
  {
    name: 'no npm, terminal closed',
    line: (port) => `"${process.execPath}" "${fixture('handle-sighup.mjs')}" ${port}`,
    before: closeTerminal,
    tree: [/handle-sighup\.mjs \d+$/],
  },
];

const BYSTANDER = /wait\.mjs$/;

const isTree = (one: LivingProcess): boolean => !BYSTANDER.test(one.argv) && !isTerminal(one);

const pidsOf = (processes: readonly LivingProcess[]): readonly number[] => processes.map(({ pid }) => pid);

/** Waits until exactly the expected kinds of processes are left in the project's folder. */
const untilLeft = ({ folder }: DevProject, tree: readonly RegExp[]): Promise<readonly LivingProcess[]> =>
  waitFor(`${tree.join()} in ${folder}, not ${processesIn(folder).map(({ argv }) => argv)}`, () => {
    const left = processesIn(folder);
    const members = left.filter(isTree);
    const complete = tree.every((kind) => members.some(({ argv }) => kind.test(argv)));
    return complete && members.length === tree.length ? left : null;
  });

const fix = async (project: DevProject, home: string): Promise<void> => {
  const args = ['fix', '--port', String(project.port), '--yes', '--json'];
  const run = await runCli(args, { cwd: project.folder, home });
  const told = run.json<FixJson>();
  expect(
    told.verdicts.map(({ status }) => status),
    JSON.stringify(told.verdicts),
  ).toEqual(['resolved']);
  expect(run.code).toBe(0);
};

const undo = async (project: DevProject, home: string): Promise<void> => {
  const history = await runCli(['history', '--json'], { home });
  expect(history.json()).toMatchObject({ schemaVersion: 1, command: 'history' });
  expect(history.stdout).toMatch(new RegExp(`"pid":\\s*${project.server}\\b`));
  const run = await runCli(['undo'], { home });
  expect({ code: run.code, stderr: run.stderr }).toMatchObject({ code: 0 });
  const again = await waitFor('the server to come back', () => askServer(project.port));
  expect(pidsOf(processesIn(project.folder))).toContain(again);
  expect(again).not.toBe(project.server);
};

describe.skipIf(terminalTrouble !== null)('the tree of a dev server', () => {
  test.for(CASES)('$name: ended as a whole with nothing else, and brought back', async ({ line, before, tree }) => {
    const home = makeTempDir();
    const sibling = await startDevProject(() => 'npm run dev');
    await closeTerminal(sibling);
    const project = await startDevProject(line);
    const bystander = await startCommand([process.execPath, fixture('wait.mjs')], project.folder);
    await before(project);
    const present = await untilLeft(project, tree);
    const untouched = pidsOf(processesIn(sibling.folder));

    await fix(project, home);

    expect(pidsOf(processesIn(project.folder))).toEqual(pidsOf(present.filter((one) => !isTree(one))));
    expect(bystander.isAlive()).toBe(true);
    expect(pidsOf(processesIn(sibling.folder))).toEqual(untouched);
    expect(await askServer(sibling.port)).toBe(sibling.server);
    await undo(project, home);
  });
});
