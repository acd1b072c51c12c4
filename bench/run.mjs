import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { cleanEnvironment } from './clean-environment.mjs';
import { STATES } from './generate-load.mjs';
import { findNamespace, runInNamespace } from './namespace.mjs';
import { loadBefore, machineFacts, renderReport } from './report.mjs';

const ROUNDS = {
  full: { few: { check: 21, memory: 5, fix: 11 }, heavy: { check: 11, memory: 3, fix: 7 } },
  quick: { few: { check: 5, memory: 3, fix: 5 }, heavy: { check: 5, memory: 3, fix: 5 } },
};
const USAGE = `Usage: node bench/run.mjs [--quick] [--only ${Object.keys(STATES).join('|')}] [--out FILE]`;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

function readFlags() {
  const options = {
    quick: { type: 'boolean' },
    only: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  };
  try {
    const { values } = parseArgs({ options });
    if (values.only !== undefined && !(values.only in STATES)) throw new Error(`there is no state "${values.only}"`);
    return values;
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

async function measureState(state, rounds, scratch, flags) {
  const out = join(scratch, `${state}.json`);
  const order = JSON.stringify({ state, rounds, scratch, out });
  const code = await runInNamespace(flags, [here('session.mjs'), order], cleanEnvironment());
  if (code !== 0) throw new Error(`the ${state} state could not be measured: its session ended with ${code}`);
  return JSON.parse(readFileSync(out, 'utf8'));
}

async function main() {
  const values = readFlags();
  if (values.help) return console.log(USAGE);
  const { flags, reason } = findNamespace();
  if (!flags) return console.log(`Benchmark skipped: no namespace of its own can be opened here.\n${reason}`);
  const about = { facts: machineFacts(), load: loadBefore(), date: new Date().toISOString().slice(0, 10) };
  const rounds = values.quick ? ROUNDS.quick : ROUNDS.full;
  const scratch = mkdtempSync(join(tmpdir(), 'devdoctor-bench-'));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const results = {};
  for (const state of values.only ? [values.only] : Object.keys(STATES)) {
    results[state] = await measureState(state, rounds[state], scratch, flags);
  }
  const page = renderReport(results, about);
  writeFileSync(values.out ?? here('results.md'), page);
  console.log(page);
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
