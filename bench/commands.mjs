import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { binOf, findPackage, versionOfTool } from './packages.mjs';

const NODE = process.execPath;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const DEVDOCTOR = here('../bin/devdoctor.cjs');

/**
 * @typedef {object} Command
 * @property {string} id
 * @property {string} label as it stands in the results
 * @property {string} [skipped] the reason, when it cannot be measured here
 * @property {(port: number) => readonly string[]} argv
 * @property {(stdout: string) => readonly number[]} [pids] whom it named
 */

/**
 * The commands that say who holds a port, with node's own start-up as the floor.
 * @returns {readonly Command[]}
 */
export function lookups() {
  return [
    { id: 'floor', label: '`node -e 0`', argv: () => [NODE, '-e', '0'] },
    own('`devdoctor check --port P --json`', (port) => ['check', '--port', String(port), '--json'], holdersOf),
    tool('lsof', ['-v'], /revision:\s*(\S+)/, '-nP -iTCP:P -sTCP:LISTEN', firstNumbers),
    tool('ss', ['-V'], /iproute2-([\d.]+)/, "-Hltnp 'sport = :P'", (out) => numbers(out, /pid=(\d+)/g)),
    script('find-process', 'peers/find-process.mjs'),
    script('pid-port', 'peers/pid-port.mjs'),
  ];
}

/**
 * The commands that look at every process.
 * @returns {readonly Command[]}
 */
export function wholes() {
  return [
    { id: 'floor', label: '`node -e 0`', argv: () => [NODE, '-e', '0'] },
    own(
      '`devdoctor check --json`, every check',
      () => ['check', '--json'],
      () => [],
    ),
    listing('ps-list', 'peers/ps-list-pidusage.mjs', ' + pidusage, all processes'),
    listing('systeminformation', 'peers/systeminformation.mjs', ' `processes()`'),
  ];
}

/**
 * The commands that free a port.
 * @returns {readonly Command[]}
 */
export function killers() {
  return [
    own('`devdoctor fix --port P --yes`', (port) => ['fix', '--port', String(port), '--yes']),
    packaged('fkill-cli', '`fkill --silent :P`', (port) => ['--silent', `:${port}`]),
    packaged('kill-port', '`kill-port P`', (port) => [String(port)]),
  ];
}

function own(label, argv, pids) {
  const skipped = existsSync(DEVDOCTOR) ? undefined : 'bin/devdoctor.cjs is not there: npm run build';
  return { id: 'devdoctor', label, skipped, argv: (port) => [NODE, DEVDOCTOR, ...argv(port)], pids };
}

function tool(name, askVersion, pattern, pattern2, pids) {
  const version = versionOfTool(name, askVersion, pattern);
  const words = pattern2.match(/'[^']*'|\S+/g).map((word) => word.replaceAll("'", ''));
  const argv = (port) => [name, ...words.map((word) => word.replace(/\bP$/, String(port)))];
  const skipped = version === undefined ? 'not installed on this system' : undefined;
  return { id: name, label: `\`${name} ${pattern2}\` ${version ?? ''}`.trim(), skipped, argv, pids };
}

function script(name, path) {
  const found = findPackage(name);
  const skipped = found ? undefined : 'not in node_modules';
  const label = `${[name, found?.manifest.version].filter(Boolean).join(' ')} (API, one call)`;
  return { id: name, label, skipped, argv: (port) => [NODE, here(path), String(port)], pids: JSON.parse };
}

/** Another tool's table of all processes has no right answer to compare with: it must name some. */
function listing(name, path, what) {
  const found = findPackage(name);
  const skipped = found ? undefined : 'not in node_modules';
  const label = `${[name, found?.manifest.version].filter(Boolean).join(' ')}${what}`;
  const pids = (out) => (JSON.parse(out).length === 0 ? [0] : []);
  return { id: name, label, skipped, argv: () => [NODE, here(path)], pids };
}

function packaged(name, label, argv) {
  const found = findPackage(name);
  if (!found) return { id: name, label, skipped: 'not in node_modules', argv: () => [] };
  const bin = binOf(found);
  return { id: name, label: `${label} ${found.manifest.version}`, argv: (port) => [NODE, bin, ...argv(port)] };
}

const numbers = (out, pattern) => [...out.matchAll(pattern)].map((hit) => Number(hit[1]));
const firstNumbers = (out) => numbers(out, /^(?!COMMAND)\S+\s+(\d+)\s/gm);

function holdersOf(out) {
  const findings = JSON.parse(out).findings.filter((finding) => finding.check === 'port-occupied');
  return findings.flatMap((finding) => finding.data.holders.map((holder) => holder.pid));
}
