import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { CAUSE_WORDS, findCause } from '../../../src/logs/causes/index.ts';
import { EXAMPLES, OUTPUT_EXAMPLES, type Example } from './support/examples.ts';

const CRASHED = { exitCode: 1, signal: null, crashed: true, runner: null };

interface Expected {
  readonly cited: string;
  readonly detail: Readonly<Record<string, string>>;
}

const EXPECTED: Readonly<Record<string, Expected>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'outputs/expected.json'), 'utf8'),
);

/** Short lines without any word that is rare in a healthy log; found where the whole text is read. */
const MISSED = [
  'EMFILE/go',
  'ENOSPC_DISK/go',
  'MISSING_ENV/go',
  'MISSING_ENV/node-zodpretty',
  'MISSING_ENV/shell-colon',
  'MISSING_ENV/shell-unbound',
  'OOM_KILLED/docker-events',
  'UNCAUGHT_EXCEPTION/node-thrownull-js-n26',
  'UNCAUGHT_EXCEPTION/node-throwobj-js-n18',
  'UNCAUGHT_EXCEPTION/node-throwstr-js-n22',
  'UNCAUGHT_EXCEPTION/rb-raise',
];

const named = (examples: readonly Example[]): readonly (readonly [string, Example])[] =>
  examples.map((example) => [example.name, example] as const);

describe('a text of a cause', () => {
  test('is there for every expectation', () => {
    expect(OUTPUT_EXAMPLES.map(({ name }) => name).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  it.each(named(EXAMPLES))('is recognised: %s', (_, { code, block }) => {
    expect(findCause(block, CRASHED)?.code).toBe(code);
  });

  it.each(named(OUTPUT_EXAMPLES))('is cited where it tells why: %s', (name, { block }) => {
    const found = findCause(block, CRASHED);
    expect({ cited: block[found?.line ?? -1], detail: found?.detail }).toEqual(EXPECTED[name]);
  });

  it.each(named(EXAMPLES))('is the same below lines of a good start: %s', (_, { code, block }) => {
    const started = ['api starting', '2026-11-22T21:48:31.968Z INFO listening on :3000', ...block];
    expect(findCause(started, CRASHED)?.code).toBe(code);
  });

  it.each(named(OUTPUT_EXAMPLES))('is the same when npm adds its tail: %s', (_, { code, block }) => {
    const tail = ['npm error Lifecycle script `start` failed with error:', 'npm error code 1', 'npm error path /app'];
    const pnpm = ['\u2009ELIFECYCLE\u2009 Command failed with exit code 1.'];
    expect(findCause([...block, ...tail], CRASHED)?.code).toBe(code);
    expect(findCause([...block, ...pnpm], CRASHED)?.code).toBe(code);
  });
});

describe('the words for a fast scan', () => {
  test('are few', () => {
    expect(CAUSE_WORDS.length).toBeLessThanOrEqual(24);
    expect(new Set(CAUSE_WORDS).size).toBe(CAUSE_WORDS.length);
  });

  test('find every output but those that say next to nothing', () => {
    const missed = OUTPUT_EXAMPLES.filter(
      ({ block }) => !block.some((line) => CAUSE_WORDS.some((word) => line.includes(word))),
    );
    expect(missed.map(({ name }) => name).toSorted()).toEqual(MISSED);
  });
});
