import { judgeRow } from './judge-row.mjs';

const NONE = '–';
const HEAD = ['what', 'devdoctor', 'pm2', 'floor', 'of pm2', 'of the floor', 'limit', 'verdict'];

const TITLES = {
  list: 'Looking at services',
  start: 'Starting one app while the daemon runs',
  cold: 'Starting one app while no daemon runs',
  idle: 'Keeping 50 idle apps',
  app: 'What the app itself costs',
  crash: 'A crash',
  many: 'Many apps at once',
  logs: 'Logs',
  memory: 'Too much memory',
  faults: 'Faults',
};

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

function show(value, unit) {
  if (value === undefined) return NONE;
  if (value === Infinity) return 'never';
  const digits = Math.abs(value) < 100 && !Number.isInteger(value) ? 1 : 0;
  return `${value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}

const times = (value) => (value === undefined ? NONE : `${value.toFixed(value < 0.1 ? 3 : 2)}x`);

function limitOf(limit, unit) {
  if (limit === null) return NONE;
  if (limit.of === 'own') return `${limit.most.toLocaleString('en-US')} ${unit}`;
  const who = limit.of === 'pm2' ? 'pm2' : 'the floor';
  return 'over' in limit ? `${who} + ${limit.over} ${unit}` : `${limit.most}x ${who}`;
}

function cellsOf(row) {
  const { what, unit, own, pm2, floor, ofPm2, ofFloor, limit, holds } = judgeRow(row);
  const word = limit === null ? NONE : holds === undefined ? 'not measured' : holds ? 'holds' : '**does not hold**';
  const figures = [own, pm2, floor].map((value) => show(value, unit));
  return [what, ...figures, times(ofPm2), times(ofFloor), limitOf(limit, unit), word];
}

/**
 * The results page.
 * @param {Readonly<Record<string, readonly object[] | null>>} results rows by part; `null` where it failed
 * @param {{ date: string, facts: string, load: string, isQuick: boolean, missing: string | null }} about
 */
export function renderPage(results, { date, facts, load, isQuick, missing }) {
  const command = `node bench/supervisor.mjs${isQuick ? ' --quick' : ''}`;
  const parts = Object.entries(results).flatMap(([part, rows]) => [
    `## ${TITLES[part]}`,
    rows === null ? 'Could not be measured: its session ended early.' : table(HEAD, rows.map(cellsOf)),
  ]);
  return `${[
    '# Benchmark results of the supervisor',
    `Made ${date} by \`${command}\` on ${facts}. Load average before: ${load}.`,
    ...(missing === null ? [] : [`PM2 could not be installed, so nothing is compared with it: ${missing}`]),
    ...parts,
    '## How it was measured',
    METHOD,
  ].join('\n\n')}\n`;
}

const METHOD = `- devdoctor of this checkout beside pm2 7.0.4, in one run, on the same work. Each part has a fresh pid and network namespace;
  each tool in it a home, a temporary folder and a project of its own. There is no network, so nobody phones home.
- Both, and the floor, run in turn within a round; one unkept round warms up. Numbers are medians, ratios medians over the
  rounds of devdoctor's number divided by the other's within the same round. Below 1 devdoctor is ahead.
- CPU of a command is user + system time of its process with every child it waited for, by the \`time\` of bash. CPU of a daemon is
  what the scheduler counted for all its threads, the guardian of devdoctor's included. NODE_EXTRA_CA_CERTS, NODE_OPTIONS and
  npm's variables are unset.
- The floor of \`list\` and \`start\` is \`node -e 0\`; of an app plain \`node app.js\`; of a crash a loop in Node that spawns the same
  program under the same shim whenever it exits; of many apps a program that spawns them all and leaves.
- \`start\` of devdoctor waits until the app listens, that of pm2 does not.
- A crash is a SIGKILL of the app, timed until the kernel tells that the next one wrote its first line. Each is the first in
  a row, as later ones wait on purpose.
- The printing app numbers its lines, and each must be in the log once and whole. Rotation, which pm2 has not, is off where
  the two are compared.`;
