import type { Cause } from '../cause.ts';

const FIRST_FRAME = 'Open the first line of the stack that is your own code; `devdoctor check` names it.';
const NOT_CAUGHT =
  "Catching everything with process.on('uncaughtException') and going on: nobody knows what state the program is in.";

/** How runners tell that something ended; they do not know why. */
const EXIT_MARK =
  /^npm (?:error|ERR!)|ELIFECYCLE|Command failed|\bexit(?:ed|ing)?(?: with)? (?:code|status|error)|Lifecycle script|^\[nodemon\]|Failed running|Script restart attempt/i;

export const unhandledRejection: Cause = {
  code: 'UNHANDLED_REJECTION',
  title: 'A promise was rejected and nobody caught it',
  remedy: [
    FIRST_FRAME,
    'Await the promise inside try and catch, or give it a catch.',
    'No stack: the reason was no Error. Reject with an Error, or run with --trace-uncaught.',
  ],
  wrongRemedies: [NOT_CAUGHT, '--unhandled-rejections=warn: the fault stays and is only told more softly.'],
  falseFriends: [
    'Under PM2 in cluster mode it is printed and the process goes on: an error, and no restart.',
    'A rejected Error looks exactly like an uncaught one on most versions: UNCAUGHT_EXCEPTION is as good a name.',
  ],
  watch: 'The lines before it: the request or job that was being done.',
  signatures: [
    {
      from: 'Node, a reason that is no Error',
      words: ['rror'],
      pattern: /\bUnhandledPromiseRejection: (?<problem>.*)/,
      confidence: 'A',
      specificity: 22,
    },
    {
      from: 'Node, warning of older versions or by option',
      words: ['rror'],
      pattern: /\bUnhandledPromiseRejectionWarning: (?<problem>.*)/,
      onlyInCrash: true,
      confidence: 'B',
      specificity: 21,
    },
    {
      from: 'PM2 or a handler of the program, in the lines below its own',
      words: ['rror'],
      pattern: /^(?:\S+: )?(?<kind>[A-Z]\w*(?:Error|Exception)?)(?: \[[^\]]+\])?: (?<problem>.*)/,
      below: /\b[Uu]nhandled[ _]?(?:[Pp]romise[ _]?)?[Rr]ejection\b/,
      confidence: 'A',
      specificity: 22,
    },
    {
      from: 'a handler of the program',
      words: ['rror'],
      pattern: /\b[Uu]nhandled[ _]?(?:[Pp]romise[ _]?)?[Rr]ejection\b/,
      onlyInCrash: true,
      confidence: 'B',
      specificity: 20,
    },
  ],
};

export const uncaughtException: Cause = {
  code: 'UNCAUGHT_EXCEPTION',
  title: 'An error that nobody caught ended the program',
  remedy: [FIRST_FRAME, 'Mend what the message names; handle the case where it can happen.'],
  wrongRemedies: [NOT_CAUGHT, 'More restarts: the same input brings the same error.'],
  falseFriends: [
    'A stack that a handler logged, with no end after it.',
    'The tail of npm, pnpm or yarn: it tells that a script ended, never why.',
  ],
  watch: 'The lines before it: the request or job that was being done.',
  signatures: [
    {
      from: 'Go',
      words: ['panic'],
      pattern: /^panic: (?<problem>.*)/,
      confidence: 'A',
      specificity: 55,
    },
    {
      from: 'Go, the runtime',
      words: ['rror'],
      pattern: /^fatal error: (?<problem>.*)/,
      confidence: 'A',
      specificity: 52,
    },
    {
      from: 'Java',
      words: ['Exception'],
      pattern: /^Exception in thread "[^"]*" (?<kind>[\w.$]+)(?:: (?<problem>.*))?/,
      confidence: 'A',
      specificity: 52,
    },
    {
      from: 'Ruby',
      words: ['rror', 'Exception'],
      pattern: /^\S+\.r[bu]:\d+:in [`'].*?': (?<problem>.*) \((?<kind>[\w:]+)\)$/,
      confidence: 'A',
      specificity: 52,
    },
    {
      from: 'Rust',
      words: ['panic'],
      pattern: /^thread '[^']*'(?: \(\d+\))? panicked at /,
      confidence: 'A',
      specificity: 52,
    },
    {
      from: 'Node, Python: a name that ends in Error or Exception',
      words: ['rror', 'Exception'],
      pattern:
        /^(?:\S+:\s|\[\S+\]\s|Uncaught\s)?(?<kind>(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception))(?: \[[^\]]+\])?(?:: (?<problem>.*)|$)/,
      onlyInCrash: true,
      confidence: 'B',
      specificity: 20,
    },
    {
      from: 'a line of a logger with an error in it',
      words: ['rror', 'Exception'],
      pattern:
        /(?:^|[\s:(["])(?<kind>(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception)|Error)(?: \[[^\]]+\])?: (?<problem>\S.*)/,
      onlyInCrash: true,
      confidence: 'B',
      specificity: 16,
    },
    {
      from: 'a logger that names the level',
      words: ['rror', 'Exception'],
      pattern: /^(?:\S+\s+){0,5}?[[(<]?(?:ERROR|FATAL|CRITICAL|PANIC|error|fatal|critical)\b\S{0,3}\s+(?<problem>\S.*)/,
      unless: EXIT_MARK,
      onlyInCrash: true,
      confidence: 'C',
      specificity: 8,
    },
  ],
};
