/**
 * Literal words for a fast scan of a large file: a line that tells of a cause contains one of them, in the case
 * given here, unless its signature has none. Few, because every word costs time; and rare in a healthy log.
 */
export const CAUSE_WORDS = [
  'Aborted',
  'ENOSPC',
  'Exception',
  'Failed with result',
  'Killed',
  'REFUSED',
  'SIG',
  'Segmentation',
  'WORKER TIMEOUT',
  'denied',
  'dial tcp',
  'equired',
  'f memory',
  'getaddrinfo',
  'in use',
  'issing',
  'memory-restart',
  'not set',
  'nvironment',
  'odule n',
  'panic',
  'process exited',
  'rror',
  'to signal',
] as const;

/** One of the words a fast scan looks for. */
export type CauseWord = (typeof CAUSE_WORDS)[number];
