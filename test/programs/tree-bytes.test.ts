import { describe, expect, it } from 'vitest';
import type { ProcessMemory } from '../../src/model/process.ts';
import { treeBytes } from '../../src/programs/tree-bytes.ts';

const memory = (rssBytes: number, sharedBytes: number | null, pssBytes: number | null): ProcessMemory => ({
  pid: 1,
  startedAt: 0,
  rssBytes,
  sharedBytes,
  pssBytes,
  nodeOptions: null,
});

describe('memory of a whole tree', () => {
  it.each<[string, readonly ProcessMemory[], number]>([
    ['nobody', [], 0],
    ['proportional shares, added', [memory(60, 30, 50), memory(420, 30, 400)], 450],
    [
      'one share that could not be read: own parts, and the largest shared one once',
      [memory(80, 30, 50), memory(440, 40, null)],
      490,
    ],
    ['no shares at all', [memory(80, 30, null), memory(440, 40, null)], 490],
    ['shared parts that are not known', [memory(50, null, null), memory(400, null, null)], 450],
    ['a shared part above the whole, as of two readings', [memory(50, 70, null)], 70],
    ['a share of nothing, which is a share', [memory(50, 10, 0), memory(60, 10, 7)], 7],
  ])('%s', (_, members, bytes) => {
    expect(treeBytes(members)).toBe(bytes);
  });
});
