// maker.mjs: starts, watches and ends processes at the word of a test, perhaps inside a namespace of its own.
// Each line of its input is `{ id, ask, with }`, each line of its output `{ id, answer }` or `{ id, error }`.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const VANISHED = new Set(['ENOENT', 'ESRCH', 'EACCES']);
const started = new Map();
const asks = { start, write, end, processes, memory, answers, run, endMarked };

createInterface({ input: process.stdin })
  .on('line', (line) => void answer(JSON.parse(line)))
  .on('close', () => process.exit(0));

async function answer({ id, ask, with: asked }) {
  try {
    tell({ id, answer: (await asks[ask](asked)) ?? null });
  } catch (error) {
    tell({ id, error: `${ask}: ${error.stack}` });
  }
}

function tell(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function start({ argv: [file, ...args], cwd, env, argv0, detached, stdio }) {
  const child = spawn(file, args, { cwd, env, argv0, detached, stdio });
  child.stdin?.on('error', () => {});
  for (const stream of [child.stdout, child.stderr]) stream?.resume();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      started.set(child.pid, child);
      resolve(child.pid);
    });
  });
}

function write({ pid, text }) {
  started.get(pid).stdin.write(text);
}

async function end({ pid, signal }) {
  process.kill(pid, signal);
  for (let look = 0; look < 300 && isLiving(pid); look += 1) await delay(10);
  if (isLiving(pid)) throw new Error(`${pid} outlived ${signal}`);
}

/** Ends everything that carries the mark, until two looks in a row find nothing. */
async function endMarked({ mark }) {
  for (let empty = 0, round = 0; empty < 2 && round < 100; round += 1) {
    const living = processes().filter((one) => one.madeIn === mark && one.state !== 'Z');
    empty = living.length === 0 ? empty + 1 : 0;
    for (const { pid } of living) endQuietly(pid);
    await delay(20);
  }
}

function endQuietly(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** What is a zombie by its first thread hands its children over only when its last thread is gone. */
function isLiving(pid) {
  return describe(pid).some(({ state }) => state !== 'Z' || threadsOf(pid) > 1);
}

function threadsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0;
    throw error;
  }
}

function processes() {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const ends = { unix: unixReferences(), pipes: pipeEnds(pids) };
  return pids.flatMap((pid) => describe(pid, ends));
}

function describe(pid, ends) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const variables = environmentOf(pid);
    return [
      {
        pid,
        parent: Number(parent),
        group: Number(group),
        session: Number(session),
        state,
        name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
        argv: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1),
        cwd: linkOf(`/proc/${pid}/cwd`),
        executable: linkOf(`/proc/${pid}/exe`),
        stdio: [0, 1, 2].map((fd) => describeStream(linkOf(`/proc/${pid}/fd/${fd}`), pid, ends)),
        madeIn: variables.MADE_IN ?? null,
        madeAs: variables.MADE_AS ?? null,
      },
    ];
  } catch (error) {
    if (VANISHED.has(error.code)) return [];
    throw error;
  }
}

function environmentOf(pid) {
  const text = readFileSync(`/proc/${pid}/environ`, 'utf8');
  return Object.fromEntries(
    text.split('\0').flatMap((entry) => (entry.includes('=') ? [entry.split(/=(.*)/s).slice(0, 2)] : [])),
  );
}

function linkOf(path) {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (VANISHED.has(error.code)) return null;
    throw error;
  }
}

/**
 * A stream, and whether somebody is at its other end. The kernel counts 3 references for a socket with a peer and 2
 * for one without; the end of a pipe is looked for among the descriptors of all others.
 */
function describeStream(link, pid, ends) {
  const socket = link?.match(/^socket:\[(\d+)\]$/)?.[1];
  if (socket !== undefined) return { link, peer: ends?.unix.get(socket) === 3 };
  if (link?.startsWith('pipe:')) return { link, peer: [...(ends?.pipes.get(link) ?? [])].some((one) => one !== pid) };
  return { link, peer: null };
}

function pipeEnds(pids) {
  const holders = new Map();
  for (const pid of pids) {
    for (const link of descriptorsOf(pid)) {
      if (link?.startsWith('pipe:')) holders.set(link, (holders.get(link) ?? new Set()).add(pid));
    }
  }
  return holders;
}

function descriptorsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  } catch (error) {
    if (VANISHED.has(error.code)) return [];
    throw error;
  }
}

function unixReferences() {
  const rows = readFileSync('/proc/net/unix', 'latin1').trim().split('\n').slice(1);
  return new Map(rows.map((row) => row.trim().split(/\s+/)).map((cells) => [cells[6], Number.parseInt(cells[1], 16)]));
}

/** Bytes of each process: resident, and its share of them when shared pages are counted once. */
function memory({ pids }) {
  return pids.map((pid) => {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
    const bytes = (field) => Number(text.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))[1]) * 1024;
    return { pid, resident: bytes('Rss'), share: bytes('Pss') };
  });
}

function answers({ port }) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.resetAndDestroy();
      resolve(true);
    });
  });
}

/** Runs a command to its end. Each time its output matches `when`, `keys` are typed. */
function run({ argv: [file, ...args], cwd, env, keys, when }) {
  const child = spawn(file, args, { cwd, env, stdio: [keys === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  let typed = false;
  const hear = (stream) => (text) => {
    said[stream] += text;
    if (keys === undefined || typed || !new RegExp(when).test(said.stdout + said.stderr)) return;
    typed = true;
    child.stdin.write(keys);
  };
  for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', hear(stream));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}
