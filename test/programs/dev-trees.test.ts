import { describe, expect, it } from 'vitest';
import type { ProcessSketch } from '../../src/model/process.ts';
import { devTreesOf, isAdopted, outermost } from '../../src/programs/dev-trees.ts';
import { aSketch } from '../helpers/a-sketch.ts';

const START = 1_700_000_000_000;

const INIT = aSketch(1, 0, '/sbin/init', { uid: 0, sessionId: 1 });
const TERMINAL = aSketch(20, 1, 'alacritty', { sessionId: 20 });
const BASH = aSketch(30, 20, 'bash');
const NPM = aSketch(40, 30, 'npm run dev');
const SHELL = aSketch(50, 40, 'sh -c vite');
const VITE = aSketch(60, 50, 'node node_modules/.bin/vite');
const ESBUILD = aSketch(70, 60, 'node_modules/@esbuild/linux-x64/bin/esbuild --service=0.25.0');

const shapeOf = (all: readonly ProcessSketch[], uid: number | null = 1000) =>
  devTreesOf(all, uid)
    .map(({ root, members }) => [root.pid, members.map(({ pid }) => pid)] as const)
    .toSorted(([a], [b]) => a - b);

describe('a dev server as a tree', () => {
  it('reaches from its runner to its helpers, and no further than the shell of a person', () => {
    expect(shapeOf([INIT, TERMINAL, BASH, NPM, SHELL, VITE])).toEqual([[40, [40, 50, 60]]]);
  });

  it('has its helpers below a server without a runner, each a tree where nothing ties them', () => {
    const server = aSketch(60, 30, 'node server.js');
    const helper = aSketch(70, 60, '/opt/esbuild --service=0.25.0');
    expect(shapeOf([INIT, BASH, server, helper])).toEqual([
      [60, [60, 70]],
      [70, [70]],
    ]);
  });

  it('has its root at the shell of a runner that was killed', () => {
    expect(shapeOf([INIT, { ...SHELL, parentPid: 1 }, VITE])).toEqual([[50, [50, 60]]]);
  });

  it('holds everything below its root, whatever it is and whoever it belongs to', () => {
    const make = aSketch(80, 60, 'make all');
    const other = aSketch(81, 60, 'sleep 1', { uid: 0, command: [] });
    expect(shapeOf([NPM, SHELL, VITE, make, other])).toEqual([[40, [40, 50, 60, 80, 81]]]);
  });

  const npm = (said: Partial<ProcessSketch>): ProcessSketch => aSketch(50, 30, 'npm run dev', said);

  it.each<[string, boolean, ProcessSketch]>([
    ['a runner', true, aSketch(50, 30, 'nodemon server.js')],
    ['a package runner', true, npm({})],
    ['a script of a shell', true, aSketch(50, 30, 'bash ./dev.sh')],
    ['a shell that a person types into', false, aSketch(50, 30, '-bash')],
    ['a script of the same folder', true, aSketch(50, 30, 'node dev.js')],
    ['a script of another folder', false, aSketch(50, 30, 'node tools/dev.js')],
    ['a tool of node_modules', true, aSketch(50, 30, 'node /x/node_modules/.bin/next')],
    ['any other program', false, aSketch(50, 30, 'make dev')],
    ['a runner of another user', false, npm({ uid: 0 })],
    ['a runner of another session', false, npm({ sessionId: 31 })],
    ['a runner that is younger', false, npm({ startedAt: START + 99_000 })],
  ])('climbs to %s: %s', (_, climbs, parent) => {
    const roots = new Set(shapeOf([INIT, BASH, parent, aSketch(60, 50, 'node server.js')]).map(([root]) => root));
    expect(roots.has(60)).toBe(!climbs);
    expect(roots.has(50) || !climbs).toBe(true);
  });

  it('never climbs to the first process', () => {
    const first = aSketch(1, 0, 'npm start', { startedAt: START });
    expect(shapeOf([first, aSketch(60, 1, 'node server.js')])).toContainEqual([60, [60]]);
  });

  it('ends where reused pids close a circle', () => {
    const circle = [
      aSketch(50, 60, 'npm run dev', { startedAt: START }),
      aSketch(60, 50, 'npm run dev', { startedAt: START }),
    ];
    expect(shapeOf(circle).every(([, members]) => members.length === 2)).toBe(true);
  });

  it('is of the asked user alone', () => {
    expect(shapeOf([aSketch(60, 30, 'node server.js', { uid: 0 })])).toEqual([]);
    expect(shapeOf([aSketch(60, 30, 'node server.js', { uid: 0 })], 0)).toEqual([[60, [60]]]);
  });

  it('is one, though two of its own lead to it', () => {
    expect(shapeOf([NPM, aSketch(60, 40, 'node a.js'), aSketch(61, 40, 'node b.js')])).toEqual([[40, [40, 60, 61]]]);
  });
});

describe('the outermost trees', () => {
  it('are those within no other', () => {
    const server = aSketch(60, 30, 'node server.js');
    const helper = aSketch(70, 60, '/opt/esbuild --service=0.25.0');
    const trees = devTreesOf([BASH, server, helper], 1000);
    expect(trees).toHaveLength(2);
    expect(outermost(trees).map(({ root }) => root.pid)).toEqual([60]);
  });

  it('are all of them, side by side', () => {
    const trees = devTreesOf([BASH, aSketch(60, 30, 'node a.js'), aSketch(70, 30, 'node b.js')], 1000);
    expect(outermost(trees)).toEqual(trees);
  });

  it('keep the helper of a tree that climbs', () => {
    const trees = devTreesOf([NPM, SHELL, VITE, ESBUILD], 1000);
    expect(outermost(trees).map(({ root }) => root.pid)).toEqual([40]);
  });
});

describe('a process whose parent is not what started it', () => {
  const parent = aSketch(50, 1, 'keeper');
  const child = aSketch(60, 50, 'node server.js');

  it.each<[string, Partial<ProcessSketch>, Partial<ProcessSketch>, boolean]>([
    ['of the same session', {}, {}, false],
    ['of another session than its parent', { sessionId: 31 }, {}, true],
    ['that leads its own session', { sessionId: 60 }, {}, false],
    ['whose session is not known', { sessionId: null }, {}, false],
    ['whose parent has no known session', { sessionId: 31 }, { sessionId: null }, false],
    ['older than its parent', {}, { startedAt: child.startedAt + 11 }, true],
    ['as old as its parent, but for a tick', {}, { startedAt: child.startedAt + 10 }, false],
    ['that leads its own session and is older', { sessionId: 60 }, { startedAt: child.startedAt + 11 }, true],
  ])('%s', (_, below, above, adopted) => {
    expect(isAdopted({ ...child, ...below }, { ...parent, ...above })).toBe(adopted);
  });
});
