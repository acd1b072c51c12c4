import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { namespaceTrouble } from '../helpers/in-namespace.ts';
import { cliPath, fixture } from '../helpers/paths.ts';
import { terminalTrouble } from '../helpers/terminal.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const PORT = 3000;

const NAMESPACE = ['--pid', '--net', '--mount-proc', '--fork', '--kill-child', 'sh', '-c'];

const lastPid = spawnSync('unshare', [...NAMESPACE, 'echo 300 > /proc/sys/kernel/ns_last_pid'], { encoding: 'utf8' });

const trouble =
  namespaceTrouble ??
  terminalTrouble ??
  (lastPid.status === 0 ? null : `pids cannot be chosen here: ${lastPid.stderr.trim()}`);

if (trouble !== null) console.warn(`skipped: ${trouble}`);

/** What the driver saw when the command had ended. */
interface Told {
  readonly before: number;
  readonly after: number;
  /** Did the second process get the pid of the first while the command was asking? */
  readonly asking: boolean;
  readonly alive: boolean;
  /** The pid that answers on the port; 0 where nobody does. */
  readonly answers: number;
  readonly output: string;
}

/**
 * Runs inside the namespace: a server gets a pid, the command asks whether to end it, the server ends, another
 * program gets the same pid, and then the answer is yes.
 */
const DRIVER = `
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const { cli, port, first, second } = JSON.parse(process.argv[2]);
const start = (argv) => spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
const ready = (child) => once(child.stdout, 'data');
const end = async (child) => {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
};

const server = start(first);
await ready(server);
const terminal = spawn(
  'script',
  ['--quiet', '--flush', '--command', 'stty cols 200; exec "$NODE" "$CLI" fix --port ' + port, '/dev/null'],
  { env: { ...process.env, NODE: process.execPath, CLI: cli, SHELL: '/bin/sh', TERM: 'xterm' }, stdio: 'pipe' },
);
let output = '';
terminal.stdout.setEncoding('utf8').on('data', (text) => (output += text));
for (let turn = 0; turn < 400 && !output.includes('Go ahead?'); turn += 1) await delay(50);
await end(server);

let heir;
for (let attempt = 0; attempt < 50; attempt += 1) {
  writeFileSync('/proc/sys/kernel/ns_last_pid', String(server.pid - 1));
  heir = start(second);
  if (heir.pid === server.pid) break;
  await end(heir);
}
await ready(heir);
const asking = output.includes('Go ahead?') && terminal.exitCode === null;
const closed = once(terminal, 'close');
terminal.stdin.write('y');
await closed;
const answers = await fetch('http://127.0.0.1:' + port)
  .then((response) => response.text())
  .catch(() => '0');
const alive = heir.exitCode === null && heir.signalCode === null;
console.log(JSON.stringify({ before: server.pid, after: heir.pid, asking, alive, answers: Number(answers), output }));
await end(heir);
process.exit(0);
`;

const ESCAPES = new RegExp(String.raw`${String.fromCodePoint(27)}\[[0-9;?]*[A-Za-z]`, 'g');

/** Ends the first program and gives its pid to the second while the command waits for an answer. */
const reuse = async (second: readonly string[]): Promise<Told> => {
  const folder = makeTempDir();
  const driver = join(folder, 'driver.mjs');
  writeFileSync(driver, DRIVER);
  const first = [fixture('listen.mjs'), String(PORT)];
  const work = JSON.stringify({ cli: cliPath(), port: PORT, first, second });
  // A shell as pid 1 reaps orphans; without its last command it would be replaced by the one before.
  const line = 'ip link set lo up && "$0" "$@"; exit $?';
  const child = spawn('unshare', [...NAMESPACE, line, process.execPath, driver, work], {
    cwd: folder,
    env: cleanEnvironment({ DEVDOCTOR_HOME: join(folder, 'home') }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  await new Promise((resolve) => child.once('close', resolve));
  const told = JSON.parse(text) as Told;
  return { ...told, output: told.output.replaceAll(ESCAPES, '') };
};

describe.skipIf(trouble !== null)('a pid that another process got while the command asked', () => {
  test('is not signalled, though the other process listens on the same port', async () => {
    const told = await reuse([fixture('listen.mjs'), String(PORT)]);
    expect(told).toMatchObject({ asking: true, after: told.before });
    expect({ alive: told.alive, answers: told.answers }).toEqual({ alive: true, answers: told.before });
    expect(told.output).toMatch(/withheld: .*(?:no longer|another process)/);
    expect(told.output).toMatch(/port 3000 is not free: taken again by/);
  });

  test('is not signalled where the other process holds no port at all', async () => {
    const told = await reuse([fixture('wait.mjs')]);
    expect(told).toMatchObject({ asking: true, after: told.before });
    expect({ alive: told.alive, answers: told.answers }).toEqual({ alive: true, answers: 0 });
    expect(told.output).toMatch(/withheld: .*(?:no longer|another process)/);
  });
});
