// The supervisor beside PM2 on the same work, as ratios within one run.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { cleanEnvironment } from './clean-environment.mjs';
import { findNamespace, runInNamespace } from './namespace.mjs';
import { loadBefore, machineFacts } from './report.mjs';
import { installPm2 } from './supervisor/install-pm2.mjs';
import { renderPage } from './supervisor/page.mjs';
import { PARTS } from './supervisor/parts/index.mjs';
import { SHIM } from './supervisor/tools.mjs';

const USAGE = `Usage: node bench/supervisor.mjs [--quick] [--only ${Object.keys(PARTS).join('|')}] [--out FILE]`;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);

function readFlags() {
  const options = {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    out: { type: 'string' },
    help: { type: 'boolean' },
  };
  try {
    const { values } = parseArgs({ options });
    const unknown = values.only?.find((name) => !Object.hasOwn(PARTS, name));
    if (unknown !== undefined) throw new Error(`there is no part "${unknown}"`);
    return values;
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

async function measurePart(part, flags, { scratch, quick, pm2 }) {
  const out = join(scratch, `${part}.json`);
  const order = JSON.stringify({ part, quick, pm2, scratch: join(scratch, part), out });
  const from = performance.now();
  const code = await runInNamespace(flags, [here('supervisor/session.mjs'), order], cleanEnvironment());
  say(`${part}: ${Math.round((performance.now() - from) / 1000)} s`);
  // What the other parts measure is worth no less for it; the page says which one is not there.
  if (code !== 0) return null;
  return JSON.parse(readFileSync(out, 'utf8'));
}

function makeScratch() {
  const scratch = mkdtempSync(join(tmpdir(), 'devdoctor-bench-'));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const peer = join(scratch, 'peer');
  mkdirSync(peer);
  return { scratch, peer };
}

async function main() {
  const values = readFlags();
  if (values.help) return console.log(USAGE);
  if (!existsSync(SHIM)) throw new Error('nothing is built here\n  try: npm run build');
  const { flags, reason } = findNamespace();
  if (!flags) return console.log(`Benchmark skipped: no namespace of its own can be opened here.\n${reason}`);
  const about = { facts: machineFacts(), load: loadBefore(), date: new Date().toISOString().slice(0, 10) };
  const { scratch, peer } = makeScratch();
  const installed = installPm2(peer);
  if (installed.bin === null) say(`PM2 could not be installed: ${installed.reason}`);
  const results = {};
  for (const part of values.only ?? Object.keys(PARTS)) {
    results[part] = await measurePart(part, flags, { scratch, quick: values.quick, pm2: installed.bin });
  }
  const page = renderPage(results, { ...about, isQuick: values.quick, missing: installed.reason });
  writeFileSync(values.out ?? here('results-supervisor.md'), page);
  console.log(page);
  if (Object.values(results).includes(null)) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
