import { describe, expect, it } from 'vitest';
import { ancestorsOf, outlivedSession, parentOf, tableOf, treeBelow } from '../../src/programs/lineage.ts';
import { aProcess } from '../helpers/a-process.ts';

const of = (...pairs: readonly (readonly [pid: number, parentPid: number])[]) =>
  pairs.map(([pid, parentPid]) => aProcess({ pid, parentPid }));

const FAMILY = of([1, 0], [10, 1], [20, 10], [21, 10], [30, 20], [99, 1]);
const table = tableOf(FAMILY);
const member = (pid: number) => table.get(pid) ?? aProcess({ pid });

describe('lineage', () => {
  it.each([
    [30, [20, 10, 1]],
    [1, []],
  ])('has the ancestors of %i nearest first', (pid, pids) => {
    expect(ancestorsOf(member(pid), table).map((process) => process.pid)).toEqual(pids);
  });

  it('has no parent where the table knows none', () => {
    expect(parentOf(aProcess({ pid: 5, parentPid: 4 }), table)).toBeNull();
  });

  it.each([
    [10, [30, 21, 20, 10]],
    [20, [30, 20]],
    [99, [99]],
  ])('has the tree below %i leaf first, with itself last and nothing beside it', (pid, pids) => {
    expect(treeBelow(member(pid), table).map((process) => process.pid)).toEqual(pids);
  });

  it('ends where a reused pid closes a circle', () => {
    const circle = of([10, 11], [11, 10]);
    const [first = aProcess()] = circle;
    expect(ancestorsOf(first, tableOf(circle)).length).toBeLessThanOrEqual(2);
    expect(treeBelow(first, tableOf(circle)).map(({ pid }) => pid)).toEqual(expect.arrayContaining([10, 11]));
  });
});

describe('a process that outlived its session', () => {
  it.each([
    ['whose leader is gone', 77, true],
    ['whose leader still lives', 10, false],
    ['that leads its session itself', 30, false],
    ['of the session of the first process', 1, false],
    ['of no session', 0, false],
    ['whose session is not known', null, false],
  ])('is one %s (%s): %s', (_, sessionId, outlived) => {
    expect(outlivedSession({ ...member(30), sessionId }, table)).toBe(outlived);
  });

  it('is one whose leader is dead, though its parent has not noticed yet', () => {
    const dead = tableOf([...FAMILY, aProcess({ pid: 12, parentPid: 1, state: 'zombie' })]);
    expect(outlivedSession({ ...member(30), sessionId: 12 }, dead)).toBe(true);
  });
});
