import type { MemorySample } from '../../../src/model/dev-tree.ts';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const gauss = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Megabytes above the start after some minutes. */
export type Shape = (minutes: number) => number;

/** How a series is taken. */
export interface Taking {
  readonly seed: number;
  readonly minutes: number;
  readonly everySeconds: number;
  /** How long garbage piles up, in seconds; 0 for none. It varies by a third. */
  readonly toothSeconds: number;
  /** Height of a tooth in megabytes, at least and at most. */
  readonly tooth?: readonly [number, number];
}

const MB = 1024 ** 2;
export const START = 1_700_000_000_000;

/** Samples of a server whose memory has a shape, with garbage on top and a little noise. */
export const seriesOf = (shape: Shape, taking: Taking): readonly MemorySample[] => {
  const { seed, minutes, everySeconds, toothSeconds, tooth = [40, 80] } = taking;
  const random = randomOf(seed * 7919 + toothSeconds);
  const newTooth = () => ({
    seconds: toothSeconds > 0 ? toothSeconds * (0.7 + 0.6 * random()) : Number.MAX_VALUE,
    height: tooth[0] + (tooth[1] - tooth[0]) * random(),
    floor: 2 * gauss(random),
  });
  let now = newTooth();
  let begun = toothSeconds > 0 ? -random() * now.seconds : 0;
  const samples: MemorySample[] = [];
  for (let second = 0; second <= minutes * 60; second += everySeconds) {
    while (second - begun >= now.seconds) {
      begun += now.seconds;
      now = newTooth();
    }
    const garbage = toothSeconds > 0 ? now.floor + (now.height * (second - begun)) / now.seconds : 0;
    const bytes = Math.round((150 + shape(second / 60) + garbage + 0.7 * gauss(random)) * MB);
    samples.push({ at: START + second * 1000, bytes });
  }
  return samples;
};
