import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StandardStream } from '../../../src/model/process.ts';
import { procFiles } from '../../../src/platform/linux/proc-files.ts';
import { pipeEnd, readStreams, type OtherEnds } from '../../../src/platform/linux/read-streams.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addProcess } from './fake-proc.ts';

type Descriptors = Readonly<Record<number, string>>;

const NOBODY_KNOWS: OtherEnds = { unix: new Map(), isPipeAbandoned: () => null };

const PID = 200;
const PARENT = 100;

const streams = (
  descriptors: Descriptors,
  ends: OtherEnds = NOBODY_KNOWS,
  parent: Descriptors | null = null,
): readonly StandardStream[] | null => {
  const proc = makeTempDir();
  addProcess(proc, { pid: PID, parentPid: PARENT, descriptors });
  if (parent !== null) addProcess(proc, { pid: PARENT, descriptors: parent });
  return readStreams(procFiles(proc), PID, PARENT, ends);
};

const CLOSED = { kind: 'closed', path: null, abandoned: null, inherited: false };

describe('a standard stream', () => {
  it.each<[string, Partial<StandardStream>]>([
    ['/dev/null', { kind: 'null', path: '/dev/null', abandoned: null }],
    ['/dev/pts/3', { kind: 'terminal', path: '/dev/pts/3', abandoned: false }],
    ['/dev/pts/3 (deleted)', { kind: 'terminal', path: '/dev/pts/3', abandoned: true }],
    ['/dev/tty1', { kind: 'terminal', path: '/dev/tty1', abandoned: false }],
    ['/dev/ttyS0', { kind: 'terminal', path: '/dev/ttyS0', abandoned: false }],
    ['/dev/console', { kind: 'terminal', path: '/dev/console', abandoned: false }],
    ['/dev/pts/ptmx', { kind: 'other', path: '/dev/pts/ptmx', abandoned: null }],
    ['/home/dev/shop/server.log (deleted)', { kind: 'other', path: '/home/dev/shop/server.log', abandoned: null }],
    ['/nowhere/server.log', { kind: 'other', path: '/nowhere/server.log', abandoned: null }],
    ['/', { kind: 'other', path: '/', abandoned: null }],
    ['anon_inode:[eventfd]', { kind: 'other', path: 'anon_inode:[eventfd]', abandoned: null }],
    ['socket:[41]', { kind: 'socket', path: null, abandoned: null }],
    ['pipe:[51]', { kind: 'pipe', path: null, abandoned: null }],
  ])('to %s', (link, expected) => {
    expect(streams({ 1: link })).toEqual([CLOSED, { ...expected, inherited: false }, CLOSED]);
  });

  it('to a file that is there is one to a file', () => {
    const path = join(makeTempDir(), 'server.log');
    writeFileSync(path, '');
    expect(streams({ 2: path })?.[2]).toEqual({ kind: 'file', path, abandoned: null, inherited: false });
  });

  it.each([true, false])('over a socket is abandoned as the table has it: %s', (abandoned) => {
    const ends = {
      ...NOBODY_KNOWS,
      unix: new Map([
        [41, abandoned],
        [42, !abandoned],
      ]),
    };
    expect(streams({ 0: 'socket:[41]' }, ends)?.[0]).toEqual({
      kind: 'socket',
      path: null,
      abandoned,
      inherited: false,
    });
  });

  it.each([
    [0, true],
    [1, false],
    [2, false],
  ])('over a pipe, as descriptor %i, is asked for at its own end', (descriptor, abandoned) => {
    const ends = {
      ...NOBODY_KNOWS,
      isPipeAbandoned: (end: string, pid: number) => (pid === PID ? end === 'pipe:[51] read' : null),
    };
    expect(streams({ [descriptor]: 'pipe:[51]' }, ends)?.[descriptor]).toMatchObject({ kind: 'pipe', abandoned });
  });

  it('is inherited where the parent has the very same one, whatever its number', () => {
    const told = streams({ 0: '/dev/null', 1: 'pipe:[51]', 2: 'pipe:[52]' }, NOBODY_KNOWS, {
      0: '/dev/null',
      2: 'pipe:[51]',
      3: 'pipe:[52]',
    });
    expect(told?.map(({ inherited }) => inherited)).toEqual([true, true, false]);
  });

  it('is not told of a process that ended', () => {
    expect(readStreams(procFiles(makeTempDir()), PID, PARENT, NOBODY_KNOWS)).toBeNull();
  });
});

describe('one end of a pipe', () => {
  it('is the one that reads at standard input, and writes everywhere else', () => {
    expect([0, 1, 2].map((descriptor) => pipeEnd('pipe:[51]', descriptor))).toEqual([
      'pipe:[51] read',
      'pipe:[51] write',
      'pipe:[51] write',
    ]);
  });
});
