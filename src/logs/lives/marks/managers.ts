import type { MarkRule } from './mark-rule.ts';

const APP = String.raw`App (?:\[|name:)(?<service>[^\]:]+?)(?::| id:)(?<instance>\d+)\]?`;

/** PM2's own log. A planned stop is announced before the exit; a crash is not. */
export const PM2: readonly MarkRule[] = [
  { kind: 'start', needle: 'starting in -', pattern: new RegExp(`${APP} starting in -`), endsFirst: true },
  { kind: 'start', needle: 'execution sequence in', pattern: /for app name:(?<service>\S+) id:(?<instance>\d+)/ },
  {
    kind: 'end',
    needle: 'exited with code [',
    pattern: new RegExp(String.raw`${APP} exited with code \[(?<code>\d+)\] via signal \[(?<signal>\w+)\]`),
  },
  { kind: 'asked', needle: 'Stopping app:', pattern: /Stopping app:(?<service>\S+) id:(?<instance>\d+)/ },
  {
    kind: 'edit',
    needle: 'Change detected on path',
    pattern: /Change detected on path (?<path>.+) for app (?<service>.+) - restarting/,
  },
  {
    kind: 'memory',
    needle: '--max-memory-restart',
    pattern: /Process (?<instance>\d+) restarted because it exceeds --max-memory-restart/,
  },
  { kind: 'gave-up', needle: 'unstable restarts', pattern: /^.*Script (?<path>.+) had too many unstable restarts/ },
].map((rule) => ({ runner: 'pm2', ...rule }) as MarkRule);

const UNIT = String.raw`(?<service>[\w@.\\:-]+)\.service`;

/** systemd's messages about units, in the journal and in syslog. */
export const SYSTEMD: readonly MarkRule[] = [
  { kind: 'start', needle: 'Started ', pattern: new RegExp(`^Started ${UNIT}`) },
  {
    kind: 'end',
    needle: 'code=exited',
    pattern: new RegExp(String.raw`^${UNIT}: Main process exited, code=exited, status=(?<code>\d+)`),
  },
  {
    kind: 'end',
    needle: 'Main process exited, code=',
    pattern: new RegExp(String.raw`^${UNIT}: Main process exited, code=(?:killed|dumped), status=\d+/(?<signal>\w+)`),
  },
  { kind: 'asked', needle: 'Stopping ', pattern: new RegExp(`^Stopping ${UNIT}`) },
  // A unit that is meant to end; what starts it again is a timer or a person.
  { kind: 'asked', needle: 'Finished ', pattern: new RegExp(`^Finished ${UNIT}`) },
  { kind: 'gave-up', needle: 'repeated too quickly', pattern: new RegExp(`^${UNIT}: Start request repeated too`) },
  {
    kind: 'note',
    needle: '.service: ',
    pattern: new RegExp(`^${UNIT}: (?:Failed with result|Watchdog timeout|A process)`),
  },
  { kind: 'note', needle: '.service: ', pattern: new RegExp(`^${UNIT}: `) },
  { kind: 'note', needle: '.service', pattern: new RegExp(`^(?:Stopped|Starting|Failed to start) ${UNIT}`) },
].map((rule) => ({ runner: 'systemd', ident: 'systemd', ...rule }) as MarkRule);
