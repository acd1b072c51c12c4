import type { Level } from '../types.ts';

/** Where V8 and Node print the place before the source line and the error. */
const FRAME_HEADER = /^(?:node:[\w/.-]+|file:\/\/\S+|(?:[A-Za-z]:)?[\\/]\S+|\[eval\]|\S+\.(?:[cm]?[jt]sx?|py|rb)):\d+$/;

/** Heads that run-times print themselves for an error nobody caught, at the beginning of a line. */
const RAW_HEADS: readonly RegExp[] = [
  /^(?:Uncaught )?(?:[A-Z][\w$]*\.)*[A-Z]?[\w$]*(?:Error|Exception)(?: \[[\w.]+\])?(?::|$)/,
  /^Traceback \(most recent call last\)/,
  /^(?:panic|fatal error): /,
  /^thread '.*' panicked at/,
  /^Exception in thread /,
  /^(?:[a-z]\w*\.){2,}\w*(?:Exception|Error)\b/,
  /^FATAL ERROR: |^<--- Last few GCs --->|^# Fatal error in/,
  /^\S+\.rb:\d+:in [`']/,
  /^\[?UnhandledPromiseRejection|^Unhandled (?:rejection|promise rejection)/i,
  /^You have triggered an unhandledRejection/,
];

/** Whether a line begins what a run-time prints for an error nobody caught. */
export const isRawErrorHead = (body: string): boolean => RAW_HEADS.some((head) => head.test(body));

export const isFrameHeader = (body: string): boolean => body.length < 512 && FRAME_HEADER.test(body);

const TROUBLE =
  /\b(?:errors?|exception|fail(?:ed|ure|s)?|fatal|cannot|can't|could ?n[o']t|unable|refused|denied|missing|invalid|unhandled|uncaught|unbound variable|must be set|no module named|not (?:found|set|defined|provided|configured)|required|already in use|in use\b.*|killed|aborted|abort|panic|timed out|crash(?:ed)?|unreachable|unavailable|too many|no space|out of memory|segmentation fault|exit(?:ed|ing)? with(?: error)? (?:code|status)? ?[1-9])\b/i;
/** Class names of errors, and the system's own names. */
const ERROR_NAME = /[a-z](?:Error|Exception)\b|\bE[A-Z]{4,}\b(?=[ :,\]]|$)/;
const NO_TROUBLE = /\b(?:0|no|without) (?:errors?|failures?|failed)\b|\berrors?[=:] ?0\b/i;

/** Whether a line speaks of trouble, by its level or its words. */
export const isTrouble = (body: string, level: Level | null): boolean => {
  if (level === 'error' || level === 'fatal') return true;
  return (
    (TROUBLE.test(body) || ERROR_NAME.test(body)) && !NO_TROUBLE.test(body) && level !== 'info' && level !== 'debug'
  );
};

const CONTINUATION =
  /^\s|^$|^[}\])]+[,;]?|^\^+$|^(?:Require stack:|Emitted '|Caused by:|Instead change |Did you mean |During handling of|The above exception|Node\.js v\d|----- |- (?:[A-Za-z]:)?[\\/]|\d+: 0x|\.\.\. \d+ more|goroutine \d+|\[signal |exit status |created by |\(Use `node|At .*:\d+ char:\d+|\+ |main\.main\(|\[errors\]|\[cause\])/;

const STACK_LINE = /^\s+(?:at .+:\d+|from \S+:\d+|File ".+", line \d+)/;

/** Whether a line is a frame of a stack, whatever stands above it. */
export const isStackLine = (body: string): boolean => STACK_LINE.test(body);

/** Indented lines that stand under errors and hardly anywhere else. */
const UNDER_AN_ERROR =
  /^\s+(?:at |from |File "|\^+|\.{3} \d+ more|\d+ ?\||>? ?\d+ ?\||[\w$[\]'"-]+: |[}\])]|Plugin|- |→ at )/;

/**
 * Whether a line belongs to the error printed before it. After a run-time's own print everything indented does; after a
 * line that a program logged only what looks like a stack or its properties.
 */
export const isContinuation = (body: string, afterRaw: boolean): boolean =>
  CONTINUATION.test(body) && (afterRaw || !/^\s|^$/.test(body) || UNDER_AN_ERROR.test(body));

/** How programs of any kind say in English that they begin. */
const BEGINS =
  /\b(?:start(?:ing|ed|s|up)?|boot(?:ing|ed|strap\w*|s)?|listening|launch(?:ing|ed)?|ready|online|running (?:on|at|in)|serving)\b|\bup$|\bup on\b|\bon (?:port |:)\d{2,5}\b|inject(?:ed|ing) env|https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)/i;
const VERSION = /(?:^|[\s/@(v])\d+\.\d+(?:\.\d+)?(?:[-+][\w.]+)?\b(?!\.\d)/;
const LONE_NAME = /^[\w@/ .-]{3,40}$/;
/** Work that repeats in a healthy process also "starts". */
const REPEATED_WORK =
  /\b(?:jobs?|tasks?|request|batch|cycle|tick|iteration|sync \d|scan|poll(?:ing)?|heartbeat|health|retry|attempt|reconnect\w*|transaction|query|message|event|session|GET|POST|PUT|DELETE)\b/i;

/** What a line reads like the beginning of: a program, a piece of its work, or nothing. */
export const bootKindOf = (body: string): 'program' | 'work' | null => {
  // A name and a version are how a program introduces itself, whatever it is called.
  if (VERSION.test(body) && LONE_NAME.test(body)) return 'program';
  if (!BEGINS.test(body)) return null;
  return REPEATED_WORK.test(body) && !/\b(?:listening|server)\b/i.test(body) ? 'work' : 'program';
};

const DONE = /\b(?:done|finished|completed?|success(?:ful(?:ly)?)?|bye|all good|exiting normally|exit(?:ed)? 0)\b/i;

/** Whether a line tells that the work is over and well. */
export const isDone = (body: string, level: Level | null): boolean => DONE.test(body) && !isTrouble(body, level);

const ASKED_TO_STOP =
  /\bSIG(?:TERM|INT|HUP|QUIT)\b.{0,40}\b(?:received|clos\w+|drain\w*|shut\w*|stopp\w+|exit\w*|bye|terminat\w+)|\b(?:received|got|caught|on) SIG(?:TERM|INT|HUP|QUIT)\b|\bgrace(?:ful(?:ly)?) (?:shut|stop|exit|terminat)|\bshutting down gracefully\b/i;

/** Whether an application says that it was asked to stop. */
export const isAskedToStop = (body: string): boolean => ASKED_TO_STOP.test(body);

const TEXT_LEVEL =
  /^\W{0,4}(?:\[[^\]]{1,40}\] ?){0,3}(?:\S{1,24} )?\W{0,3}(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|SEVERE|PANIC)\b|\blevel=(\w+)|^(debug|info|warn|warning|error|fatal|npm WARN|npm warn)(?=:| )/;

const LEVELS: Readonly<Record<string, Level>> = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  notice: 'info',
  warn: 'warn',
  warning: 'warn',
  'npm warn': 'warn',
  error: 'error',
  err: 'error',
  severe: 'error',
  fatal: 'fatal',
  critical: 'fatal',
  panic: 'fatal',
};

/** The level a line of plain text tells near its beginning. */
export const levelOfText = (body: string): Level | null => {
  const match = TEXT_LEVEL.exec(body.slice(0, 120));
  if (match === null) return null;
  return LEVELS[(match[1] ?? match[2] ?? match[3] ?? '').toLowerCase()] ?? null;
};

const PIDS: readonly RegExp[] = [
  /^\[Nest\] (\d+) /,
  /^(?:\[[^\]]+\] )?\[(\d{2,10})\] \[[A-Z]+\]/,
  /^[A-Z], \[\S+ #(\d+)\]/,
  /^\s*[A-Z]{4,5}\s+(\d+) --- \[/,
  /\bpid[=: ](\d{2,10})\b/i,
];

/** The process number that a logger puts at the beginning of each line. */
export const pidOfText = (body: string): number | null => {
  const head = body.slice(0, 100);
  for (const pattern of PIDS.slice(0, 4)) {
    const match = pattern.exec(head);
    if (match !== null) return Number(match[1]);
  }
  return null;
};
