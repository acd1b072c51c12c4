import { cpus, loadavg, release, totalmem } from 'node:os';

import { judgeLimits, megabytes } from './limits.mjs';
import { median, medianOfRounds } from './statistics.mjs';

const QUESTIONS = {
  busy: 'a port somebody holds',
  free: 'a free port',
  whole: 'everything: ports, left-behind processes, memory',
};
const NONE = '–';

const count = (value) => value.toLocaleString('en-US');
const ms = (value) => (value === undefined ? NONE : value === Infinity ? 'never' : String(Math.round(value)));
const ratio = (value) => (value === undefined || Number.isNaN(value) ? NONE : `${value.toFixed(2)}x`);

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/**
 * Facts about the machine that explain the numbers and tell nothing about whose machine it is.
 */
export function machineFacts() {
  // Vendors append their own name to the release; the version is what matters.
  const kernel = /^\d+(\.\d+)*/.exec(release())?.[0] ?? 'unknown';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB memory`;
  return [`${cpus().length} cores`, memory, `Linux ${kernel}`, process.arch, `Node.js ${process.versions.node}`].join(
    ', ',
  );
}

/** The load before the benchmark adds its own: says how far wall times can be trusted. */
export const loadBefore = () => loadavg()[0].toFixed(1);

/**
 * The results page.
 * @param {{ few?: object, heavy?: object }} results
 * @param {{ facts: string, load: string, date: string }} about
 */
export function renderReport(results, about) {
  const states = Object.values(results);
  return (
    [
      '# Benchmark results',
      `Made ${about.date} by \`node bench/run.mjs\` on ${about.facts}. Load average before: ${about.load}.`,
      '## Against the limits',
      limitsTable(results),
      '## What the states contained',
      statesTable(states),
      ...states.flatMap(renderState),
      '## Left out',
      skippedList(states),
      '## How it was measured',
      METHOD,
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

function limitsTable(results) {
  const word = (holds) => (holds === undefined ? 'not measured' : holds ? 'holds' : '**does not hold**');
  return table(
    ['limit', 'measured', 'verdict'],
    judgeLimits(results).map((r) => [r.limit, r.measured, word(r.holds)]),
  );
}

function statesTable(states) {
  const head = ['state', 'processes', 'open fds', 'TCP listeners', 'connections', 'sockets of them', 'users'];
  const cells = ({ state, counts: c }) => [state, c.processes, c.fds, c.listeners, c.connections, c.sockets, c.users];
  return table(
    head,
    states.map((result) => cells(result).map((v) => (typeof v === 'number' ? count(v) : v))),
  );
}

function renderState(result) {
  const questions = Object.entries(QUESTIONS).flatMap(([question, words]) => [
    `### \`check\`, ${result.state}: ${words}`,
    checkTable(result, question),
  ]);
  return [`## State: ${result.state}`, ...questions, `### \`fix\`, ${result.state}`, fixTable(result)];
}

function checkTable({ commands, check, memory }, question) {
  const runs = check[question];
  const head = ['command', 'CPU ms', 'CPU ratio', 'wall ms', 'wall ratio', 'peak RSS MB', 'RSS ratio', 'right answers'];
  const base = { runs: runs.devdoctor, peak: median(memory[question].devdoctor ?? []) };
  const rows = (question === 'whole' ? commands.whole : commands.check)
    .filter(({ id }) => runs[id])
    .map(({ id, label }) => {
      const peak = median(memory[question][id]);
      const right = id === 'floor' ? NONE : `${runs[id].filter((run) => run.right).length} of ${runs[id].length}`;
      const timing = ['cpu', 'wall'].flatMap((field) => pair(runs[id], base.runs, (run) => run[field]));
      return [label, ...timing, megabytes(peak).toFixed(1), ratio(base.peak && peak / base.peak), right];
    });
  return table(head, rows);
}

function fixTable({ commands, fix, memory }) {
  const head = [
    'command',
    'ms until bindable',
    'ratio',
    'ms until the command ended',
    'peak RSS MB',
    'exit codes',
    'freed',
  ];
  const rows = commands.fix
    .filter(({ id }) => fix[id])
    .map(({ id, label }) => {
      const runs = fix[id];
      const codes = [...new Set(runs.map((run) => run.exit))].join(', ');
      const freed = `${runs.filter((run) => run.freed !== undefined).length} of ${runs.length}`;
      const timing = pair(runs, fix.devdoctor, (run) => run.freed ?? Infinity);
      return [
        label,
        ...timing,
        ms(median(runs.map((run) => run.done))),
        megabytes(median(memory.fix[id])).toFixed(1),
        codes,
        freed,
      ];
    });
  return table(head, rows);
}

/** Median, and the median over the rounds of its ratio to devdoctor. */
function pair(runs, base, value) {
  const mine = runs.map(value);
  const quotient = base && medianOfRounds([mine, base.map(value)], (peer, own) => peer / own);
  return [ms(median(mine)), ratio(quotient)];
}

function skippedList(states) {
  const all = states
    .flatMap(({ commands }) => [...commands.check, ...commands.whole, ...commands.fix])
    .filter((command) => command.skipped);
  const lines = new Set(all.map(({ label, skipped }) => `- ${label.trim()}: ${skipped}`));
  return lines.size === 0 ? 'Nothing: every command was found.' : [...lines].join('\n');
}

const METHOD = `- Each state, and everything measured in it, lives in a fresh pid and network namespace; the commands see nothing else.
- All commands run in turn within a round (A B C A B C ...). Numbers are medians; a ratio is the median over the rounds of
  "this command / devdoctor" within the same round, so above 1 devdoctor is ahead.
- CPU is user + system time of the whole process with every child it waited for, and wall its duration, both by the \`time\` of bash
  (1 ms steps). One unkept round warms the page cache. NODE_EXTRA_CA_CERTS, NODE_OPTIONS and npm's variables are unset.
- Peak RSS is the kernel's high-water mark (VmHWM) of the largest process of the command's tree, read every millisecond from
  /proc in runs of its own; growth in the very last millisecond is missed.
- The holder of the busy port is older than the load. A right answer names exactly that pid, or nobody for the free port.
- \`fix\`: a fresh listener for every run; the clock goes from the start of the command until the port can be bound, tried
  about every millisecond by a socket that never listens, so that the trial does not disturb the command. What a command
  does after that (devdoctor looks again) is in its own column.`;
