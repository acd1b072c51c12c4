import { describe, expect, test } from 'vitest';
import { changeKey, watch, watchInterval, type WatchedLook } from '../../src/cli/commands/check-watch.ts';
import { continueSeries } from '../../src/cli/memory-series.ts';
import type { MemorySeries } from '../../src/model/dev-tree.ts';
import type { MemoryFinding, Severity } from '../../src/model/finding.ts';
import type { CheckResult } from '../../src/model/results.ts';
import { read } from '../../src/model/snapshot.ts';
import { memoryOverrun } from '../../src/checks/memory-overrun.ts';
import { aTree, facts, MB } from '../checks/memory-overrun/trees.ts';
import { aContext } from '../helpers/a-snapshot.ts';
import { fakeClock } from '../helpers/fake-clock.ts';

const finding = (severity: Severity): MemoryFinding => {
  const memory = facts([aTree([['node server.js', 400, 10, 390]])]);
  const [found] = [...memoryOverrun.examine({ memory }, aContext({ maxMemoryBytes: 300 * MB }))];
  if (found?.check !== 'memory-overrun') throw new Error('nothing was found');
  return { ...found, severity };
};

const result = (findings: readonly MemoryFinding[]): CheckResult => ({
  schemaVersion: 1,
  command: 'check',
  takenAt: '',
  platform: 'linux',
  ports: [],
  outcomes: [{ check: 'memory-overrun', status: findings.length > 0 ? 'found' : 'clear' }],
  findings,
  notes: [],
});

interface Said {
  readonly looks: readonly (readonly MemoryFinding[])[];
  readonly everyLook?: boolean;
  readonly readers?: number;
  readonly intervalMs?: number;
}

/** Watches a scripted machine until the script ends. */
const watchScript = async ({ looks, everyLook = false, readers = 99, intervalMs = 5_000 }: Said) => {
  const clock = fakeClock();
  const times: number[] = [];
  const told: number[] = [];
  const given: number[] = [];
  const code = await watch({
    intervalMs,
    clock,
    everyLook,
    look: (series) => {
      given.push(series[0]?.samples.length ?? -1);
      const memory = read(facts([aTree([['node server.js', 400, 10, 390]])], { series }), 'a test');
      const findings = looks[times.length] ?? [];
      times.push(clock.now());
      const look: WatchedLook = {
        result: result(findings),
        snapshot: { takenAt: clock.now(), platform: 'linux', readings: { memory } },
        exitCode: findings.length,
      };
      return Promise.resolve(look);
    },
    tell: () => {
      told.push(times.length - 1);
      return told.length < readers;
    },
    stopped: () => times.length === looks.length,
  });
  return { code, times, told, given };
};

describe('watching', () => {
  test('looks at each interval, hands the samples on, and ends with the code of the last look', async () => {
    const { code, times, given } = await watchScript({ looks: [[], [], [finding('error')]] });
    expect(times).toEqual([0, 5_000, 10_000]);
    expect(given).toEqual([-1, 1, 2]);
    expect(code).toBe(1);
  });

  test('tells a person only what changed', async () => {
    const [error, warning] = [finding('error'), finding('warning')];
    const looks = [[], [], [error], [{ ...error, summary: 'other numbers' }], [warning], []];
    expect((await watchScript({ looks })).told).toEqual([0, 2, 4, 5]);
  });

  test('tells a program every look', async () => {
    expect((await watchScript({ looks: [[], [], []], everyLook: true })).told).toEqual([0, 1, 2]);
  });

  test('ends when nobody reads any more', async () => {
    expect((await watchScript({ looks: [[], [], [], []], everyLook: true, readers: 2 })).times).toHaveLength(2);
  });

  test('takes the largest server for no news', () => {
    expect(changeKey(result([finding('info')]))).toBe(changeKey(result([{ ...finding('info'), id: 'other' }])));
    expect(changeKey(result([finding('info')]))).toBe(changeKey(result([])));
  });
});

describe('the interval', () => {
  test.each([
    ['', 5_000],
    ['10s', 10_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ])('%j is %d ms', (text, expected) => expect(watchInterval(text)).toBe(expected));
  test.each(['0s', '500ms', '2h', '10', 'soon', '-5s'])('%j is refused', (text) => {
    expect(() => watchInterval(text)).toThrow(/--watch takes a length of time from 1s to 1h/);
  });
});

describe('kept samples', () => {
  const grow = (seconds: number): readonly MemorySeries[] => {
    let series: readonly MemorySeries[] = [];
    const tree = aTree([['node server.js', 400, 10, 390]]);
    for (let second = 0; second <= seconds; second += 5) {
      series = continueSeries({ trees: [tree], series }, 1_700_000_000_000 + second * 1000);
    }
    return series;
  };

  test('are bounded, newest whole and older ones thinned', () => {
    const samples = grow(6 * 3600)[0]?.samples ?? [];
    expect(samples.length).toBeLessThan(900);
    const span = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
    expect(span / 60_000).toBeGreaterThan(235);
    expect(span / 60_000).toBeLessThanOrEqual(240);
    expect(samples.map(({ at }) => at)).toEqual(samples.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('are the lowest of their stretch of time when they are old', () => {
    const at = (second: number) => 1_700_000_000_000 + second * 1000;
    const samples = [0, 1, 2, 3].map((second) => ({ at: at(second), bytes: [9, 4, 7, 8][second] ?? 0 }));
    const tree = aTree([['node server.js', 400, 10, 390]]);
    const before = [{ pid: 100, startedAt: tree.tree.root.startedAt, samples }];
    const [kept] = continueSeries({ trees: [tree], series: before }, at(1800));
    expect(kept?.samples.map(({ bytes }) => bytes)).toEqual([4, 390 * MB]);
  });

  test('are forgotten with their process, and not handed to another with its pid', () => {
    const before = grow(60);
    expect(continueSeries({ trees: [], series: before }, 1)).toEqual([]);
    const tree = aTree([['node server.js', 400, 10, 390]]);
    const root = { ...tree.tree.root, startedAt: tree.tree.root.startedAt + 60_000 };
    const [other] = continueSeries({ trees: [{ ...tree, tree: { root, members: [root] } }], series: before }, 5);
    expect(other?.samples).toHaveLength(1);
  });

  test('have none for a tree that was not looked at closely, and a place for them', () => {
    const tree = aTree([['node server.js', 1, 0, 1]], { members: [] });
    expect(continueSeries({ trees: [tree], series: [] }, 5)).toMatchObject([{ pid: 100, samples: [] }]);
  });
});
