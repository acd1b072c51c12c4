import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

import { ended } from './measure.mjs';

const GIVE_UP_MS = 20_000;

/**
 * Milliseconds from the start of a killing command until a dev server could bind the port again, and until the command
 * itself was done. The first is what a person waits for; looking again afterwards is not counted.
 * @param {readonly string[]} argv
 * @param {number} port held by a listener that the caller has just started
 * @param {{ env: NodeJS.ProcessEnv, cwd: string }} place
 * @returns {Promise<{ freed: number | undefined, done: number | undefined, exit: number | null }>}
 */
export async function timeToFree(argv, port, { env, cwd }) {
  const start = performance.now();
  const child = spawn(argv[0], argv.slice(1), { cwd, env, stdio: 'ignore' });
  let done;
  const end = ended(child).then((code) => {
    done = performance.now() - start;
    return code;
  });
  const freed = await pollUntilFree(port, start);
  const guard = setTimeout(() => child.kill('SIGKILL'), GIVE_UP_MS);
  const exit = await end;
  clearTimeout(guard);
  return { freed, done, exit };
}

async function pollUntilFree(port, start) {
  while (performance.now() - start < GIVE_UP_MS) {
    if (await bindable(port)) return performance.now() - start;
    await sleep(1);
  }
  return undefined;
}

/**
 * Binds as a client does and never listens. A listening probe would for an instant hold the port itself, and the command
 * under test, looking again at that instant, would truthfully report it as taken. Nobody serves port 1 in the namespace,
 * so a bind that succeeded ends as a refused connection.
 */
function bindable(port) {
  const socket = connect({ host: '127.0.0.1', port: 1, localAddress: '127.0.0.1', localPort: port });
  return new Promise((resolve) => socket.once('error', (error) => resolve(error.syscall === 'connect')));
}
