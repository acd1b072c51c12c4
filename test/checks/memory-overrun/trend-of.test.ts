import { describe, expect, test, vi } from 'vitest';
import { trendOf } from '../../../src/checks/memory-overrun/trend-of.ts';
import type { MemorySample } from '../../../src/model/dev-tree.ts';
import { seriesOf, START, type Shape, type Taking } from './series.ts';

// Thousands of looks, each at up to thousands of samples, on a machine that others use too.
vi.setConfig({ testTimeout: 60_000 });

const MB = 1024 ** 2;
const SEEDS = Array.from({ length: 4 }, (_, index) => index + 1);

const MINUTE = 60_000;
const upTo = (samples: readonly MemorySample[], minutes: number): readonly MemorySample[] =>
  samples.filter(({ at }) => at <= START + minutes * MINUTE);

/** What was said at each minute of a series, or at each of so many, as somebody who watches it is told. */
const saidOver = (shape: Shape, taking: Taking, every = 1): readonly (string | undefined)[] => {
  const samples = seriesOf(shape, taking);
  return Array.from(
    { length: taking.minutes / every },
    (_, index) => trendOf(upTo(samples, (index + 1) * every))?.verdict,
  );
};

const shareOf = (said: readonly (string | undefined)[], word: string): number =>
  said.filter((verdict) => verdict === word).length / said.length;

const warmUp =
  (megabytes: number, minutes: number): Shape =>
  (at) =>
    megabytes * (1 - Math.exp(-at / minutes));
const stepAt =
  (megabytes: number, minute: number): Shape =>
  (at) =>
    at > minute ? megabytes : 0;
const flat: Shape = () => 0;
const leak =
  (perMinute: number): Shape =>
  (at) =>
    perMinute * at;

const TAKINGS: readonly Omit<Taking, 'seed' | 'minutes'>[] = [
  { everySeconds: 5, toothSeconds: 0 },
  { everySeconds: 1, toothSeconds: 12 },
  { everySeconds: 10, toothSeconds: 35 },
  { everySeconds: 5, toothSeconds: 110 },
];

describe('garbage that comes and goes', () => {
  test.each(TAKINGS)('is steady at every minute: %j', (taking) => {
    const said = SEEDS.flatMap((seed) => saidOver(flat, { ...taking, seed, minutes: 45 }));
    expect(new Set(said)).toEqual(new Set(['steady']));
  });

  test.each([180, 300, 480])('is steady with teeth of %d seconds, once two of them were seen', (toothSeconds) => {
    const said = SEEDS.flatMap((seed) => {
      const all = saidOver(flat, { seed, minutes: 60, everySeconds: 5, toothSeconds });
      return all.slice(Math.ceil((2.8 * toothSeconds) / 60));
    });
    expect(shareOf(said, 'steady')).toBeGreaterThan(0.99);
    expect(said).not.toContain('leak');
  });

  test('is steady over hours', () => {
    const taking = { minutes: 200, everySeconds: 10, toothSeconds: 60 };
    const said = [1, 2, 3].flatMap((seed) => saidOver(flat, { ...taking, seed }, 5));
    expect(new Set(said)).toEqual(new Set(['steady']));
  });
});

describe('10 MB a minute', () => {
  test.each(TAKINGS)('is growing within 8 minutes, and a leak only after an hour: %j', (taking) => {
    for (const seed of SEEDS.slice(0, 3)) {
      const said = saidOver(leak(10), { ...taking, seed, minutes: 75 });
      expect(said.slice(0, 8)).toContain('growing');
      expect(said.slice(0, 59)).not.toContain('leak');
      expect(said.at(-1)).toBe('leak');
      expect(shareOf(said.slice(10), 'steady')).toBeLessThan(0.1);
    }
  });

  test('is told with its rate', () => {
    for (const seed of SEEDS) {
      const trend = trendOf(seriesOf(leak(10), { seed, minutes: 20, everySeconds: 5, toothSeconds: 30 }));
      expect((trend?.bytesPerMinute ?? 0) / MB).toBeCloseTo(10, -0.5);
      expect(trend?.minutes).toBe(20);
    }
  });

  test('is growing below teeth of five minutes too', () => {
    for (const seed of SEEDS) {
      const said = saidOver(leak(10), { seed, minutes: 20, everySeconds: 5, toothSeconds: 300 });
      expect(said.slice(0, 16)).toContain('growing');
    }
  });
});

describe('slow growth', () => {
  test('of 1 MB a minute is a leak after an hour', () => {
    for (const seed of SEEDS.slice(0, 3)) {
      const said = saidOver(leak(1), { seed, minutes: 90, everySeconds: 10, toothSeconds: 40 });
      expect(said.slice(20, 59)).toContain('growing');
      expect(said.slice(0, 59)).not.toContain('leak');
      expect(said.slice(60)).toContain('leak');
    }
  });

  test('of 0.2 MB a minute is not worth a word', () => {
    for (const seed of SEEDS.slice(0, 3)) {
      const said = saidOver(leak(0.2), { seed, minutes: 130, everySeconds: 10, toothSeconds: 40 }, 2);
      expect(new Set(said)).toEqual(new Set(['steady']));
    }
  });

  test('that begins late is told too', () => {
    const late: Shape = (at) => Math.max(0, at - 60) * 10;
    for (const seed of SEEDS.slice(0, 3)) {
      const said = saidOver(late, { seed, minutes: 80, everySeconds: 10, toothSeconds: 40 });
      expect(said.slice(0, 60)).not.toContain('growing');
      expect(said.slice(60, 70)).toContain('growing');
    }
  });
});

describe('what is no leak', () => {
  const shapes: readonly (readonly [string, Shape])[] = [
    ['a start of 60 MB over 3 minutes', warmUp(60, 3)],
    ['a start of 150 MB over 5 minutes', warmUp(150, 5)],
    ['a start of 200 MB over 12 minutes', warmUp(200, 12)],
    ['a step of 50 MB', stepAt(50, 7)],
    ['a step of 200 MB late', stepAt(200, 40)],
    ['two steps', (at) => stepAt(60, 15)(at) + stepAt(60, 50)(at)],
    ['a cache that fills for 20 minutes', (at) => 8 * Math.min(at, 20)],
    ['a wave of load', (at) => 40 * Math.sin(at / 6)],
  ];
  test.each(shapes)('%s is never called one', (_, shape) => {
    for (const taking of TAKINGS) {
      const said = SEEDS.slice(0, 2).flatMap((seed) => saidOver(shape, { ...taking, seed, minutes: 100 }, 4));
      expect(said).not.toContain('leak');
      expect(said.at(-1)).toBe('steady');
    }
  });

  test.each([
    ['a start', warmUp(60, 3)],
    ['a step', stepAt(50, 7)],
    ['a great step', stepAt(300, 4)],
  ] as const)('%s without garbage is not even growing', (_, shape) => {
    const said = SEEDS.flatMap((seed) => saidOver(shape, { seed, minutes: 40, everySeconds: 5, toothSeconds: 0 }));
    expect(new Set(said)).toEqual(new Set(['steady']));
  });

  test('a step below garbage is growing for a moment at most', () => {
    const said = SEEDS.flatMap((seed) =>
      saidOver(stepAt(50, 9), { seed, minutes: 40, everySeconds: 5, toothSeconds: 45 }),
    );
    expect(shareOf(said, 'growing')).toBeLessThan(0.03);
  });

  test('one heavy worker that ended does not hide growth after it', () => {
    const shape: Shape = (at) => (at < 10 ? 500 : 12 * (at - 10));
    const said = saidOver(shape, { seed: 3, minutes: 60, everySeconds: 5, toothSeconds: 20 });
    expect(said.slice(10, 55)).toContain('growing');
  });
});

describe('odd series', () => {
  test.each([
    ['nothing', []],
    ['one sample', [{ at: START, bytes: MB }]],
    ['two samples', [START, START + 1].map((at) => ({ at, bytes: MB }))],
    ['all at one time', [1, 2, 3].map((bytes) => ({ at: START, bytes }))],
  ])('%s says nothing', (_, samples) => expect(trendOf(samples)).toBeNull());

  test('a gap, as of a machine that slept, is no growth', () => {
    const samples = seriesOf(flat, { seed: 1, minutes: 10, everySeconds: 5, toothSeconds: 0 });
    const later = samples.map(({ at, bytes }) => ({ at: at + 600 * MINUTE, bytes: bytes + 60 * MB }));
    expect(trendOf([...samples, ...later])?.verdict).toBe('steady');
  });

  test('few samples far apart still tell growth', () => {
    const samples = seriesOf(leak(10), { seed: 1, minutes: 30, everySeconds: 120, toothSeconds: 0 });
    expect(trendOf(samples)?.verdict).toBe('growing');
  });
});
