import { describe, expect, test } from 'vitest';
import type { DevTree } from '../../src/model/dev-tree.ts';
import { read, unreadable } from '../../src/model/snapshot.ts';
import { readMemoryFacts } from '../../src/probes/memory.ts';
import { aSketch, MB } from '../checks/memory-overrun/trees.ts';
import { aProcess } from '../helpers/a-process.ts';
import { fakeHost } from '../helpers/fake-platform.ts';

const tree = (pid: number, megabytes: number): DevTree => {
  const root = aSketch(pid, 'node server.js', { memoryBytes: megabytes * MB });
  return { root, members: [root] };
};

/** A machine whose processes have what their sketches say, and a list of those that were looked at closely. */
const machine = (groupMegabytes: number | null = null, startedAt = 1_700_000_000_000) => {
  const looked: number[] = [];
  const group = { group: '/x', limitBytes: (groupMegabytes ?? 0) * MB, usedBytes: null };
  const { platform } = fakeHost(
    [1, 2].map((pid) => aProcess({ pid, cwd: { path: `/srv/${pid}`, deleted: pid === 2 } })),
    [],
    {
      inspect: {
        memory: (pids) => {
          looked.push(...pids);
          const all = pids.map((pid) => ({
            pid,
            startedAt,
            rssBytes: MB,
            sharedBytes: 0,
            pssBytes: MB,
            nodeOptions: null,
          }));
          return Promise.resolve(read(all, 'memory'));
        },
        groupLimits: (pids) =>
          Promise.resolve(read(new Map(groupMegabytes === null ? [] : pids.map((pid) => [pid, group])), 'groups')),
      },
    },
  );
  return { platform, looked };
};

const SERIES = [{ pid: 9, startedAt: 0, samples: [] }];

describe('memory of dev trees', () => {
  test.each([
    ['from half of 256 MB on', null, null, [], [2]],
    ['from half of the least limit of the project on', null, 60, [], [1, 2]],
    ['whatever a larger limit of the project says', null, 4000, [], [2]],
    ['from half of its control group on', 70, null, [], [1, 2]],
    ['all of them for a series', null, null, SERIES, [1, 2]],
  ] as const)('is read closely %s', async (_, groupLimit, least, series, expected) => {
    const { platform, looked } = machine(groupLimit);
    const limit = least === null ? null : least * MB;
    const facts = await readMemoryFacts([tree(1, 40), tree(2, 128)], platform, series, limit);
    expect(looked).toEqual(expected);
    expect(facts).toMatchObject({ ok: true, value: { series } });
    const closely = facts.ok ? facts.value.trees.filter(({ members }) => members.length > 0) : [];
    expect(closely.map((one) => one.tree.root.pid)).toEqual(expected);
  });

  test('says where each runs, unless that folder is gone', async () => {
    const facts = await readMemoryFacts([tree(1, 200), tree(2, 200)], machine().platform, []);
    expect(facts.ok ? facts.value.trees.map(({ cwd }) => cwd) : null).toEqual(['/srv/1', null]);
  });

  test('leaves out a process that took over the pid', async () => {
    const facts = await readMemoryFacts([tree(1, 200)], machine(null, 1_700_000_009_000).platform, []);
    expect(facts.ok ? facts.value.trees[0]?.members : null).toEqual([]);
  });

  test('says what the machine has', async () => {
    const facts = await readMemoryFacts([], machine().platform, []);
    const told = facts.ok ? facts.value.machine : { totalBytes: 0, availableBytes: 0 };
    expect(told.availableBytes).toBeGreaterThan(0);
    expect(told.totalBytes).toBeGreaterThan(told.availableBytes);
  });

  test.each(['memory', 'groupLimits', 'lineage'] as const)('is not told where %s cannot be read', async (name) => {
    const { platform } = machine();
    const failing = () => Promise.resolve(unreadable('too-many-open-files', 'no more files'));
    const facts = await readMemoryFacts(
      [tree(1, 200)],
      { ...platform, inspect: { ...platform.inspect, [name]: failing } },
      [],
    );
    expect(facts).toEqual(unreadable('too-many-open-files', 'no more files'));
  });
});
