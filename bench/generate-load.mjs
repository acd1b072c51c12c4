import { fork, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What each state is asked to contain; count-state.mjs tells what it then really contains. */
export const STATES = {
  few: { processes: 100, holders: 4, listeners: 20, connections: 40, fds: 3000 },
  heavy: { processes: 1600, holders: 40, listeners: 2000, connections: 5000, fds: 45_000 },
};

const FIRST_PORT = 10_000;
/** What a node process has open besides the sockets it was told to hold (epoll, pipes, eventfds, IPC, /dev/null). */
const FDS_OF_NODE = 19;
const SPAWNS_PER_TURN = 50;

/**
 * Starts the node processes that hold the listeners and both ends of every connection, in two phases, because a
 * connection needs its listener to exist.
 * @param {(typeof STATES)['few']} state
 */
async function startHolders(state) {
  const script = fileURLToPath(new URL('load-holder.mjs', import.meta.url));
  const order = {
    holders: state.holders,
    listeners: state.listeners / state.holders,
    connections: state.connections / state.holders,
    firstPort: FIRST_PORT,
  };
  const holders = Array.from({ length: state.holders }, (_, index) =>
    fork(script, [JSON.stringify({ ...order, index })]),
  );
  await Promise.all(holders.map((holder) => reply(holder, 'listening')));
  const connected = holders.map((holder) => reply(holder, 'connected'));
  for (const holder of holders) holder.send('connect');
  await Promise.all(connected);
}

function reply(child, word) {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => message === word && resolve());
    child.once('exit', (code) => reject(new Error(`a load holder ended early, code ${code}`)));
  });
}

/**
 * Descriptors to hand down. A quarter are unix sockets, because a reader has to tell those from TCP ones by their inode,
 * and a table of plain files would make every tool look better than it is. Node shows the number of a server's
 * descriptor nowhere but in its handle.
 */
async function inheritable() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-fd-'));
  const server = createServer().listen(join(folder, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  const files = ['one', 'two'].map((name) => openSync(join(folder, name), 'w'));
  return [server._handle.fd, files[0], files[1], openSync('/dev/null', 'r')];
}

/**
 * `sleep` is the lightest process there is; its weight for a port finder is its fd table. libuv opens /dev/null only for
 * fds 0 to 2, so every other one is given as a real number.
 */
async function startSleepers(count, extraFds) {
  const pool = await inheritable();
  const extra = Array.from({ length: extraFds }, (_, i) => pool[i % pool.length]);
  for (let i = 0; i < count; i += 1) {
    spawn('sleep', ['7200'], { stdio: ['ignore', 'ignore', 'ignore', ...extra] });
    if (i % SPAWNS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A load outside a namespace of its own would outlive its maker and weigh on everything else that runs here. */
function refuseOutsideNamespace() {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
  if (processes <= 20) return;
  console.error(`${processes} processes are visible: this is no fresh namespace; use node bench/run.mjs`);
  process.exit(2);
}

async function main(name) {
  const state = STATES[name];
  if (!state) throw new Error(`no state "${name}"; there are ${Object.keys(STATES).join(', ')}`);
  refuseOutsideNamespace();
  await startHolders(state);
  const present = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).length;
  const sleepers = state.processes - present;
  const held = state.listeners + 2 * state.connections + state.holders * FDS_OF_NODE;
  await startSleepers(sleepers, Math.round((state.fds - held) / sleepers) - 3);
  console.log('ready');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
