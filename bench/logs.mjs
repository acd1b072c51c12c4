// The log reader beside grep and ripgrep, on one file of 300 MB whose last hundredth is a restart loop.
// usage: node bench/logs.mjs [MEGABYTES=300] [RUNS=3]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [megabytes = '300', wanted = '3'] = process.argv.slice(2);
const runs = Number.parseInt(wanted, 10);
const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'devdoctor-bench-logs-'));

const WORDS =
  'EADDRINUSE|ECONNREFUSED|Error|Exception|Killed|Aborted|Segmentation|out of memory|panic|denied|in use|exited with|Node.js v|FATAL|Missing|required';

/** One run of a command: wall time in ms. */
const timed = (command, args) => {
  const from = performance.now();
  const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return performance.now() - from;
};

const best = (make) => Math.min(...Array.from({ length: runs }, make));

const exists = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

const bundle = async (name) => {
  const outfile = join(scratch, `${name}.mjs`);
  const entryPoints = [join(root, 'bench', `logs-${name}.mjs`)];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    nodePaths: [join(root, 'node_modules')],
  });
  return outfile;
};

/** Peak resident memory in MB, as the process itself tells at its end. */
const peakOf = (script, file) =>
  JSON.parse(execFileSync(process.execPath, [script, file], { encoding: 'utf8' })).peakMb;

try {
  const file = join(scratch, 'app.log');
  execFileSync(process.execPath, [join(root, 'fixtures/logs/huge-log-tail/gen.mjs'), file, megabytes]);
  const bytes = statSync(file).size;
  const [whole, tail] = [await bundle('whole'), await bundle('tail')];
  const start = best(() => timed(process.execPath, ['-e', '0']));
  const rows = [
    ['whole scan', best(() => timed(process.execPath, [whole, file])), peakOf(whole, file)],
    ['tail first', best(() => timed(process.execPath, [tail, file])), peakOf(tail, file)],
    ['grep -cE', best(() => timed('grep', ['-cE', WORDS, file])), null],
    ...(exists('rg') ? [['rg -c -j1', best(() => timed('rg', ['-c', '-j1', WORDS, file])), null]] : []),
  ];
  console.log(`${(bytes / 1e6).toFixed(0)} MB, best of ${runs}; node starts in ${start.toFixed(0)} ms`);
  for (const [name, ms, peak] of rows) {
    const rate = (bytes / ms / 1e6).toFixed(2);
    const memory = peak === null ? '' : `${String(peak).padStart(6)} MB peak`;
    const ratio = (ms / rows[2][1]).toFixed(2);
    const over = name === 'tail first' ? ` ${(ms - start).toFixed(0)} ms over the start of node` : '';
    console.log(
      `${name.padEnd(12)}${ms.toFixed(0).padStart(7)} ms ${rate.padStart(7)} GB/s ${ratio.padStart(6)} x grep ${memory}${over}`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
