import { describe, expect, it } from 'vitest';
import { lineOf, tableOf } from '../../src/programs/lineage.ts';
import { aProcess } from '../helpers/a-process.ts';
import { sketchOf } from '../helpers/a-look.ts';

const sketch = (pid: number, parentPid: number) => sketchOf(aProcess({ pid, parentPid }));

describe('what a process runs in', () => {
  it.each<[string, readonly (readonly [number, number])[], readonly number[]]>([
    [
      'itself, its parent and so on',
      [
        [9, 8],
        [8, 1],
        [1, 0],
      ],
      [9, 8, 1],
    ],
    [
      'nobody beside it or below it',
      [
        [9, 8],
        [8, 1],
        [7, 8],
        [10, 9],
      ],
      [9, 8],
    ],
    ['itself alone, where it is not known', [[8, 1]], [9]],
    [
      'each once, where parents go round',
      [
        [9, 8],
        [8, 9],
      ],
      [9, 8],
    ],
  ])('is %s', (_, pairs, line) => {
    const sketches = pairs.map(([pid, parentPid]) => sketch(pid, parentPid));
    expect([...lineOf(9, tableOf(sketches))]).toEqual(line);
  });
});
