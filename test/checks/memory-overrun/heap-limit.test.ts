import { describe, expect, test } from 'vitest';
import { defaultHeapLimit, heapLimitOf } from '../../../src/checks/memory-overrun/heap-limit.ts';
import { aSketch, MB } from './trees.ts';

describe('what Node allows a heap by itself', () => {
  // Measured with Node 20; the first three in containers.
  test.each([
    [256, 259],
    [512, 259],
    [2048, 1048],
    [24_105, 4144],
  ])('in %d MB is %d MB', (memory, expected) => expect(defaultHeapLimit(memory * MB)).toBe(expected * MB));
  test('grows with the memory and never beyond', () => {
    const limits = [128, 600, 1024, 4096, 8192, 16_384, 65_536].map((memory) => defaultHeapLimit(memory * MB));
    expect(limits).toEqual(limits.toSorted((a, b) => a - b));
    expect(limits.at(-1)).toBe(4144 * MB);
  });
});

describe('the heap limit of a process', () => {
  const MACHINE = 24_105 * MB;
  test.each([
    ['node --max-old-space-size=300 server.js', null, 300, 'heap-flag'],
    ['node --max_old_space_size=300 server.js', null, 300, 'heap-flag'],
    ['node --max-old-space-size 300 server.js', null, 300, 'heap-flag'],
    ['node --max-old-space-size=300 --max-old-space-size=400 server.js', null, 400, 'heap-flag'],
    ['node server.js', '--inspect --max-old-space-size=512', 512, 'heap-flag'],
    ['node --max-old-space-size=300 server.js', '--max-old-space-size=512', 300, 'heap-flag'],
    ['node server.js --max-old-space-size=300', null, 4144, 'heap-default'],
    ['node --max-old-space-size=0 server.js', null, 4144, 'heap-default'],
    ['node server.js', '--inspect', 4144, 'heap-default'],
    ['/usr/local/bin/node server.js', null, 4144, 'heap-default'],
  ] as const)('%s with NODE_OPTIONS %j', (command, options, megabytes, source) => {
    expect(heapLimitOf(aSketch(1, command), options, MACHINE)).toEqual({ limitBytes: megabytes * MB, source });
  });
  test.each(['python3 server.py', 'esbuild --service', 'sh -c node'])('is none for %s', (command) => {
    expect(heapLimitOf(aSketch(1, command), null, MACHINE)).toBeNull();
  });
});
