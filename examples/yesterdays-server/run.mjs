// Tells the story of README.md for real, on a free port and in a folder of its own. Exits with 1 if anything differs.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const HERE = import.meta.dirname;
const CLI = resolve(process.env.DEVDOCTOR_CLI ?? join(HERE, '../../bin/devdoctor.cjs'));

const expect = (holds, what) => {
  if (!holds) throw new Error(`not as told: ${what}`);
};

const canBind = (port) =>
  new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen(port, () => server.close(() => answer(true)));
  });

/** Below the numbers that clients are given, so that nobody takes it in between. */
const freePort = async () => {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  return (await canBind(port)) ? port : freePort();
};

/** What the server of this folder says of itself; `null` when nobody answers, or somebody else. */
const parseAnswer = (text, folder) => {
  try {
    const answer = JSON.parse(text);
    return answer.folder === folder ? answer.pid : null;
  } catch {
    return null;
  }
};

/** The process of this folder that answers on the port; `null` when there is none. */
const askServer = ({ folder, port }) =>
  new Promise((answer) => {
    let text = '';
    const request = get({ host: '127.0.0.1', port, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (part) => (text += part));
    });
    request.once('error', () => answer(null));
    request.once('close', () => setImmediate(() => answer(parseAnswer(text, folder))));
  });

const waitForServer = async (project) => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const pid = await askServer(project);
    if (pid !== null) return pid;
    await delay(50);
  }
  throw new Error(`no server answers on port ${project.port}`);
};

/** Starts the server from a process that ends at once, as a terminal does that is closed. */
const startYesterday = async ({ folder }) => {
  const starter = `require('node:child_process').spawn(process.execPath, ['server.mjs'], { detached: true, stdio: 'ignore' }).unref()`;
  await once(spawn(process.execPath, ['-e', starter], { cwd: folder, stdio: 'ignore' }), 'exit');
};

/** What npm tells the scripts it runs is no business of the story. */
const environmentFor = ({ folder }) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
  DEVDOCTOR_HOME: join(folder, '.devdoctor'),
  NO_COLOR: '1',
});

/** Types one command in the project, shows it with its output, and holds it to its exit code and words. */
const type = (project, line, code, words) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...line.split(' ')], {
    cwd: project.folder,
    env: environmentFor(project),
    encoding: 'utf8',
  });
  console.log(`$ devdoctor ${line}\n${stdout}${stderr}(exit ${status})\n`);
  expect(status === code, `devdoctor ${line} exits with ${status}, not with ${code}`);
  for (const word of words) expect(stdout.includes(word), `devdoctor ${line} does not say "${word}"`);
};

const endServer = async (project) => {
  const pid = await askServer(project);
  if (pid === null) return;
  process.kill(pid, 'SIGKILL');
  while ((await askServer(project)) === pid) await delay(20);
};

const tell = async (project) => {
  const { port } = project;
  await startYesterday(project);
  const old = await waitForServer(project);
  type(project, 'check', 1, [`Port ${port} `, `devdoctor fix --port ${port}`]);
  type(project, `why ${port}`, 0, [`${old} `, 'server.mjs']);
  type(project, `fix --port ${port} --dry-run`, 0, ['Plan', `end ${old} `]);
  expect((await askServer(project)) === old, 'a dry run leaves the server alone');
  type(project, `fix --port ${port} --yes`, 0, [`port ${port} is free`]);
  expect((await askServer(project)) === null, 'nobody answers any more');
  type(project, 'check', 0, []);
  type(project, 'history', 0, ['server.mjs']);
  type(project, 'undo', 0, [`it listens on port ${port}`]);
  const young = await waitForServer(project);
  expect(young !== old, 'another process answers now');
  console.log(`The server is back as process ${young}. The story ends it and leaves nothing behind.`);
};

const project = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'yesterdays-server-'))), port: await freePort() };
try {
  cpSync(join(HERE, 'project'), project.folder, { recursive: true });
  writeFileSync(join(project.folder, '.env'), `PORT=${project.port}\n`);
  await tell(project);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await endServer(project);
  rmSync(project.folder, { recursive: true, force: true });
}
