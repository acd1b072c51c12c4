import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { killers, lookups, wholes } from './commands.mjs';
import { countState } from './count-state.mjs';
import { ended, peakRss, timeRun } from './measure.mjs';
import { timeToFree } from './time-to-free.mjs';

const BUSY = 3000;
const FREE = 4000;
const TO_FREE = 5000;

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);

async function startAndWait(argv, place) {
  const child = spawn(process.execPath, argv, {
    cwd: place.cwd,
    env: place.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const early = ended(child).then((code) => Promise.reject(new Error(`${argv[0]} ended before it was ready: ${code}`)));
  early.catch(() => {});
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), early]);
  return child;
}

/** A project folder of its own, so that no command reads this repository's files or writes to the user's state. */
function preparePlace(scratch, state) {
  const cwd = join(scratch, state, 'project');
  mkdirSync(cwd, { recursive: true });
  // A look at everything asks about the free port: the search for a holder is measured by itself.
  const manifest = { name: 'bench-project', private: true, devdoctor: { ports: [FREE] } };
  writeFileSync(join(cwd, 'package.json'), `${JSON.stringify(manifest)}\n`);
  const env = { ...process.env, TMPDIR: scratch, DEVDOCTOR_HOME: join(scratch, state, 'home') };
  return { cwd, env, scratch: join(scratch, state) };
}

function sameSet(a, b) {
  return a.length === b.length && a.every((value) => b.includes(value));
}

function isRight(command, stdout, expected) {
  if (!command.pids) return true;
  try {
    return sameSet([...new Set(stdout.trim() ? command.pids(stdout) : [])], expected);
  } catch {
    return false;
  }
}

/** One round runs every command once, one after the other, so that a drift of the machine hits all alike. */
async function timeLookups(commands, questions, rounds, place) {
  const runs = {};
  for (let round = -1; round < rounds; round += 1) {
    for (const [question, { port, expected }] of Object.entries(questions)) {
      for (const command of commands) {
        const { stdout, ...run } = await timeRun(command.argv(port), place);
        // Round -1 warms the page cache for all of them and is not kept.
        if (round < 0) continue;
        const list = ((runs[question] ??= {})[command.id] ??= []);
        list.push({ ...run, right: isRight(command, stdout, expected) });
      }
    }
    if (round >= 0) say(`  check: round ${round + 1} of ${rounds}`);
  }
  return runs;
}

async function measureMemory(commands, questions, rounds, place) {
  const peaks = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [question, { port }] of Object.entries(questions)) {
      for (const command of commands) {
        const list = ((peaks[question] ??= {})[command.id] ??= []);
        list.push(await peakRss(command.argv(port), place));
      }
    }
  }
  say('  memory: done');
  return peaks;
}

/** A fresh listener for one command, and whatever the command left of it removed. */
async function withListener(place, act) {
  const listener = await startAndWait([script('listener.mjs'), String(TO_FREE)], place);
  const result = await act();
  if (listener.exitCode === null && listener.signalCode === null) {
    const gone = ended(listener);
    listener.kill('SIGKILL');
    await gone;
  }
  return result;
}

async function measureKillers(commands, rounds, place, measure) {
  const runs = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const command of commands) {
      const run = await withListener(place, () => measure(command.argv(TO_FREE)));
      (runs[command.id] ??= []).push(run);
    }
    say(`  fix: round ${round + 1} of ${rounds}`);
  }
  return runs;
}

const withoutPrivate = ({ id, label, skipped }) => ({ id, label, skipped });
const measurable = (commands) => commands.filter((command) => !command.skipped);

async function main({ state, scratch, rounds, out }) {
  const place = preparePlace(scratch, state);
  // The busy port's holder is older than the load: no tool may profit from looking at the newest process first.
  const target = await startAndWait([script('listener.mjs'), String(BUSY)], place);
  await startAndWait([script('generate-load.mjs'), state], place);
  const counts = countState();
  say(`${state}: ${JSON.stringify(counts)}`);
  const questions = { busy: { port: BUSY, expected: [target.pid] }, free: { port: FREE, expected: [] } };
  const everything = { whole: { port: FREE, expected: [] } };
  const [find, free, whole] = [lookups(), killers(), wholes()];
  const check = {
    ...(await timeLookups(measurable(find), questions, rounds.check, place)),
    ...(await timeLookups(measurable(whole), everything, rounds.check, place)),
  };
  const memory = {
    ...(await measureMemory(measurable(find), questions, rounds.memory, place)),
    ...(await measureMemory(measurable(whole), everything, rounds.memory, place)),
  };
  const freeing = measurable(free);
  const fix = await measureKillers(freeing, rounds.fix, place, (argv) => timeToFree(argv, TO_FREE, place));
  memory.fix = await measureKillers(freeing, rounds.memory, place, (argv) => peakRss(argv, place));
  const commands = { check: find.map(withoutPrivate), whole: whole.map(withoutPrivate), fix: free.map(withoutPrivate) };
  writeFileSync(out, JSON.stringify({ state, counts, commands, check, memory, fix }));
}

// The maker of the namespace holds the other end: when it is gone, so is the reason to run.
process.stdin.on('end', () => process.exit(1)).resume();
await main(JSON.parse(process.argv[2]));
process.exit(0);
