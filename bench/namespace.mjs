import { spawn, spawnSync } from 'node:child_process';

const FLAGS = ['--pid', '--net', '--fork', '--mount-proc', '--kill-child'];

/**
 * How to open a namespace of our own here: the flags, or the reason why it cannot be. Root is tried plainly first; in a
 * container root often lacks the right and a user namespace still works, as it does for everybody else.
 */
export function findNamespace() {
  if (process.platform !== 'linux') return { reason: 'namespaces exist on Linux only' };
  const roads = process.getuid() === 0 ? [FLAGS, ['-r', ...FLAGS]] : [['-r', ...FLAGS]];
  const reasons = [];
  for (const flags of roads) {
    const tried = spawnSync('unshare', [...flags, 'bash', '-c', 'ip link set lo up'], { encoding: 'utf8' });
    if (tried.status === 0) return { flags };
    reasons.push(`unshare ${flags.join(' ')}: ${tried.error?.message ?? tried.stderr.trim()}`);
  }
  return { reason: reasons.join('; ') };
}

/**
 * Descriptors that leaked into this process from whoever started it would be counted 1,600 times over, so bash closes
 * them before anything inherits them.
 */
const INSIDE = `for fd in /proc/$$/fd/*; do [ "\${fd##*/}" -gt 2 ] && eval "exec \${fd##*/}>&-"; done 2>/dev/null
ip link set lo up && "$@"; exit $?`;

/**
 * Runs a node script in a fresh pid and network namespace and waits for it. bash stays pid 1, because it buries the
 * orphans that the killing commands make and node would not. unshare ignores the polite signals, hence SIGKILL; the
 * kernel then ends everything inside.
 * @param {readonly string[]} flags
 * @param {readonly string[]} argv
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number | null>} the exit code of the script
 */
export function runInNamespace(flags, argv, env) {
  const child = spawn('unshare', [...flags, 'bash', '-c', INSIDE, 'bash', process.execPath, ...argv], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env,
  });
  const end = () => child.kill('SIGKILL');
  const stop = () => {
    end();
    process.exit(130);
  };
  process.once('exit', end);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', end);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop);
      resolve(code);
    });
  });
}
