import { describe, expect, it } from 'vitest';
import { judgeLeftovers, ORPHAN_SCORE, STALE_SCORE, type Judged } from '../../../src/checks/leftovers/judge.ts';
import { RUBRIC } from '../../../src/checks/leftovers/rubric.ts';
import { orphanProcess } from '../../../src/checks/orphan-process.ts';
import { staleProcess } from '../../../src/checks/stale-process.ts';
import { aProcess } from '../../helpers/a-process.ts';
import { NOW } from '../../helpers/a-snapshot.ts';
import {
  BASH,
  CLOSED_TERMINAL,
  contextOf,
  DAY,
  factsOf,
  GONE,
  KEEPER,
  LOG_FILE,
  LONELY,
  NULL,
  ROOT_PID,
  stream,
  type Said,
} from './a-situation.ts';

const judged = (said: Said): Judged => {
  const [only, ...more] = judgeLeftovers(factsOf(said), contextOf(said));
  if (only === undefined || more.length > 0) throw new Error('one tree is judged, and no veto is on it');
  return only;
};

const REMOVED = { path: '/home/dev/shop', deleted: true };
const SCRIPT = { npm_lifecycle_event: 'dev', npm_lifecycle_script: 'vite' };
const KILLED_RUNNER = { npm_lifecycle_event: 'dev', npm_lifecycle_script: 'node server.js' };
const NEWER = aProcess({ pid: 300, parentPid: 40, startedAt: NOW - 60_000 });
const ALL_GONE: Said['streams'] = [LONELY, LONELY, LONELY];
const MCP = { command: ['node', '/home/dev/shop/node_modules/mcp-files/index.js'] };

/** Everything that fits a job put to the background on purpose, at once. */
const CONTEXT_ALONE: Said = {
  root: {
    sessionId: GONE,
    startedAt: NOW - 8 * DAY,
    environment: SCRIPT,
    executable: { path: '/usr/bin/node', deleted: true },
  },
  others: [NEWER],
  candidate: { busy: false },
};

describe('the score', () => {
  it.each<[string, Said, number]>([
    ['a daemon by its parent alone', {}, 30],
    ['the same, nobody uses it', { candidate: { busy: false } }, 40],
    ['the same, and its session ended', { root: { sessionId: GONE }, candidate: { busy: false } }, 65],
    ['both ends gone, nothing watched', { streams: ALL_GONE }, 80],
    ['both ends gone, below a session that ended', { streams: ALL_GONE, root: { sessionId: GONE } }, 100],
    ['never above a hundred', { ...CONTEXT_ALONE, streams: ALL_GONE }, 100],
    ['never below zero', { root: { sessionId: ROOT_PID }, parent: KEEPER, streams: [NULL, LOG_FILE, NULL] }, 0],
    ['less for a client', { streams: ALL_GONE, traces: { clients: 1 } }, 55],
    ['less for a log file', { streams: [NULL, LOG_FILE, NULL], root: { sessionId: GONE } }, 35],
    ['less for a session of its own', { root: { ...MCP, sessionId: ROOT_PID }, streams: ALL_GONE }, 75],
  ])('%s', (_, said, score) => {
    expect(judged(said).score).toBe(score);
  });
});

describe('the cap', () => {
  it('keeps context alone below what is offered, however much there is of it', () => {
    const { view, score, decisive } = judged(CONTEXT_ALONE);
    const sum = RUBRIC.reduce((total, item) => total + (item.seen(view) === null ? 0 : item.points), 0);
    const context = RUBRIC.filter(({ strength }) => strength === 'context');
    expect(sum).toBe(context.reduce((total, { points }) => total + points, 0));
    expect(sum).toBeGreaterThan(ORPHAN_SCORE);
    expect({ score, decisive }).toEqual({ score: ORPHAN_SCORE - 1, decisive: false });
  });

  it.each<[string, Said]>([
    ['a strong item', { streams: [NULL, LONELY, NULL] }],
    ['a closed terminal', { streams: [NULL, CLOSED_TERMINAL, NULL] }],
    ['a lost input', { streams: [LONELY, NULL, NULL] }],
    ['a decisive item', { root: { ...CONTEXT_ALONE.root, cwd: REMOVED } }],
    ['a killed runner', { root: { ...CONTEXT_ALONE.root, environment: KILLED_RUNNER } }],
  ])('is lifted by %s', (_, said) => {
    expect(judged({ ...CONTEXT_ALONE, ...said }).score).toBe(100);
  });

  it('is not lifted by what speaks against it', () => {
    const said = { ...CONTEXT_ALONE, traces: { clients: 1 } };
    expect(judged(said).score).toBe(ORPHAN_SCORE - 1);
    expect(judged(said).blockedBy).toEqual(['1 connection to its port']);
  });

  it('holds for a removed folder, too, below the shell of a person', () => {
    const root = { startedAt: NOW - 8 * DAY, executable: { path: '/usr/bin/node', deleted: true }, cwd: REMOVED };
    const parent = { ...BASH, startedAt: NOW - 30 * DAY };
    const { score, decisive } = judged({ parent, root, others: [NEWER], candidate: { busy: false } });
    expect({ score, decisive }).toEqual({ score: ORPHAN_SCORE - 1, decisive: false });
  });

  it('holds where nothing connects it with a parent that may have started it', () => {
    const root = { ...CONTEXT_ALONE.root, sessionId: 41, startedAt: NOW - 8 * DAY, environment: SCRIPT };
    const said: Said = { ...CONTEXT_ALONE, parent: { ...KEEPER, startedAt: NOW - 30 * DAY }, root };
    const { view, score } = judged({ ...said, streams: [LONELY, NULL, NULL] });
    expect({ origin: view.origin, score }).toEqual({ origin: 'untied', score: ORPHAN_SCORE - 1 });
  });
});

describe('what is decisive', () => {
  it.each<[string, Said, boolean]>([
    ['a removed folder', { root: { cwd: REMOVED } }, true],
    ['a helper over pipes that nobody can speak to', { root: MCP, streams: [LONELY, NULL, NULL] }, true],
    ['a killed runner, which is strong only', { root: { environment: KILLED_RUNNER } }, false],
    ['both ends gone, which is strong only', { streams: ALL_GONE }, false],
    ['a removed folder below the shell of a person', { parent: BASH, root: { cwd: REMOVED } }, false],
  ])('%s: %s', (_, said, decisive) => {
    expect(judged(said).decisive).toBe(decisive);
  });
});

describe('the reasons', () => {
  it('are told for and against, each in the order of the rubric', () => {
    const { evidence, blockedBy } = judged({
      root: { ...MCP, sessionId: ROOT_PID },
      streams: [LONELY, LOG_FILE, stream({ kind: 'pipe', abandoned: true })],
      traces: { clients: 1 },
    });
    expect(evidence).toEqual([
      '100 is spoken to over standard input, and nobody is at the other end',
      'nobody reads its output any more',
      'whoever started it is gone: 1 systemd took it over',
    ]);
    expect(blockedBy).toEqual([
      'it was given a session of its own, on purpose',
      '1 connection to its port',
      'it writes to the file /home/dev/shop/server.log',
    ]);
  });
});

/** On both sides of each bound. Points are multiples of five; 69 is what context alone is cut to. */
const SCORED: readonly (readonly [number, Said])[] = [
  [35, { candidate: { busy: false }, root: { environment: SCRIPT }, streams: [NULL, LOG_FILE, NULL] }],
  [40, { candidate: { busy: false } }],
  [65, { candidate: { busy: false }, root: { sessionId: GONE } }],
  [69, { root: { sessionId: GONE, environment: SCRIPT } }],
  [70, { streams: [LONELY, NULL, NULL], root: { environment: SCRIPT } }],
  [75, { root: { ...MCP, sessionId: ROOT_PID }, streams: ALL_GONE }],
];

describe('the two checks', () => {
  it('share the candidates at forty and at seventy', () => {
    expect([STALE_SCORE, ORPHAN_SCORE]).toEqual([40, 70]);
  });

  it.each(SCORED)('of a score of %i', (score, said) => {
    const facts = { leftovers: factsOf(said) };
    const context = contextOf(said);
    const orphans = [...orphanProcess.examine(facts, context)];
    const stale = [...staleProcess.examine(facts, context)];
    const expected = (holds: boolean, check: string): readonly string[] => (holds ? [`${check}:${ROOT_PID}`] : []);
    expect(judged(said).score).toBe(score);
    expect(orphans.map(({ id }) => id)).toEqual(expected(score >= 70, 'orphan-process'));
    expect(stale.map(({ id }) => id)).toEqual(expected(score >= 40 && score < 70, 'stale-process'));
  });
});

describe('all candidates', () => {
  it('are judged but for those under a veto and those that ended', () => {
    const facts = factsOf({ streams: ALL_GONE, others: [aProcess({ pid: 200, uid: 0 })] });
    const [first] = facts.candidates;
    if (first === undefined) throw new Error('there is one');
    const candidates = [{ ...first, pid: 200, members: [200] }, first, { ...first, pid: 666, members: [666] }];
    const all = judgeLeftovers({ ...facts, candidates }, contextOf({}));
    expect(all.map(({ view }) => view.root.pid)).toEqual([ROOT_PID]);
  });

  it('may be nobody', () => {
    expect(judgeLeftovers({ candidates: [], processes: [] }, contextOf({}))).toEqual([]);
  });
});
