import { describe, expect, it } from 'vitest';
import { watchTree, type SampleMoment } from '../../../../src/supervisor/daemon/sampler/watched-tree.ts';
import { TABLE } from '../tree/a-run.ts';
import { aRow } from './a-row.ts';

const table = { ...TABLE, pssBytes: () => null };
const MOMENT: SampleMoment = { now: 1_000_000, startedAt: 0, limitBytes: null, isWatched: false, lastPassAt: 0 };
const later = (ms: number): SampleMoment => ({ ...MOMENT, now: MOMENT.now + ms, lastPassAt: MOMENT.now });

describe('watchTree', () => {
  it('tells the load since the last sample, of one core', () => {
    const tree = watchTree(table);
    expect(tree.sample([aRow({ cpuMs: 60_000 })], MOMENT).cpuPercent).toBe(0);
    expect(tree.sample([aRow({ cpuMs: 60_500 })], later(2_000)).cpuPercent).toBe(25);
    expect(tree.sample([aRow({ cpuMs: 60_500 })], later(4_000)).cpuPercent).toBe(0);
  });

  it('tells no load below zero when a process ended or its pid is another one', () => {
    const tree = watchTree(table);
    tree.sample([aRow(), aRow({ pid: 101, cpuMs: 9_000 }), aRow({ pid: 102, cpuMs: 5_000 })], MOMENT);
    const reading = tree.sample([aRow(), aRow({ pid: 102, born: 2, cpuMs: 20 })], later(2_000));
    expect(reading.cpuPercent).toBe(1);
  });

  it('counts of a newcomer only what may fall into the time between', () => {
    const tree = watchTree(table);
    tree.sample([aRow()], MOMENT);
    const moment = { ...later(2_000), lastPassAt: MOMENT.now - 6_000 };
    expect(tree.sample([aRow(), aRow({ pid: 101, cpuMs: 4_000 })], moment).cpuPercent).toBe(50);
  });

  it('tells the load of a young run from its start', () => {
    const tree = watchTree(table);
    const moment = { ...MOMENT, startedAt: MOMENT.now - 1_000 };
    expect(tree.sample([aRow({ cpuMs: 400 })], moment).cpuPercent).toBe(40);
  });

  it('keeps the marks of members as they are while they are the same', () => {
    const tree = watchTree(table);
    tree.sample([aRow(), aRow({ pid: 101 })], MOMENT);
    const marks = tree.marks();
    expect(marks.map(({ pid }) => pid)).toEqual([100, 101]);
    tree.sample([aRow({ cpuMs: 50 }), aRow({ pid: 101 })], later(2_000));
    expect(tree.marks()).toBe(marks);
    tree.sample([aRow()], later(4_000));
    expect(tree.marks()).toEqual([{ pid: 100, born: 1, boot: TABLE.boot }]);
  });

  it('keeps samples of a tree, and none of nothing', () => {
    const tree = watchTree(table);
    tree.sample([aRow()], MOMENT);
    tree.sample([aRow()], later(2_000));
    tree.sample([], later(4_000));
    expect(tree.samples().map(({ at, memoryBytes }) => [at - MOMENT.now, memoryBytes])).toEqual([
      [0, aRow().rssBytes],
      [2_000, aRow().rssBytes],
    ]);
  });

  it('may rest every other time once it has been still for long, and tells the load of all the time since', () => {
    const tree = watchTree(table);
    const rows = [aRow({ cpuMs: 100 })];
    tree.sample(rows, MOMENT);
    for (let ms = 2_000; ms <= 28_000; ms += 2_000) {
      expect(tree.rest(MOMENT.now + ms)).toBe(false);
      tree.sample(rows, later(ms));
    }
    expect(tree.rest(MOMENT.now + 30_000)).toBe(true);
    expect(tree.sample(tree.members(), later(30_000)).cpuPercent).toBe(0);
    expect(tree.rest(MOMENT.now + 32_000)).toBe(false);
    expect(tree.sample([aRow({ cpuMs: 1_100 })], later(32_000)).cpuPercent).toBe(25);
    expect(tree.rest(MOMENT.now + 34_000)).toBe(false);
    expect(tree.samples()).toHaveLength(17);
  });

  it('never rests because the clock was put back', () => {
    const tree = watchTree(table);
    for (let ms = 0; ms <= 40_000; ms += 2_000) tree.sample([aRow()], later(ms));
    expect(tree.rest(MOMENT.now - 86_400_000)).toBe(false);
  });
});
