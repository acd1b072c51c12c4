import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_CAUSE, readCause } from '../../../src/supervisor/daemon/read-cause.ts';
import { ROOT } from '../../helpers/paths.ts';
import { OUTPUT_EXAMPLES } from '../../logs/causes/support/examples.ts';

const FAILED = { code: 1, signal: null };
const ENDED_WELL = { code: 0, signal: null };
const signalled = (signal: string): { code: null; signal: string } => ({ code: null, signal });
const UNSEEN = { code: null, signal: null };

const logOf = (name: string): string => readFileSync(join(ROOT, 'fixtures/logs', name, 'app.log'), 'utf8');

const TRACE = `Server starting
node:events:497
      throw er; // Unhandled 'error' event
      ^

Error: listen EADDRINUSE: address already in use :::3000
    at Server.setupListenHandle [as _listen2] (node:net:1817:16)
    at listenInCluster (node:net:1865:12) {
  code: 'EADDRINUSE',
  errno: -98,
  syscall: 'listen',
  address: '::',
  port: 3000
}

Node.js v20.20.2
`;

describe('the cause of an end', () => {
  it.each(OUTPUT_EXAMPLES.map((example) => [example.name, example] as const))(
    'is told with the line that says so: %s',
    (_, { code, block }) => {
      const { rootCause, evidence } = readCause(`${['starting', ...block].join('\n')}\n`, FAILED);
      expect(rootCause).toBe(code);
      expect(evidence).not.toBe('');
      if (evidence !== null) expect(block.some((line) => line.includes(evidence.slice(0, 100)))).toBe(true);
    },
  );

  it('is told with what it is about', () => {
    expect(readCause(TRACE, FAILED)).toEqual({
      rootCause: 'EADDRINUSE',
      evidence: 'Error: listen EADDRINUSE: address already in use :::3000',
      detail: expect.objectContaining({ port: '3000' }) as unknown,
    });
  });

  it('is the same with colours, with the newlines of Windows, and cut off at its beginning', () => {
    const plain = readCause(TRACE, FAILED);
    const coloured = TRACE.replaceAll(/^(.+)$/gm, '\u001B[31m$1\u001B[39m');
    expect(readCause(coloured, FAILED)).toEqual(plain);
    expect(readCause(TRACE.replaceAll('\n', '\r\n'), FAILED)).toEqual(plain);
    expect(readCause(TRACE.slice(30), FAILED)).toEqual(plain);
  });

  it('is found in the log of a service that was started again and again', () => {
    expect(readCause(logOf('sh-eaddrinuse').slice(-16_384), FAILED).rootCause).toBe('EADDRINUSE');
  });

  it('is not one of a life long ago', () => {
    const since = Array.from({ length: 100 }, (_, at) => `GET /items/${at} 200`).join('\n');
    expect(readCause(`${TRACE}${since}\n`, FAILED).rootCause).toBe('SILENT_EXIT');
  });

  it('has a line that is short enough to be shown', () => {
    const evidence =
      readCause(`Error: Cannot find module 'x${'y'.repeat(900)}'\n  code: 'MODULE_NOT_FOUND'\n`, FAILED).evidence ?? '';
    expect(evidence.length).toBeGreaterThan(100);
    expect(evidence.length).toBeLessThanOrEqual(300);
  });
});

describe('an end without a word', () => {
  it.each(['', '\n \n', 'listening on :3000\nGET / 200\n'])('is a silent exit when it failed: %j', (text) => {
    expect(readCause(text, FAILED)).toEqual({ rootCause: 'SILENT_EXIT', evidence: null, detail: {} });
  });

  it('that went well has no cause', () => {
    expect(readCause('done\n', ENDED_WELL)).toEqual(NO_CAUSE);
    expect(readCause('', ENDED_WELL)).toEqual(NO_CAUSE);
  });

  it.each(['SIGKILL', 'SIGSEGV', 'SIGABRT'])('by %s is that', (signal) => {
    expect(readCause('listening\n', signalled(signal))).toEqual({ rootCause: signal, evidence: null, detail: {} });
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('by %s, which somebody sent, is no silent exit', (signal) => {
    expect(readCause('listening\n', signalled(signal))).toEqual(NO_CAUSE);
  });

  it('that nobody saw is no silent exit', () => {
    expect(readCause('listening\n', UNSEEN)).toEqual(NO_CAUSE);
  });
});

it('a heap that was too small is told, not the signal that followed', () => {
  const text = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n';
  expect(readCause(text, signalled('SIGABRT'))).toMatchObject({ rootCause: 'HEAP_OOM' });
});
