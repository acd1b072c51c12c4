import { describe, expect, it } from 'vitest';
import { createRing } from '../../../../src/supervisor/daemon/sampler/ring.ts';

const sample = (at: number): { at: number; memoryBytes: number; cpuPercent: number } => ({
  at: 1_800_000_000_000 + at,
  memoryBytes: 5 * 1024 ** 3 + at * 1024,
  cpuPercent: at / 2,
});

describe('createRing', () => {
  it('lists samples as they came, beyond four gigabytes and to a tenth of a percent', () => {
    const ring = createRing(3);
    expect(ring.list()).toEqual([]);
    for (const at of [1, 2]) ring.push(sample(at));
    expect(ring.list()).toEqual([sample(1), sample(2)]);
  });

  it('lets the oldest go', () => {
    const ring = createRing(3);
    for (const at of [1, 2, 3, 4, 5]) ring.push(sample(at));
    expect(ring.list()).toEqual([sample(3), sample(4), sample(5)]);
  });
});
