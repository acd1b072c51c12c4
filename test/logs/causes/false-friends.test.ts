import { describe, expect, it } from 'vitest';
import { findCause } from '../../../src/logs/causes/index.ts';

const GOES_ON = { exitCode: null, signal: null, crashed: false, runner: null };
const ENDED = { exitCode: 1, signal: null, crashed: true, runner: null };

describe('a text that only looks like a cause, while the program goes on', () => {
  it.each<[string, ...string[]]>([
    ['Vite, which took another port', 'Port 5173 is in use, trying another one...', '  VITE v8.3.8  ready in 1215 ms'],
    ['Next.js, which took another port', ' ⚠ Port 3000 is in use by process 4312, using available port 3001 instead.'],
    [
      'a port that was skipped',
      '2026-11-22T21:48:31.991Z WARN metrics: listen EADDRINUSE: address already in use :::9100 - trying next port',
    ],
    ['a file that may not be written', "Error: EACCES: permission denied, mkdir '/app/node_modules/.vite/deps_temp'"],
    [
      'a service that is done without',
      'WARN suggest upstream unavailable, serving cached: Error: connect ECONNREFUSED 127.0.0.1:9200',
    ],
    ['the same from pino', '{"level":40,"msg":"cache away: connect ECONNREFUSED 127.0.0.1:6379"}'],
    ['the same from slog', 'time=2026 level=WARN msg="dial tcp 127.0.0.1:6379: connect: connection refused"'],
    ['a level in lower case', 'warn: cache away: connect ECONNREFUSED 127.0.0.1:6379'],
    ['a retry', 'redis: connect ECONNREFUSED 127.0.0.1:6379, retrying in 2s'],
    ['words of the business about memory', 'INFO ticket 812: customer says JavaScript heap out of memory again'],
    [
      'words of the business that quote V8',
      "INFO search q='FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'",
    ],
    [
      'a stack that a handler logged',
      'ERROR job 3 failed: Error: image too large: 12001px',
      '    at work (/app/worker.js:2:144)',
    ],
    [
      'a fault that a handler logged',
      "TypeError: Cannot read properties of null (reading 'hits')",
      '    at x (/app/server.js:3:1)',
    ],
    [
      'a syntax error of the dev server',
      '10:43:52 PM [vite] Internal server error: Failed to parse source: SyntaxError: Unexpected token',
    ],
    [
      'a request body that is no JSON',
      'SyntaxError: Unexpected token } in JSON at position 42',
      '    at JSON.parse (<anonymous>)',
    ],
    ['a word of the business in capitals', 'order ORDER_812 is not set for delivery'],
    [
      'a panic that the server of Go caught',
      '2026/11/22 http: panic serving 127.0.0.1:53422: assignment to entry in nil map',
    ],
    ['a heap of another program', 'WARN search answered 500: java.lang.OutOfMemoryError: Java heap space'],
    ['the exit code of a stop', 'App [blog:0] exited with code [0] via signal [SIGINT]'],
    ['killing that is only talked about', 'hint: free the port with kill -9, or send SIGKILL to it'],
  ])('is no cause: %s', (_, ...block) => {
    expect(findCause(block, GOES_ON)).toBeNull();
  });
});

describe('a text that looks like another cause', () => {
  it.each<[string, string, ...string[]]>([
    ['a name in the code, not a variable', 'UNCAUGHT_EXCEPTION', 'ReferenceError: JWT_SECRET is not defined'],
    ['the same in Python', 'UNCAUGHT_EXCEPTION', "NameError: name 'DB_URL' is not defined"],
    ['a key of data, not a variable', 'UNCAUGHT_EXCEPTION', "KeyError: 'price'"],
    [
      'a module the compiler misses',
      'TS_ERROR',
      "src/a.ts(1,7): error TS2307: Cannot find module './x' or its corresponding type declarations.",
    ],
    [
      'watchers, not the disk',
      'ENOSPC_WATCHERS',
      "Error: ENOSPC: System limit for number of file watchers reached, watch 'a'",
    ],
    ['watchers, not files', 'ENOSPC_WATCHERS', "Error: EMFILE: too many open files, watch '.'"],
    ['a file, not a port', 'UNCAUGHT_EXCEPTION', "Error: EACCES: permission denied, open '/etc/shadow'"],
    [
      'an address that is not there, not a port in use',
      'UNCAUGHT_EXCEPTION',
      'Error: listen EADDRNOTAVAIL: address not available 10.0.0.9:4000',
    ],
    [
      'an import in the wrong kind of file, not a slip',
      'ERR_REQUIRE_ESM',
      'SyntaxError: Cannot use import statement outside a module',
    ],
    ['a kill, not want of memory', 'SIGKILL', 'Killed'],
    [
      'a heap, not the abort that follows',
      'HEAP_OOM',
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      'run.sh: line 8: 14347 Aborted                 node index.js',
    ],
  ])('is %s', (_, code, ...block) => {
    expect(findCause(block, ENDED)?.code).toBe(code);
  });

  it.each([
    'npm error Lifecycle script `start` failed with error:',
    'npm error code ELIFECYCLE',
    '[ELIFECYCLE] Command failed with exit code 1.',
    'error Command failed with exit code 1.',
    '[nodemon] app crashed - waiting for file changes before starting...',
    "Failed running 'server.js'. Waiting for file changes before restarting...",
    '{"level":"error","message":"Forever detected script exited with code: 1"}',
  ])('is a mark of an end, never a cause: %s', (line) => {
    expect(findCause(['api ready', line], ENDED)).toBeNull();
  });
});
