import type { Cause } from '../cause.ts';

export const watchdogTimeout: Cause = {
  code: 'WATCHDOG_TIMEOUT',
  title: 'It did not report in time, and the watchdog ended it',
  remedy: [
    'Find what blocks the event loop for longer than the limit: synchronous work, or a wait at start.',
    'Send WATCHDOG=1 from a timer of the service itself, at half of WatchdogSec.',
    'A start that is slow by nature: raise WatchdogSec (gunicorn: --timeout).',
  ],
  wrongRemedies: ['Reading the SIGABRT as a fault of native code: the watchdog sent it.'],
  falseFriends: ['`status=6/ABRT` without a watchdog line: SIGABRT.'],
  watch: 'The delay of the event loop, and how long before the end the service last logged.',
  signatures: [
    {
      from: 'systemd',
      words: ['Failed with result'],
      pattern: /\bWatchdog timeout \(limit (?<limit>[^)]+)\)|Failed with result 'watchdog'/,
      confidence: 'A',
      specificity: 98,
    },
    {
      from: 'gunicorn',
      words: ['WORKER TIMEOUT'],
      pattern: /\[CRITICAL\] WORKER TIMEOUT \(pid:(?<pid>\d+)\)/,
      confidence: 'A',
      specificity: 95,
    },
  ],
};
