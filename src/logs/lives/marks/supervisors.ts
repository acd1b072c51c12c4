import type { MarkRule } from './mark-rule.ts';

const CONTAINER = String.raw`\(.*?\bname=(?<service>[\w.-]+)`;

/** Programs that start again what ended. */
export const SUPERVISORS: readonly MarkRule[] = [
  {
    runner: 'docker',
    kind: 'start',
    needle: 'container start ',
    pattern: new RegExp(`container start [0-9a-f]+ ${CONTAINER}`),
  },
  {
    runner: 'docker',
    kind: 'end',
    needle: 'container die ',
    pattern: new RegExp(
      String.raw`container die [0-9a-f]+ \((?:.*?\bexitCode=(?<code>\d+))?.*?\bname=(?<service>[\w.-]+)`,
    ),
  },
  {
    runner: 'docker',
    kind: 'asked',
    needle: 'container kill ',
    pattern: new RegExp(`container kill [0-9a-f]+ ${CONTAINER}`),
  },
  {
    runner: 'docker',
    kind: 'note',
    needle: 'container oom ',
    pattern: new RegExp(`container oom [0-9a-f]+ ${CONTAINER}`),
  },
  {
    runner: 'compose',
    kind: 'end',
    needle: ' exited with code ',
    pattern: /^(?<service>[\w.-]+?)(?:[-_]\d+)? exited with code (?<code>\d+)(?: \(restarting\))?$/,
    onlyPrefixed: true,
  },
  {
    runner: 'concurrently',
    kind: 'end',
    needle: ' exited with code ',
    pattern: /^.+ exited with code (?:(?<code>\d+)|(?<signal>SIG\w+))$/,
    onlyPrefixed: true,
  },
  {
    runner: 'concurrently',
    kind: 'start',
    needle: ' restarted',
    pattern: /^\S.* restarted$/,
    silentFirst: true,
    onlyPrefixed: true,
  },
  { runner: 'forever', kind: 'end', needle: 'Forever detected', pattern: /script exited with code: (?<code>\d+)/ },
  { runner: 'forever', kind: 'end', needle: 'Forever detected', pattern: /killed by signal: (?<signal>\w+)/ },
  {
    runner: 'forever',
    kind: 'start',
    needle: 'restart attempt #',
    pattern: /Script restart attempt #/,
    silentFirst: true,
  },
  {
    runner: 'forever',
    kind: 'start',
    needle: 'Forever restarting',
    pattern: /Forever restarting script for/,
    silentFirst: true,
  },
  { runner: 'supervisord', kind: 'start', needle: 'spawned: ', pattern: /spawned: '(?<service>[^']+)' with pid \d+/ },
  {
    runner: 'supervisord',
    kind: 'end',
    needle: 'exited: ',
    pattern: /exited: (?<service>\S+) \((?:exit status (?<code>\d+)|terminated by (?<signal>SIG\w+))/,
  },
  {
    runner: 'supervisord',
    kind: 'asked',
    needle: 'waiting for ',
    pattern: /waiting for (?<service>\S+) to (?:stop|die)/,
  },
  { runner: 'supervisord', kind: 'gave-up', needle: 'gave up: ', pattern: /gave up: (?<service>\S+) entered FATAL/ },
];

/** Servers that tell of their own start or of their workers. */
export const SERVERS: readonly MarkRule[] = [
  { runner: 'gunicorn', kind: 'start', needle: 'Starting gunicorn', pattern: /Starting gunicorn \d/ },
  {
    runner: 'gunicorn',
    kind: 'start',
    start: 'gunicorn worker',
    needle: 'Booting worker',
    pattern: /Booting worker with pid: (?<instance>\d+)/,
    many: true,
  },
  {
    runner: 'gunicorn',
    kind: 'end',
    needle: 'Worker ',
    pattern: /Worker \(pid:\d+\) (?:was sent (?<signal>SIG\w+)|exited with code (?<code>\d+))/,
  },
  {
    runner: 'gunicorn',
    kind: 'end',
    needle: 'terminated due to signal',
    pattern: /Worker with pid \d+ was terminated due to signal (?<signal>\d+)/,
  },
  {
    runner: 'gunicorn',
    kind: 'asked',
    needle: 'Handling signal: ',
    pattern: /Handling signal: (?:term|hup|int|quit|usr2)/,
  },
  {
    runner: 'uvicorn',
    kind: 'start',
    needle: 'Started server process',
    pattern: /Started server process \[\d+\]/,
    outer: true,
  },
  {
    runner: 'spring',
    kind: 'start',
    needle: ' with PID ',
    pattern: /\bStarting \S+ .*with PID (?<instance>\d+)/,
    outer: true,
    byPid: true,
  },
  { runner: 'puma', kind: 'start', needle: 'Puma starting', pattern: /Puma starting in/, outer: true },
  { runner: 'next', kind: 'start', needle: 'Next.js ', pattern: /^\s*▲ Next\.js \d/, outer: true },
];

/** Package runners. */
export const SCRIPTS: readonly MarkRule[] = [
  { runner: 'npm', kind: 'start', needle: '> ', pattern: /^> (?:@[\w.-]+\/)?[\w.-]+@\d\S* \S+/, outer: true },
  { runner: 'npm', kind: 'start', start: 'script', needle: '$ ', pattern: /^\$ [\w./-]+(?: |$)/, outer: true },
  {
    runner: 'npm',
    kind: 'end',
    needle: 'ELIFECYCLE',
    pattern: /ELIFECYCLE\S* (?: ?Command failed with exit code (?<code>\d+))?/,
  },
  {
    runner: 'npm',
    kind: 'end',
    needle: 'ommand failed',
    pattern: /^(?:npm \S+ |error )[Cc]ommand failed(?: with exit code (?<code>\d+))?/,
  },
];
