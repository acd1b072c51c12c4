import { spawn } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderWith } from '../config/write-files.ts';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { askServer, closeTerminal, startDevProject } from '../helpers/dev-project.ts';
import { freePort } from '../helpers/free-port.ts';
import { cliPath } from '../helpers/paths.ts';
import { endProcessesIn } from '../helpers/processes.ts';
import { runCli, runProgram, type Run } from '../helpers/run-cli.ts';
import { runInTerminal, terminalTrouble } from '../helpers/terminal.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

if (terminalTrouble !== null) console.warn(`skipped: ${terminalTrouble}`);

const textOf = (folder: string): string => readFileSync(join(folder, 'package.json'), 'utf8');

const scriptsOf = (folder: string): Readonly<Record<string, string>> =>
  (JSON.parse(textOf(folder)) as { scripts: Record<string, string> }).scripts;

const PLAIN = '{\n  "name": "shop",\n  "scripts": {\n    "dev": "vite --port 4000"\n  }\n}\n';

const ended = ({ code, stdout, stderr }: Run): unknown => ({ code, stdout, stderr });

/** Gives a project a start script on a port, the hook before it, and a devdoctor that npm can find. */
const giveHook = async (folder: string, start: string): Promise<void> => {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(cliPath(), join(folder, 'node_modules/.bin/devdoctor'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', private: true, scripts: { start } }));
  const run = await runCli(['init', '--yes'], { cwd: folder });
  expect(run.code, run.stderr).toBe(0);
};

describe('consent to the hook', () => {
  test('without a terminal and without --yes nothing is written', async () => {
    const folder = folderWith({ 'package.json': PLAIN });
    const run = await runCli(['init'], { cwd: folder });
    expect(ended(run)).toMatchObject({ code: 5, stderr: '' });
    expect(run.stdout).toContain('+    "predev": "devdoctor fix --port 4000 --yes",');
    expect(run.stdout).toContain('devdoctor init --yes');
    expect(textOf(folder)).toBe(PLAIN);
  });

  test('--dry-run shows the change and writes nothing, whatever else is said', async () => {
    const folder = folderWith({ 'package.json': PLAIN });
    const run = await runCli(['init', '--dry-run', '--yes'], { cwd: folder });
    expect(ended(run)).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('+    "predev": "devdoctor fix --port 4000 --yes",');
    expect(textOf(folder)).toBe(PLAIN);
  });

  test('--yes writes it, and writing it twice is writing it once', async () => {
    const folder = folderWith({ 'package.json': PLAIN });
    expect((await runCli(['init', '--yes'], { cwd: folder })).code).toBe(0);
    const once = textOf(folder);
    expect(once).toBe(PLAIN.replace('    "dev"', '    "predev": "devdoctor fix --port 4000 --yes",\n    "dev"'));
    const { mtimeMs } = statSync(join(folder, 'package.json'));
    const again = await runCli(['init', '--yes'], { cwd: folder });
    expect(ended(again)).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain('predev runs devdoctor fix already');
    expect(textOf(folder)).toBe(once);
    expect(statSync(join(folder, 'package.json')).mtimeMs).toBe(mtimeMs);
  });

  test.skipIf(terminalTrouble !== null).for([
    ['y', 0, 'predev'],
    ['n', 5, undefined],
  ] as const)('asked on a terminal, %s ends with %i', async ([answer, code, hook]) => {
    const folder = folderWith({ 'package.json': PLAIN });
    const run = await runInTerminal('"$NODE" "$CLI" init', 80, { cwd: folder, stdin: answer });
    expect(run.code, run.stdout).toBe(code);
    expect(run.stdout).toContain('Write this?');
    expect(Object.keys(scriptsOf(folder))[0]).toBe(hook ?? 'dev');
  });
});

describe('a file that cannot be edited is said in a line and left as it is', () => {
  test.for<readonly [name: string, text: string, said: string]>([
    ['malformed', '{\n  "scripts": {\n    "dev": "a"\n    "start": "b"\n  }\n}\n', 'line 4, column 5'],
    ['a list', '[]\n', 'line 1, column 1'],
    ['scripts that are a list', '{\n  "scripts": []\n}\n', 'line 2, column 14'],
    ['no script of a server', '{\n  "scripts": { "test": "x" }\n}\n', 'line 2, column 14'],
  ])('%s', async ([, text, said]) => {
    const folder = folderWith({ 'package.json': text });
    const run = await runCli(['init', '--yes'], { cwd: folder });
    expect(ended(run)).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`${join(folder, 'package.json')}, ${said}: `);
    expect(run.stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(textOf(folder)).toBe(text);
  });

  test('no package.json at all', async () => {
    const run = await runCli(['init', '--yes'], { cwd: makeTempDir() });
    expect(ended(run)).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('there is no package.json');
  });
});

describe('workspaces', () => {
  const files = {
    'package.json': { private: true, workspaces: ['apps/*', '!apps/old'] },
    'package-lock.json': {},
    'apps/web/package.json': PLAIN,
    'apps/old/package.json': PLAIN,
    'apps/lib/package.json': { scripts: { build: 'tsc' } },
  };

  test('the root without a server names the packages that have one', async () => {
    const run = await runCli(['init', '--yes'], { cwd: folderWith(files) });
    expect(ended(run)).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('these packages of the workspace have one: apps/web\n');
    expect(run.stderr).toContain('cd apps/web && devdoctor init');
  });

  test('in a package its own file is edited, and no other', async () => {
    const root = folderWith(files);
    mkdirSync(join(root, 'apps/web/src'));
    expect((await runCli(['init', '--yes'], { cwd: join(root, 'apps/web/src') })).code).toBe(0);
    expect(Object.keys(scriptsOf(join(root, 'apps/web')))).toEqual(['predev', 'dev']);
    expect(textOf(root)).toBe(JSON.stringify(files['package.json']));
  });

  test('a linked package.json stays a link', async () => {
    const folder = folderWith({ 'real/manifest.json': PLAIN });
    symlinkSync('real/manifest.json', join(folder, 'package.json'));
    expect((await runCli(['init', '--yes'], { cwd: folder })).code).toBe(0);
    expect(lstatSync(join(folder, 'package.json')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real/manifest.json'), 'utf8')).toContain('"predev"');
  });
});

/** Starts `npm start` without a terminal, as an editor or a script does, and resolves when its server answers. */
const npmStart = async (folder: string, port: number, before: number): Promise<string> => {
  const child = spawn('npm', ['start'], { cwd: folder, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => endProcessesIn(folder));
  let said = '';
  let code: number | null = null;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.once('exit', (ended) => (code = ended));
  await waitFor('the server that npm starts', async () => {
    if (code !== null) throw new Error(`npm start ended with ${code}: ${said}`);
    const pid = await askServer(port).catch(() => null);
    return pid !== null && pid !== before;
  });
  return said;
};

describe('npm start in a project with the hook', () => {
  test.skipIf(terminalTrouble !== null)("yesterday's server holds the port: it starts at the first try", async () => {
    const project = await startDevProject(() => 'npm run dev');
    await closeTerminal(project);
    expect(await askServer(project.port)).toBe(project.server);
    await giveHook(project.folder, `PORT=${project.port} node server.mjs`);
    expect(scriptsOf(project.folder)['prestart']).toBe(`devdoctor fix --port ${project.port} --yes`);
    const said = await npmStart(project.folder, project.port, project.server);
    expect(said).toContain(`port ${project.port} is free`);
    expect(said).not.toContain('Go ahead?');
  });

  test.skipIf(terminalTrouble !== null)('a stranger holds the port: npm stops, the stranger does not', async () => {
    const stranger = await startDevProject(() => 'npm run dev');
    const own = folderWith({});
    await giveHook(own, `PORT=${stranger.port} node server.mjs`);
    const run = await runProgram('npm', ['start'], { cwd: own });
    expect(run.code).toBe(5);
    expect(run.stdout).toContain(`Port ${stranger.port}`);
    expect(run.stdout).toContain(String(stranger.server));
    expect(run.stdout.replaceAll(/\s+/g, ' ')).toContain('is not of this project');
    expect(await askServer(stranger.port)).toBe(stranger.server);
  });

  test('the port is free: the hook says one line', async () => {
    const folder = folderWith({});
    await giveHook(folder, `node -e "console.log('started')" -- --port ${await freePort()}`);
    const run = await runProgram('npm', ['start', '--silent'], { cwd: folder });
    expect(ended(run)).toEqual({ code: 0, stdout: '✔ Nothing to fix\nstarted\n', stderr: '' });
  });

  test('a hook inside the script, for runners without "pre" scripts, spares strangers too', async () => {
    const folder = folderWith({ '.yarnrc.yml': '' });
    await giveHook(folder, `node -e "console.log('started')" -- --port ${await freePort()}`);
    expect(scriptsOf(folder)['start']).toMatch(/^devdoctor fix --port \d+ --own --yes && node /);
    const run = await runProgram('npm', ['start', '--silent'], { cwd: folder });
    expect(ended(run)).toEqual({ code: 0, stdout: '✔ Nothing to fix\nstarted\n', stderr: '' });
  });
});
