import { describe, expect, it } from 'vitest';
import type { ProcessSketch } from '../../src/model/process.ts';
import { devTreesOf } from '../../src/programs/dev-trees.ts';
import { suspectsAmong } from '../../src/programs/suspects.ts';
import { running } from '../helpers/a-process.ts';

const START = 1_700_000_000_000;

const sketch = (pid: number, parentPid: number, command: string, said: Partial<ProcessSketch> = {}): ProcessSketch => ({
  ...running(command),
  pid,
  parentPid,
  startedAt: START + pid * 1_000,
  sessionId: 30,
  program: null,
  cpuMs: null,
  ...said,
});

const INIT = sketch(1, 0, '/sbin/init', { uid: 0, sessionId: 1 });
const BASH = sketch(30, 1, 'bash');

const suspects = (all: readonly ProcessSketch[], line: readonly number[] = []): readonly number[] =>
  suspectsAmong(devTreesOf(all, 1000), all, new Set(line)).map(({ tree }) => tree.root.pid);

describe('trees worth a closer look', () => {
  it.each<[string, readonly ProcessSketch[], readonly number[]]>([
    ['below the first process', [INIT, BASH, sketch(60, 1, 'node server.js')], [60]],
    [
      'below a first process that adopts nobody',
      [{ ...INIT, ...running('sh run', { pid: 1 }) }, BASH, sketch(60, 1, 'node server.js')],
      [60],
    ],
    [
      'below the systemd of the user',
      [INIT, BASH, sketch(31, 1, 'systemd --user'), sketch(60, 31, 'node server.js')],
      [60],
    ],
    [
      'below a program of no list',
      [INIT, BASH, sketch(31, 1, 'session-keeper'), sketch(60, 31, 'node server.js')],
      [60],
    ],
    ['below a shell of another session', [INIT, BASH, sketch(60, 30, 'node server.js', { sessionId: 31 })], [60]],
    [
      'below a shell, and the leader of its session is gone',
      [INIT, sketch(32, 1, 'bash'), sketch(60, 32, 'node server.js')],
      [60],
    ],
    ['below the shell of a person', [INIT, BASH, sketch(60, 30, 'node server.js')], []],
    [
      'below the shell of another session that lives',
      [INIT, BASH, sketch(31, 1, 'bash', { sessionId: 31 }), sketch(60, 31, 'node server.js')],
      [60],
    ],
    [
      'below what takes over for a container',
      [INIT, BASH, sketch(31, 1, 'tini -- sh'), sketch(60, 31, 'node server.js')],
      [60],
    ],
    ['below tmux', [INIT, BASH, sketch(31, 1, 'tmux'), sketch(60, 31, 'node server.js')], []],
    [
      'leading a session of its own below the shell of a person',
      [INIT, BASH, sketch(60, 30, 'node server.js', { sessionId: 60 })],
      [],
    ],
    ['below nobody in sight', [INIT, BASH, sketch(60, 999, 'node server.js')], []],
  ])('%s', (_, all, pids) => {
    expect(suspects(all)).toEqual(pids);
  });

  it('are none of which this command is part, or which it runs below', () => {
    const all = [INIT, BASH, sketch(60, 1, 'node server.js'), sketch(70, 60, 'sh -c devdoctor')];
    expect(suspects(all)).toEqual([60]);
    expect(suspects(all, [70, 60, 1])).toEqual([]);
    expect(suspects(all, [70])).toEqual([]);
  });

  it('are told with those within them: only a closer look tells which was left behind', () => {
    const all = [INIT, BASH, sketch(60, 1, 'node server.js'), sketch(70, 60, '/opt/esbuild --service=0.25.0')];
    expect(suspects(all)).toEqual([60, 70]);
  });

  it('are told below what took them over, where that is itself no suspect', () => {
    const all = [INIT, BASH, sketch(31, 30, 'node keeper.js'), sketch(60, 31, 'python3 tool/app.py')];
    expect(suspects(all)).toEqual([60]);
  });
});
