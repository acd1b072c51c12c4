import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, put, quietJob, rename, serverJob, type Subject } from './jobs.ts';

/** A folder name that needs quoting everywhere, in a script that is not Latin. */
export const THAI_FOLDER = 'ร้าน ค้า/หน้า เว็บ';

/** Why no server in Python can be had; `null` when one can. */
export const pythonTrouble: string | null =
  spawnSync('python3', ['-c', 'import http.server']).status === 0 ? null : 'no python3 with http.server here';

/** Why no tmux can be had; `null` when one can. */
export const tmuxTrouble: string | null = spawnSync('tmux', ['-V']).status === 0 ? null : 'no tmux here';

/** `node server.js` in a project, under any names. */
export const nodeServer =
  (script = 'server.js', folder = 'shop', flags: readonly string[] = []): Subject =>
  async (place) => {
    const project = makeProject(place, folder);
    put(project, 'server.cjs', script);
    return serverJob(place, project, ['node', ...flags, script]);
  };

/** A server that is a module. */
export const moduleServer =
  (script = 'app.mjs'): Subject =>
  async (place) => {
    const project = makeProject(place);
    put(project, 'app.mjs', script);
    put(project, 'server.cjs', 'server.cjs');
    return serverJob(place, project, [process.execPath, join(project.folder, script), '{port}']);
  };

/** The same server, run by a node of another name in another place. */
export const serverOfRenamedNode =
  (name: string, folder = 'shop'): Subject =>
  async (place) => {
    const project = makeProject(place, folder);
    put(project, 'server.cjs', 'server.js');
    const node = rename(process.execPath, join(place.folder, 'opt', 'bin', name));
    return serverJob(place, project, [node, 'server.js']);
  };

/** A server in Python, in a folder with a package.json or with a manifest of Python's own. */
export const pythonServer =
  (manifest = 'package.json'): Subject =>
  async (place) => {
    const project = makeProject(place, 'site', {}, manifest);
    return serverJob(place, project, ['python3', '-m', 'http.server', '{port}', '--bind', '127.0.0.1']);
  };

/** `npm run dev`, or another way to say the same. */
export const npmScript =
  (script = 'node server.js', folder = 'shop', argv: readonly string[] = ['npm', 'run', 'dev']): Subject =>
  async (place) => {
    const project = makeProject(place, folder, { dev: script, start: script, outer: 'npm run dev' });
    put(project, 'server.cjs', 'server.js');
    put(project, 'tree-server.cjs', 'tree.js');
    put(project, 'server.cjs', 'server.cjs');
    put(project, 'idle.cjs', 'idle.cjs');
    return serverJob(place, project, argv);
  };

/** A tool of the project's own packages, started by npx. */
export const npxTool =
  (tool = 'next-ish'): Subject =>
  async (place) => {
    const project = makeProject(place);
    const bin = put(project, 'tool.cjs', `node_modules/.bin/${tool}`);
    chmodSync(bin, 0o755);
    put(project, 'server.cjs', 'node_modules/.bin/server.cjs');
    return serverJob(place, project, ['npx', '--no-install', tool]);
  };

/** A script run by a package runner other than npm, installed at the usual place of its kind. */
export const otherRunner =
  (installed: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Subject =>
  async (place) => {
    const project = makeProject(place, 'shop', { dev: 'node server.js' });
    put(project, 'server.cjs', 'server.js');
    const launcher = put({ folder: join(place.folder, 'opt') }, 'package-launcher.cjs', installed);
    return serverJob(place, project, ['node', launcher, ...args], env);
  };

/** The same, run by a node of another name. */
export const renamedRunner =
  (name: string, env: Readonly<Record<string, string>> = {}): Subject =>
  async (place) => {
    const project = makeProject(place, 'shop', { dev: 'node server.js' });
    put(project, 'server.cjs', 'server.js');
    const node = rename(process.execPath, join(place.folder, 'opt', 'bin', name));
    const launcher = put({ folder: join(place.folder, 'opt') }, 'package-launcher.cjs', 'lib/go.cjs');
    return serverJob(place, project, [node, launcher, 'run', 'dev'], env);
  };

/** A server below a shell with more to do than to wait for it. */
export const shellLine =
  (shell: string): Subject =>
  async (place) => {
    const project = makeProject(place);
    put(project, 'server.cjs', 'worker.js');
    return serverJob(place, project, [shell, '-c', 'cd . && node worker.js; :']);
  };

/** A program that speaks over its streams, under the path and with the words of a known one. */
export const stdioProgram =
  (path: string, ...args: readonly string[]): Subject =>
  async (place) => {
    const project = makeProject(place);
    const script = put(project, 'stdio-server.cjs', path);
    return quietJob(place, project, ['node', script, ...args]);
  };

/** A headless browser, by the path and the words that puppeteer and playwright start one with. */
export const headlessBrowser =
  (path: string, ...args: readonly string[]): Subject =>
  async (place) => {
    const project = makeProject(place);
    const browser = rename(process.execPath, join(place.folder, path));
    return quietJob(place, project, [browser, put(project, 'idle.cjs', 'idle.cjs'), '0', '--headless', ...args]);
  };

/** A compiler that watches the project. */
export const watcher =
  (path: string, ...args: readonly string[]): Subject =>
  async (place) => {
    const project = makeProject(place);
    return quietJob(place, project, ['node', put(project, 'watcher.cjs', path), ...args]);
  };

/** Two commands at once, as concurrently starts them: a server, and a watcher without a port. */
export const twoAtOnce: Subject = async (place) => {
  const project = makeProject(place);
  put(project, 'server.cjs', 'server.js');
  put(project, 'watcher.cjs', 'watch.js');
  const runner = put(project, 'run-all.cjs', 'node_modules/.bin/run-many');
  return serverJob(place, project, ['node', runner, 'node server.js', 'node watch.js']);
};
