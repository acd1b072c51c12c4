import { restartLoop } from '../../src/checks/restart-loop.ts';
import type { LoopFinding } from '../../src/model/finding.ts';
import type { CauseWords, LogCause, LogFacts, LogLine, ServiceLog } from '../../src/model/log.ts';
import type { PortOccupancy } from '../../src/model/port.ts';
import type { ProcessInfo } from '../../src/model/process.ts';
import { aContext } from './a-snapshot.ts';

/** A line of a log, the one that names the cause unless told otherwise. */
export const aLine = (said: Partial<LogLine> = {}): LogLine => ({
  file: 'logs/web-error.log',
  line: 12,
  text: 'Error: listen EADDRINUSE: address already in use 127.0.0.1:3000',
  role: 'cause',
  ...said,
});

/** The cause of a loop on a taken port, unless told otherwise. */
export const aCause = (said: Partial<LogCause> = {}): LogCause => ({
  code: 'EADDRINUSE',
  confidence: 'A',
  detail: { port: '3000', address: '127.0.0.1' },
  ...said,
});

export const NO_CAUSE: LogCause = { code: 'NONE', confidence: 'C', detail: {} };

const WORDS: CauseWords = {
  title: 'Port 3000 is already taken',
  remedy: ['Ask who holds it: devdoctor why 3000.', 'Give one of the two another port.'],
  wrongRemedies: ['Restarting it again: the port stays taken.'],
  watch: 'Who listens at the moment of the next start.',
};

/** What the logs say of a service that restarts again and again on a taken port. */
export const aServiceLog = (said: Partial<ServiceLog> = {}): ServiceLog => ({
  service: 'web',
  files: ['logs/web-error.log'],
  runner: 'pm2',
  restarts: 14,
  unplanned: 14,
  edits: 0,
  windowSeconds: 120,
  restartLoop: true,
  pastLoop: false,
  stillGoing: true,
  gaveUp: false,
  ambiguous: null,
  rootCause: aCause(),
  words: WORDS,
  alternatives: [],
  evidence: [aLine()],
  location: null,
  fingerprint: 'EADDRINUSE listen address already in use',
  ...said,
});

/** The cause of restarts that a watcher makes because the service writes what is watched. */
export const SELF_TRIGGER: LogCause = { code: 'WATCH_SELF_TRIGGER', confidence: 'C', detail: { path: 'data' } };

/** What a doubt says, and what would end it. */
export const DOUBT: NonNullable<ServiceLog['ambiguous']> = {
  why: 'the log shows starts and never an end',
  watch: 'Run devdoctor check --watch for a minute.',
};

/** Everything the logs say. */
export const logFacts = (services: readonly ServiceLog[], said: Partial<LogFacts> = {}): LogFacts => ({
  services,
  outcomes: [],
  named: true,
  trees: [],
  ...said,
});

/** What the machine shows besides. */
export interface Beside {
  readonly logs?: Partial<LogFacts>;
  readonly logPorts?: readonly PortOccupancy[];
  readonly processes?: readonly ProcessInfo[];
}

/** What the check says of these services. */
export const loopsOf = (
  services: readonly ServiceLog[],
  { logs, logPorts = [], processes = [] }: Beside = {},
): readonly LoopFinding[] => {
  const facts = { logs: logFacts(services, logs), logPorts, processes };
  return [...restartLoop.examine(facts, aContext())].flatMap((finding) =>
    finding.check === 'restart-loop' ? [finding] : [],
  );
};

/** What the check says of one service, which it must find. */
export const loopOf = (said: Partial<ServiceLog> = {}, beside: Beside = {}): LoopFinding => {
  const [finding, ...others] = loopsOf([aServiceLog(said)], beside);
  if (finding === undefined || others.length > 0) throw new Error('one service is one finding');
  return finding;
};
