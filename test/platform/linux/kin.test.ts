import { describe, expect, it } from 'vitest';
import { ancestorsOf, descendantsOf, kinOf } from '../../../src/platform/linux/kin.ts';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addProcess, recordedProc, type FakeProcess } from './fake-proc.ts';

const recorded = createProcessReader(recordedProc('dev-server'));

const made = (...processes: readonly FakeProcess[]) => {
  const proc = makeTempDir();
  for (const process of processes) addProcess(proc, process);
  return createProcessReader(proc);
};

describe('ancestorsOf', () => {
  it.each([
    [213, [212, 211, 210, 200, 1]],
    [200, [1]],
    [1, []],
    [999, []],
  ])('climbs from %i nearest first: %j', (pid, ancestors) => {
    expect(ancestorsOf(recorded, pid)).toEqual(ancestors);
  });

  it('names a parent that is no longer there, and stops', () => {
    expect(ancestorsOf(made({ pid: 10, parentPid: 9 }), 10)).toEqual([9]);
  });

  it('ends where a reused pid closes a circle', () => {
    expect(ancestorsOf(made({ pid: 10, parentPid: 11 }, { pid: 11, parentPid: 10 }), 10)).toEqual([11, 10]);
  });
});

describe('descendantsOf', () => {
  it.each([
    [[210], [211, 212, 213]],
    [[213], []],
    [[211, 213], [212]],
    [[999], []],
    [[], []],
  ])('finds all below %j without those themselves: %j', (roots, below) => {
    expect([...descendantsOf(recorded, roots)].sort((a, b) => a - b)).toEqual(below);
  });

  it('ends where a reused pid closes a circle', () => {
    const reader = made({ pid: 10, parentPid: 11 }, { pid: 11, parentPid: 10 }, { pid: 12, parentPid: 11 });
    expect(descendantsOf(reader, [10])).toEqual([11, 12]);
  });
});

describe('kinOf', () => {
  it('is every ancestor and every descendant, and no sibling', () => {
    expect([...kinOf(recorded, 211)].sort((a, b) => a - b)).toEqual([1, 200, 210, 212, 213]);
  });

  it('goes by the parents where the kernel keeps no lists of children', () => {
    const reader = made({ pid: 10, children: null }, { pid: 11, parentPid: 10, children: null });
    expect(kinOf(reader, 10)).toEqual([1, 11]);
  });
});
