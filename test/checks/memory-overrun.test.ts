import { describe, expect, test } from 'vitest';
import { memoryOverrun } from '../../src/checks/memory-overrun.ts';
import type { CheckContext, ServiceLimit } from '../../src/model/check.ts';
import type { MemoryFacts } from '../../src/model/dev-tree.ts';
import type { Finding, MemoryFinding } from '../../src/model/finding.ts';
import { aContext, NOW } from '../helpers/a-snapshot.ts';
import { seriesOf, START } from './memory-overrun/series.ts';
import { aTree, facts, MB } from './memory-overrun/trees.ts';

const isMemory = (finding: Finding): finding is MemoryFinding => finding.check === 'memory-overrun';

const find = (memory: MemoryFacts, said: Partial<CheckContext> = {}): readonly MemoryFinding[] =>
  [...memoryOverrun.examine({ memory }, aContext(said))].filter(isMemory);

const one = (memory: MemoryFacts, said: Partial<CheckContext> = {}): MemoryFinding => {
  const [finding, ...others] = find(memory, said);
  if (finding === undefined || others.length > 0) throw new Error(`${others.length} other findings, or none`);
  return finding;
};

const OTHER_PROGRAM = [
  ['python3 app.py', 50, 10, 40],
  ['python3 worker.py', 410, 10, 405],
] as const;

const PARENT_AND_CHILD = [
  ['node server.js', 50, 10, 40],
  ['node worker.js', 410, 10, 405],
] as const;

const service = (said: Partial<ServiceLimit>): ServiceLimit => ({
  name: 'api',
  limitBytes: 300 * MB,
  source: 'settings',
  cwd: null,
  script: null,
  ...said,
});

/** Samples up to now of the tree of pid 100, and the facts they end in. */
const watched = (perMinute: number, minutes: number, tree = aTree(PARENT_AND_CHILD)): MemoryFacts => {
  const taking = { seed: 1, minutes, everySeconds: 5, toothSeconds: 0 };
  const samples = seriesOf((at) => perMinute * (at - minutes) + 295, taking).map(({ at, bytes }) => ({
    at: at - START + NOW - minutes * 60_000,
    bytes,
  }));
  return facts([tree], { series: [{ pid: 100, startedAt: 1_700_000_000_000, samples }] });
};

describe('a tree over its limit', () => {
  test('counts the whole tree, shares where they can be read', () => {
    const finding = one(facts([aTree(PARENT_AND_CHILD)]), { maxMemoryBytes: 300 * MB });
    expect(finding).toMatchObject({
      id: 'memory-overrun:100',
      severity: 'error',
      subject: { kind: 'process', pid: 100 },
      summary: '100 node server.js uses 445 MB, over its limit of 300 MB',
      data: { treeBytes: 445 * MB, rssBytes: 50 * MB, limitBytes: 300 * MB, limitSource: 'settings', trend: null },
    });
  });

  test('counts shared pages once where shares cannot be read', () => {
    const tree = aTree([
      ['node server.js', 50, 38, null],
      ['node worker.js', 438, 38, null],
    ]);
    const finding = one(facts([tree]), { maxMemoryBytes: 300 * MB });
    expect(finding.data.treeBytes).toBe(450 * MB);
    expect(finding.evidence.map(({ text }) => text)).toContain('450 MB at most');
  });

  test.each([
    [530, null],
    [523, 'warning'],
    [446, 'warning'],
    [444, 'error'],
  ] as const)('of %d MB is %s', (limit, severity) => {
    const found = find(facts([aTree(PARENT_AND_CHILD)]), { maxMemoryBytes: limit * MB });
    expect(found.map((finding) => finding.severity)).toEqual(severity === null ? [] : [severity]);
  });

  test('is judged by the limit of its own project alone', () => {
    const elsewhere = aTree(PARENT_AND_CHILD, { cwd: '/home/dev/other' });
    expect(find(facts([elsewhere]), { maxMemoryBytes: 300 * MB })).toEqual([]);
    expect(find(facts([aTree(PARENT_AND_CHILD, { cwd: null })]), { maxMemoryBytes: 300 * MB })).toEqual([]);
    expect(find(facts([aTree(PARENT_AND_CHILD)]), { maxMemoryBytes: 300 * MB, project: null })).toEqual([]);
  });

  test('is not judged where no closer look was taken, nor while it is too young', () => {
    expect(find(facts([aTree(PARENT_AND_CHILD, { members: [] })]), { maxMemoryBytes: MB })).toEqual([]);
    expect(find(facts([aTree(PARENT_AND_CHILD)]), { maxMemoryBytes: MB, minAgeMs: 48 * 3_600_000 })).toEqual([]);
  });
});

describe('a service', () => {
  test.each([
    ['its script in its folder', 'node dist/api.js', { cwd: '/home/dev/shop', script: './dist/api.js' }],
    ['the whole path of its script', 'node /srv/x/api.js', { cwd: '/srv/x', script: 'api.js' }],
    ['the name of a run script', 'npm run api', {}],
    ['the name of its script', 'node api.mjs', {}],
  ])('is known by %s', (_, command, said) => {
    const finding = one(facts([aTree([[command, 400, 10, 390]])]), { services: [service(said)] });
    expect(finding).toMatchObject({ id: 'memory-overrun:api', data: { service: 'api', limitSource: 'settings' } });
    expect(finding.summary).toMatch(/^api uses 390 MB, over its limit of 300 MB$/);
  });

  test('of another folder is not known by its script, and of no project not by its name', () => {
    const tree = aTree([['node api.js', 400, 10, 390]], { cwd: '/home/dev/other' });
    expect(find(facts([tree]), { services: [service({ cwd: '/home/dev/shop', script: 'api.js' })] })).toEqual([]);
  });

  test('has its own limit, not the general one', () => {
    const said = { services: [service({ limitBytes: 800 * MB })], maxMemoryBytes: 100 * MB };
    expect(find(facts([aTree([['npm run api', 400, 10, 390]])]), said)).toEqual([]);
  });

  test('without a limit of its own has the general one', () => {
    const said = { services: [service({ limitBytes: null })], maxMemoryBytes: 100 * MB };
    expect(one(facts([aTree([['npm run api', 400, 10, 390]])]), said).data.limitBytes).toBe(100 * MB);
  });

  test('with two instances has its name on the larger one only', () => {
    const small = aTree([['npm run api', 350, 10, 340]]);
    const ids = find(facts([small, aTree([['npm run api', 400, 10, 390]])]), { services: [service({})] });
    expect(ids.map(({ id }) => id)).toEqual(['memory-overrun:api', 'memory-overrun:100']);
  });
});

describe('the other limits', () => {
  const group = (limit: number, used: number | null) => ({
    group: '/x',
    limitBytes: limit * MB,
    usedBytes: used === null ? null : used * MB,
  });

  test('a control group is passed by all in it, and told of a tree that is most of it', () => {
    const tree = aTree(OTHER_PROGRAM, { group: group(800, 700) });
    expect(one(facts([tree])).data).toMatchObject({ limitSource: 'control-group', limitBytes: 800 * MB });
    expect(find(facts([aTree(OTHER_PROGRAM, { group: group(2000, 1900) })]))).toEqual([]);
    expect(find(facts([aTree(OTHER_PROGRAM, { group: group(800, null) })]))).toEqual([]);
  });

  test('a small container is told that the kernel speaks first', () => {
    const tree = aTree([['node server.js', 250, 10, 245]], { group: group(256, 245) });
    const remedies = one(facts([tree])).remedies.map((remedy) => ('instructions' in remedy ? remedy.instructions : ''));
    expect(remedies[0]).toMatch(/kernel kills it without a word before V8/);
    expect(one(facts([tree])).remedies[0]?.commands).toEqual(['NODE_OPTIONS=--max-old-space-size=192 node server.js']);
  });

  test('a heap limit is of one process, and never an error, since buffers count besides', () => {
    const tree = aTree([
      ['npm run dev', 60, 40, 25],
      ['node --max-old-space-size=256 server.js', 310, 38, 280],
    ]);
    const finding = one(facts([tree]));
    expect(finding).toMatchObject({
      id: 'memory-overrun:100',
      severity: 'warning',
      subject: { pid: 101 },
      data: { pid: 101, limitSource: 'heap-flag', limitBytes: 256 * MB, treeBytes: 305 * MB, rssBytes: 310 * MB },
    });
    expect(finding.evidence.map(({ text }) => text).join()).toContain('counts only JavaScript objects');
    expect(finding.summary).toContain('272 MB in process 101, over its heap limit of 256 MB');
  });

  test('what certainly counts is told before a heap that is fuller', () => {
    const tree = aTree([['node server.js', 240, 10, 235]], { group: group(270, 235) });
    expect(one(facts([tree])).data.limitSource).toBe('control-group');
  });

  test('what uses far more than its heap may hold is told, though the rest of it is no heap', () => {
    const finding = one(facts([aTree([['node --max-old-space-size=256 server.js', 440, 38, 410]])]));
    expect(finding).toMatchObject({ severity: 'warning', data: { limitSource: 'heap-flag' } });
  });

  test('NODE_OPTIONS sets one too', () => {
    const tree = aTree([['node server.js', 310, 38, 280]], { nodeOptions: '--max-old-space-size=256' });
    expect(one(facts([tree])).data.limitSource).toBe('heap-flag');
  });

  test('a machine without memory is told of the tree that has most of it', () => {
    const machine = { totalBytes: 2048 * MB, availableBytes: 30 * MB };
    expect(one(facts([aTree(PARENT_AND_CHILD)], { machine })).data).toMatchObject({
      limitSource: 'machine',
      limitBytes: 475 * MB,
    });
  });
});

describe('a tree that was watched', () => {
  test('and grows is told with its rate and the time to the limit', () => {
    const finding = one(watched(10, 12), { maxMemoryBytes: 800 * MB });
    expect(finding.severity).toBe('warning');
    expect(finding.data.trend).toMatchObject({ verdict: 'growing', minutesToLimit: expect.any(Number), minutes: 12 });
    expect(finding.data.trend?.minutesToLimit).toBeGreaterThan(30);
    expect(finding.data.trend?.minutesToLimit).toBeLessThan(40);
    expect(finding.summary).toMatch(/^100 node server\.js grows 10 MB a minute, 3\d min to its limit of 800 MB$/);
    expect(finding.remedies[0]?.commands).toEqual(['NODE_OPTIONS=--heapsnapshot-near-heap-limit=2 node server.js']);
  });

  test('leaks after an hour, and not before', () => {
    expect(one(watched(3, 55)).summary).toMatch(/ grows 3 MB a minute/);
    expect(one(watched(3, 70)).summary).toMatch(/ leaks 3 MB a minute/);
  });

  test('and grows over its limit is an error that says both', () => {
    const finding = one(watched(10, 12), { maxMemoryBytes: 400 * MB });
    expect(finding.severity).toBe('error');
    expect(finding.summary).toMatch(/uses 445 MB, over its limit of 400 MB, and grows 10 MB a minute$/);
    expect(finding.data.trend?.minutesToLimit).toBe(0);
  });

  test('without anything wrong is told as the largest, for information', () => {
    const finding = one(watched(0, 12));
    expect(finding).toMatchObject({ severity: 'info', remedies: [], data: { trend: { verdict: 'steady' } } });
    expect(finding.summary).toMatch(/is the largest dev server here: 445 MB, and steady/);
  });

  test('is not taken for another process that had its pid', () => {
    const memory = watched(10, 12);
    const series = memory.series.map((kept) => ({ ...kept, startedAt: kept.startedAt - 60_000 }));
    expect(find({ ...memory, series })).toEqual([]);
  });
});
