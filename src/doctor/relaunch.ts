import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../model/clock.ts';
import type { Relaunch } from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import { isSameProcess, type ProcessRef } from '../model/process.ts';
import { commandLine } from '../util/command-line.ts';
import { SCHEMA_VERSION, type HistoryRow, type UndoResult } from '../model/results.ts';

/** A dev server that compiles first may take this long to listen. */
const LISTEN_WAIT_MS = 20_000;
const LOOK_EVERY_MS = 100;

/** Variables every shell sets for itself say nothing about the program. */
const SHELL_VARIABLES =
  /^(?:_|PWD|OLDPWD|SHLVL|TERM.*|COLORTERM|COLUMNS|LINES|npm_.*|INIT_CWD|TMUX.*|STY|SSH_.*|XDG_.*|DBUS_.*|DISPLAY|WINDOWID|VTE_.*|LS_COLORS|NODE)$/;

const isTaken = async (port: number, { inspect }: Platform): Promise<boolean> => {
  const reading = await inspect.port(port);
  return reading.ok && reading.value.probes.some(({ outcome }) => outcome === 'in-use');
};

const listensIn = async (root: ProcessRef, port: number, { inspect }: Platform): Promise<boolean> => {
  const [listeners, below] = await Promise.all([inspect.portListeners(port), inspect.descendants([root.pid])]);
  if (!listeners.ok) return false;
  const family = new Set([root.pid, ...(below.ok ? below.value.map(({ pid }) => pid) : [])]);
  return listeners.value.some(({ holders }) => holders.some(({ pid }) => family.has(pid)));
};

const isAlive = async (root: ProcessRef, { inspect }: Platform): Promise<boolean> => {
  const now = await inspect.identify(root.pid);
  return now !== null && now.state !== 'zombie' && isSameProcess(now, root);
};

type Ending = 'listening' | 'ended' | 'silent';

const waitForPorts = async (
  root: ProcessRef,
  ports: readonly number[],
  platform: Platform,
  clock: Clock,
): Promise<Ending> => {
  const end = clock.now() + (ports.length === 0 ? 1_000 : LISTEN_WAIT_MS);
  while (clock.now() < end) {
    const listening = await Promise.all(ports.map((port) => listensIn(root, port, platform)));
    if (ports.length > 0 && listening.every(Boolean)) return 'listening';
    if (!(await isAlive(root, platform))) return 'ended';
    await clock.sleep(LOOK_EVERY_MS);
  }
  return ports.length === 0 ? 'listening' : 'silent';
};

const missingFrom = ({ environmentNames, environment }: Relaunch, own: NodeJS.ProcessEnv): readonly string[] =>
  environmentNames.filter((name) => !(name in own) && !(name in environment) && !SHELL_VARIABLES.test(name));

const refusal = async ({ relaunch: how, ports }: HistoryRow, platform: Platform): Promise<string | null> => {
  if (how === null) return 'how it was started could not be told, so it cannot be started again';
  if (!existsSync(how.cwd)) return `its folder ${how.cwd} is gone`;
  for (const port of ports) if (await isTaken(port, platform)) return `port ${port} is taken: devdoctor why ${port}`;
  return null;
};

const STATUSES: Readonly<Record<Ending, UndoResult['status']>> = {
  listening: 'started',
  ended: 'ended',
  silent: 'not-listening',
};

const DETAILS: Readonly<Record<Ending, (command: string, port: string) => string>> = {
  listening: (command, port) => `started ${command} again${port}`,
  ended: (command) => `started ${command}, but it ended at once: its log says why`,
  silent: (command) =>
    `started ${command}, but it does not listen after ${LISTEN_WAIT_MS / 1000} s: its log may say why`,
};

/** Starts an ended tree again as it was, and waits until it listens where it did. */
export const relaunch = async (
  entry: HistoryRow,
  directory: string,
  own: NodeJS.ProcessEnv,
  platform: Platform,
  clock: Clock,
): Promise<UndoResult> => {
  const base = { schemaVersion: SCHEMA_VERSION, command: 'undo', id: entry.id, ports: entry.ports } as const;
  const reason = await refusal(entry, platform);
  if (reason !== null || entry.relaunch === null) {
    return { ...base, status: 'refused', pid: null, logFile: null, detail: reason ?? '', missingVariables: [] };
  }
  const logFile = join(directory, 'logs', `undo-${entry.id}.log`);
  const root = await platform.control.launch(entry.relaunch, logFile);
  const ending = await waitForPorts(root, entry.ports, platform, clock);
  const port = entry.ports.length === 0 ? '' : `: it listens on port ${entry.ports.join(', ')}`;
  return {
    ...base,
    status: STATUSES[ending],
    pid: root.pid,
    logFile,
    detail: DETAILS[ending](commandLine(entry.relaunch.command), port),
    missingVariables: missingFrom(entry.relaunch, own),
  };
};
