import { describe, expect, it } from 'vitest';
import type { ProcessSketch } from '../../src/model/process.ts';
import { devTreesOf } from '../../src/programs/dev-trees.ts';
import { suspectsAmong } from '../../src/programs/suspects.ts';
import { running } from '../helpers/a-process.ts';
import { aSketch } from '../helpers/a-sketch.ts';

const INIT = aSketch(1, 0, '/sbin/init', { uid: 0, sessionId: 1 });
const BASH = aSketch(30, 1, 'bash');

const suspects = (all: readonly ProcessSketch[], line: readonly number[] = []): readonly number[] =>
  suspectsAmong(devTreesOf(all, 1000), all, new Set(line)).map(({ tree }) => tree.root.pid);

describe('trees worth a closer look', () => {
  it.each<[string, readonly ProcessSketch[], readonly number[]]>([
    ['below the first process', [INIT, BASH, aSketch(60, 1, 'node server.js')], [60]],
    [
      'below a first process that adopts nobody',
      [{ ...INIT, ...running('sh run', { pid: 1 }) }, BASH, aSketch(60, 1, 'node server.js')],
      [60],
    ],
    [
      'below the systemd of the user',
      [INIT, BASH, aSketch(31, 1, 'systemd --user'), aSketch(60, 31, 'node server.js')],
      [60],
    ],
    [
      'below a program of no list',
      [INIT, BASH, aSketch(31, 1, 'session-keeper'), aSketch(60, 31, 'node server.js')],
      [60],
    ],
    ['below a shell of another session', [INIT, BASH, aSketch(60, 30, 'node server.js', { sessionId: 31 })], [60]],
    [
      'below a shell, and the leader of its session is gone',
      [INIT, aSketch(32, 1, 'bash'), aSketch(60, 32, 'node server.js')],
      [60],
    ],
    ['below the shell of a person', [INIT, BASH, aSketch(60, 30, 'node server.js')], []],
    [
      'below the shell of another session that lives',
      [INIT, BASH, aSketch(31, 1, 'bash', { sessionId: 31 }), aSketch(60, 31, 'node server.js')],
      [60],
    ],
    [
      'below what takes over for a container',
      [INIT, BASH, aSketch(31, 1, 'tini -- sh'), aSketch(60, 31, 'node server.js')],
      [60],
    ],
    ['below tmux', [INIT, BASH, aSketch(31, 1, 'tmux'), aSketch(60, 31, 'node server.js')], []],
    [
      'leading a session of its own below the shell of a person',
      [INIT, BASH, aSketch(60, 30, 'node server.js', { sessionId: 60 })],
      [],
    ],
    ['below nobody in sight', [INIT, BASH, aSketch(60, 999, 'node server.js')], []],
  ])('%s', (_, all, pids) => {
    expect(suspects(all)).toEqual(pids);
  });

  it('are none of which this command is part, or which it runs below', () => {
    const all = [INIT, BASH, aSketch(60, 1, 'node server.js'), aSketch(70, 60, 'sh -c devdoctor')];
    expect(suspects(all)).toEqual([60]);
    expect(suspects(all, [70, 60, 1])).toEqual([]);
    expect(suspects(all, [70])).toEqual([]);
  });

  it('are told with those within them: only a closer look tells which was left behind', () => {
    const all = [INIT, BASH, aSketch(60, 1, 'node server.js'), aSketch(70, 60, '/opt/esbuild --service=0.25.0')];
    expect(suspects(all)).toEqual([60, 70]);
  });

  it('are told below what took them over, where that is itself no suspect', () => {
    const all = [INIT, BASH, aSketch(31, 30, 'node keeper.js'), aSketch(60, 31, 'python3 tool/app.py')];
    expect(suspects(all)).toEqual([60]);
  });
});
