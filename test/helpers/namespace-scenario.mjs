// namespace-scenario.mjs SCENARIO_FILE RESULT_FILE: runs inside a fresh namespace, as a child of its pid 1.
// It starts programs, runs one command, and writes down who lived before and after.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const [scenarioFile, resultFile] = process.argv.slice(2);
const scenario = JSON.parse(readFileSync(scenarioFile, 'utf8'));
const programs = {};

for (const step of scenario.steps) await (step.exec ? execute(step.exec) : start(step));
const before = await settled();
const sockets = tcpSockets();
const command = scenario.command;
const run = command.below === undefined ? await runCommand(command) : await runBelow(programs[command.below]);
const bindable = await canBind('0.0.0.0');
const after = await settled();
const told = Object.fromEntries(Object.entries(programs).map(([name, { first, latest }]) => [name, { first, latest }]));
writeFileSync(resultFile, JSON.stringify({ programs: told, before, sockets, run, bindable, after }));
process.exit(0);

function execute([file, ...args]) {
  const { status, stderr, error } = spawnSync(file, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error?.message ?? stderr}`);
}

/** Starts a program and waits until it says `ready`, and until it has ended where the step asks for that. */
function start({ as, argv, ends }) {
  const child = spawn(argv[0], argv.slice(1), { env: scenario.env, stdio: ['pipe', 'pipe', 'inherit'] });
  const program = { child, first: null, latest: null, result: null };
  programs[as] = program;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (program.first === null) reject(new Error(`${argv.join(' ')} ended with ${code} before it was ready`));
    });
    eachLine(child.stdout, (line) => {
      if (line.startsWith('result ')) program.result?.(JSON.parse(line.slice(7)));
      if (!line.startsWith('ready ')) return;
      program.latest = JSON.parse(line.slice(6));
      program.first ??= program.latest;
      if (ends) void exited.then(resolve);
      else resolve();
    });
  });
}

function eachLine(stream, use) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    lines.forEach(use);
  });
}

function runCommand({ argv, env, uid, cwd }) {
  const child = spawn(argv[0], argv.slice(1), {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid && { uid, gid: uid }),
  });
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

function runBelow(program) {
  return new Promise((resolve) => {
    program.result = resolve;
    program.child.stdin.write('now\n');
  });
}

function canBind(host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(scenario.port, host, () => server.close(() => resolve(true)));
  });
}

/** The living, once two looks in a row agree. */
async function settled() {
  let last = living();
  for (let look = 0; look < 50; look += 1) {
    await delay(100);
    const next = living();
    if (next.map(({ pid }) => pid).join() === last.map(({ pid }) => pid).join()) return next;
    last = next;
  }
  return last;
}

function living() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => describeProcess(Number(name)))
    .toSorted((a, b) => a.pid - b.pid);
}

function describeProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').join(' ').trim();
    return state === 'Z' || state === 'X' ? [] : [{ pid, parent: Number(parent), argv }];
  } catch {
    return [];
  }
}

/** The IPv4 rows of the kernel's table: local port, remote port and state in its own numbers. */
function tcpSockets() {
  const rows = readFileSync('/proc/net/tcp', 'latin1').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [, local, remote, state] = row.trim().split(/\s+/);
    return { local: portOf(local), remote: portOf(remote), state: Number.parseInt(state, 16) };
  });
}

function portOf(address) {
  return Number.parseInt(address.split(':')[1], 16);
}
