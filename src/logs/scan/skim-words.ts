import { CAUSE_WORDS } from '../causes/index.ts';
import { MARK_WORDS } from '../lives/marks.ts';

/** Shorter words would make the search look at every byte. */
const LEAST_LENGTH = 5;

/** What a short word stands for in logs. */
const LONGER: Readonly<Record<string, readonly string[]>> = {
  SIG: 'SIGKILL SIGSEGV SIGABRT SIGTERM SIGINT SIGHUP SIGQUIT SIGBUS SIGILL SIGTRAP SIGPIPE'.split(' '),
  rror: ['Error', 'error'],
};

/** Words of a start or of an orderly end that no runner and no error says. */
const OWN_WORDS = [
  'shutting down',
  'FATAL',
  'CRITICAL',
  'oom-kill',
  'OOMKilled',
  'CrashLoop',
  'Traceback',
  'from .env',
];

/** The words after which a log is skimmed: of causes, of runners, and those its own start lines taught. */
export const skimWords = (learned: readonly string[]): readonly string[] =>
  [...CAUSE_WORDS, ...MARK_WORDS, ...OWN_WORDS, ...learned]
    .flatMap((word) => LONGER[word] ?? [word])
    .filter((word) => word.length >= LEAST_LENGTH);
