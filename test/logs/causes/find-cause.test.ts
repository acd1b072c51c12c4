import { describe, expect, it } from 'vitest';
import { findCause } from '../../../src/logs/causes/index.ts';

const CRASHED = { exitCode: 1, signal: null, crashed: true, runner: null };

const stack = ['    at Timeout._onTimeout (/app/server.js:3:26)', '    at listOnTimeout (node:internal/timers:581:17)'];
const node = (headline: string, ...rest: readonly string[]): readonly string[] => [
  '/app/server.js:3',
  '  start();',
  '  ^',
  '',
  headline,
  ...stack,
  ...rest,
  '',
  'Node.js v22.23.3',
];

const refused = 'Error: connect ECONNREFUSED 127.0.0.1:6379';

describe('of several errors in one life', () => {
  it.each<[string, readonly string[], string, string]>([
    [
      'the one that ended it, not a port that was only skipped',
      [
        'WARN metrics: listen EADDRINUSE: address already in use :::9100 - trying next port',
        ...node('TypeError: render is not a function'),
      ],
      'UNCAUGHT_EXCEPTION',
      'TypeError: render is not a function',
    ],
    [
      'the connection that was refused, not what ioredis says of it',
      [
        `[ioredis] Unhandled error event: ${refused}`,
        ...stack,
        ...node('MaxRetriesPerRequestError: Reached the max retries per request limit (which is 2).'),
      ],
      'ECONNREFUSED_DB',
      `[ioredis] Unhandled error event: ${refused}`,
    ],
    [
      'the connection that was refused, far above, below which it was given up',
      [
        refused,
        ...Array.from({ length: 30 }, (_, index) => `waiting ${index}`),
        ...node('Error: could not connect to redis, giving up'),
      ],
      'ECONNREFUSED_DB',
      refused,
    ],
    [
      'the last error, when one far above has nothing to do with it',
      [refused, ...Array.from({ length: 30 }, (_, index) => `request ${index}`), ...node('Error: feed parse failed')],
      'UNCAUGHT_EXCEPTION',
      'Error: feed parse failed',
    ],
    ['the reason just above a general one', [refused, ...node('Error: start failed')], 'ECONNREFUSED_DB', refused],
    [
      'a fault in the code, whatever stands above',
      [refused, ...node("TypeError: Cannot read properties of undefined (reading 'query')")],
      'UNCAUGHT_EXCEPTION',
      "TypeError: Cannot read properties of undefined (reading 'query')",
    ],
    [
      'the reason inside the error that ended it',
      node('Error: database start failed', '  [cause]: Error: connect ECONNREFUSED 127.0.0.1:5432'),
      'ECONNREFUSED_DB',
      '  [cause]: Error: connect ECONNREFUSED 127.0.0.1:5432',
    ],
    [
      'want of heap, whatever was logged before',
      [
        refused,
        '<--- Last few GCs --->',
        '[1:0x1] 578 ms: Mark-Compact 47.1 (51.4) -> 46.7 (50.4) MB',
        'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      ],
      'HEAP_OOM',
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    ],
    [
      'the watchdog, not the signal it sends',
      [
        'api.service: Watchdog timeout (limit 2s)!',
        'api.service: Main process exited, code=dumped, status=6/ABRT',
        "api.service: Failed with result 'watchdog'.",
      ],
      'WATCHDOG_TIMEOUT',
      'api.service: Watchdog timeout (limit 2s)!',
    ],
    [
      'the kernel, not the signal it sends',
      [
        'api.service: Main process exited, code=killed, status=9/KILL',
        'Memory cgroup out of memory: Killed process 12 (node)',
      ],
      'OOM_KILLED',
      'Memory cgroup out of memory: Killed process 12 (node)',
    ],
    [
      'the kill, not an error that was logged before',
      [`ERROR cache: ${refused}`, 'run.sh: line 8:  3522 Killed                  node index.js'],
      'SIGKILL',
      'run.sh: line 8:  3522 Killed                  node index.js',
    ],
    [
      'the last of two that are as specific',
      [
        'Error: listen EADDRINUSE: address already in use :::3000',
        "Error: Cannot find package 'x' imported from /app/a.mjs",
      ],
      'MODULE_NOT_FOUND',
      "Error: Cannot find package 'x' imported from /app/a.mjs",
    ],
    [
      'the first line of two that tell the same',
      ['Error: connect ECONNREFUSED 10.0.0.1:5432', 'Error: connect ECONNREFUSED 10.0.0.2:5432'],
      'ECONNREFUSED_DB',
      'Error: connect ECONNREFUSED 10.0.0.1:5432',
    ],
    [
      'what was got over, rather than a word of farewell',
      ['WARN redis: connect ECONNREFUSED 127.0.0.1:6379, retrying in 2s', 'FATAL stopped trying'],
      'ECONNREFUSED_DB',
      'WARN redis: connect ECONNREFUSED 127.0.0.1:6379, retrying in 2s',
    ],
    [
      'want of heap in a worker, whatever the main program says of it',
      [
        'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
        ...node('TypeError: worker is gone'),
      ],
      'HEAP_OOM',
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    ],
    [
      'what was got over, when nothing else is there',
      ['WARN redis: connect ECONNREFUSED 127.0.0.1:6379, retrying in 2s', 'bye'],
      'ECONNREFUSED_DB',
      'WARN redis: connect ECONNREFUSED 127.0.0.1:6379, retrying in 2s',
    ],
    [
      'what an unhandled rejection was for',
      ['unhandledRejection', 'Error: broker closed the channel (code 320)', ...stack],
      'UNHANDLED_REJECTION',
      'Error: broker closed the channel (code 320)',
    ],
    [
      'what is thrown, not the source that throws it',
      [
        '/app/server.js:2',
        "if (!ok) throw new Error('JWT_SECRET is not defined');",
        '         ^',
        '',
        'Error: no',
        ...stack,
        '',
        'Node.js v20.20.2',
      ],
      'UNCAUGHT_EXCEPTION',
      'Error: no',
    ],
    [
      'an error that only a logger told',
      ['INFO starting', 'ERROR could not open the shop'],
      'UNCAUGHT_EXCEPTION',
      'ERROR could not open the shop',
    ],
    [
      'the panic in Go, not the signal below it',
      [
        'panic: runtime error: invalid memory address or nil pointer dereference',
        '[signal SIGSEGV: segmentation violation code=0x1]',
        '',
        'goroutine 1 [running]:',
      ],
      'UNCAUGHT_EXCEPTION',
      'panic: runtime error: invalid memory address or nil pointer dereference',
    ],
  ])('takes %s', (_, block, code, cited) => {
    const found = findCause(block, CRASHED);
    expect([found?.code, block[found?.line ?? -1]]).toEqual([code, cited]);
  });
});
