import { describe, expect, it } from 'vitest';
import { findCause, type CauseContext } from '../../../src/logs/causes/index.ts';

const context = (said: Partial<CauseContext> = {}): CauseContext => ({
  exitCode: 1,
  signal: null,
  crashed: true,
  runner: null,
  ...said,
});

describe('a life without a telling line', () => {
  it.each<[string, Partial<CauseContext>, string | null]>([
    ['a signal', { signal: 'SIGKILL' }, 'SIGKILL'],
    ['a signal of a fault', { signal: 'SIGSEGV' }, 'SIGSEGV'],
    ['an abort', { signal: 'SIGABRT' }, 'SIGABRT'],
    ['137, which is never taken for want of memory', { exitCode: 137 }, 'SIGKILL'],
    ['139', { exitCode: 139 }, 'SIGSEGV'],
    ['134', { exitCode: 134 }, 'SIGABRT'],
    ['a signal of a planned stop', { signal: 'SIGTERM' }, null],
    ['1', { exitCode: 1 }, null],
    ['137 after a planned stop', { exitCode: 137, crashed: false }, null],
  ])('is told by its end alone: %s', (_, said, code) => {
    const found = findCause(['api ready', 'GET / 200'], context(said));
    expect(found?.code ?? null).toBe(code);
    if (found !== null) expect(found).toMatchObject({ confidence: 'C', line: -1 });
  });

  it('has no cause without any line', () => {
    expect(findCause([], context())).toBeNull();
  });
});

describe('a program that was killed', () => {
  it.each(['SIGKILL', 'SIGSEGV'])('did not end for an error it had logged before: %s', (signal) => {
    const block = ['ERROR cache: Error: connect ECONNREFUSED 127.0.0.1:6379', '    at x (/app/a.js:1:2)'];
    expect(findCause(block, context({ exitCode: null, signal }))).toMatchObject({ code: signal, line: -1 });
  });

  it('may have told before that its heap was at an end', () => {
    const block = ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'];
    expect(findCause(block, context({ signal: 'SIGABRT', exitCode: 134 }))?.code).toBe('HEAP_OOM');
  });

  it('was not killed by an error that it got over', () => {
    const block = ['redis: connect ECONNREFUSED 127.0.0.1:6379, retrying in 2s'];
    expect(findCause(block, context({ exitCode: 134 }))?.code).toBe('SIGABRT');
    expect(findCause(block, context())).toMatchObject({ code: 'ECONNREFUSED_DB', confidence: 'C' });
    expect(findCause(block, context({ crashed: false }))).toBeNull();
  });
});

describe('an error that is marked as the last one', () => {
  const trace = [
    '/app/server.js:1',
    'const a = ;',
    '          ^',
    '',
    "SyntaxError: Unexpected token ';'",
    '',
    'Node.js v22.23.3',
  ];

  it('counts though the runner waits and nothing is known to have crashed', () => {
    expect(findCause(trace, context({ crashed: false }))?.code).toBe('SYNTAX_ERROR');
  });

  it('is the last of two', () => {
    const other = ['/app/b.js:1', 'x()', '^', '', 'ReferenceError: x is not defined', '', 'Node.js v22.23.3'];
    expect(findCause([...trace, ...other], context())?.code).toBe('UNCAUGHT_EXCEPTION');
    expect(findCause([...other, ...trace], context())?.code).toBe('SYNTAX_ERROR');
  });

  it('is the last of two, also where no source is quoted above it', () => {
    const other = ['Error: late', '    at x (/app/b.js:1:1)', '', 'Node.js v22.23.3'];
    expect(findCause([...trace, ...other], context())).toMatchObject({
      code: 'UNCAUGHT_EXCEPTION',
      line: trace.length,
    });
  });

  it.each<[string, readonly string[]]>([
    [
      'Python',
      [
        'Traceback (most recent call last):',
        '  File "/app/a.py", line 3, in start',
        '    raise Stop("DATABASE_URL is not set")',
        'StopError: no',
      ],
    ],
    ['a bundler', ['  3 |  throw new Error("connect ECONNREFUSED 127.0.0.1:1")', '    |  ^', 'TypeError: no']],
  ])('is not the source that is quoted in it: %s', (_, block) => {
    expect(findCause(block, context())?.code).toBe('UNCAUGHT_EXCEPTION');
  });

  it('is no trace of Python after which the program went on for long', () => {
    const python = [
      'Traceback (most recent call last):',
      '  File "/app/a.py", line 3, in job',
      '    run()',
      'ValueError: bad row',
    ];
    const later = Array.from({ length: 9 }, (_, index) => `INFO row ${index}`);
    expect(findCause([...python, ...later, 'Killed'], context())?.code).toBe('SIGKILL');
  });

  it('is the whole chain of Python, of which the first part names the reason', () => {
    const chain = [
      'Traceback (most recent call last):',
      '  File "/app/db.py", line 3, in connect',
      'ConnectionRefusedError: [Errno 111] Connection refused',
      '',
      'The above exception was the direct cause of the following exception:',
      '',
      'Traceback (most recent call last):',
      '  File "/app/main.py", line 9, in <module>',
      'RuntimeError: no database',
    ];
    expect(findCause(chain, context())?.code).toBe('ECONNREFUSED_DB');
  });

  it('is a warning of Spring that ends the start', () => {
    const spring = [
      'WARN 7 --- [main] o.s.Context : Exception encountered - cancelling refresh attempt: java.net.UnknownHostException: db',
    ];
    expect(findCause(spring, context())).toMatchObject({ code: 'DNS_FAILURE', confidence: 'A' });
  });
});
