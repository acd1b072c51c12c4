import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPipeEnds } from '../../../src/platform/linux/find-pipe-ends.ts';
import { procFiles } from '../../../src/platform/linux/proc-files.ts';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addProcess } from './fake-proc.ts';

const PIPE = 'pipe:[51]';
const READS = `${PIPE} read`;
const WRITES = `${PIPE} write`;

const O_RDONLY = '0100000';
const O_WRONLY = '0100001';
const O_RDWR = '0100002';

interface Holder {
  readonly pid: number;
  readonly link?: string;
  readonly flags?: string;
}

const treeOf = (...holders: readonly Holder[]): string => {
  const proc = makeTempDir();
  for (const { pid, link = PIPE, flags } of holders) {
    addProcess(proc, { pid, descriptors: { 7: link } });
    if (flags === undefined) continue;
    mkdirSync(join(proc, String(pid), 'fdinfo'));
    writeFileSync(join(proc, String(pid), 'fdinfo', '7'), `pos:\t0\nflags:\t${flags}\nmnt_id:\t15\n`);
  }
  return proc;
};

interface Seen {
  readonly served: Readonly<Record<string, readonly number[]>>;
  readonly blindSessions: readonly number[];
}

const find = (proc: string, pids: readonly number[]): Seen => {
  const { served, blindSessions } = findPipeEnds(procFiles(proc), createProcessReader(proc), new Set([PIPE]), pids);
  return {
    served: Object.fromEntries([...served].map(([end, holders]) => [end, [...holders]])),
    blindSessions: [...blindSessions],
  };
};

describe('the other end of a pipe', () => {
  it.each<[string, Holder, Seen['served']]>([
    ['a writer serves who reads', { pid: 300, flags: O_WRONLY }, { [READS]: [300] }],
    ['a reader serves who writes', { pid: 300, flags: O_RDONLY }, { [WRITES]: [300] }],
    ['one that does both serves both', { pid: 300, flags: O_RDWR }, { [READS]: [300], [WRITES]: [300] }],
    ['one of another pipe serves nobody', { pid: 300, link: 'pipe:[52]', flags: O_RDWR }, {}],
  ])('%s', (_, holder, served) => {
    expect(find(treeOf(holder), [holder.pid])).toEqual({ served, blindSessions: [] });
  });

  it('has everybody who holds it', () => {
    const proc = treeOf({ pid: 300, flags: O_WRONLY }, { pid: 301, flags: O_WRONLY }, { pid: 302, flags: O_RDONLY });
    expect(find(proc, [300, 301, 302]).served).toEqual({ [READS]: [300, 301], [WRITES]: [302] });
  });

  it('may be with a process that could not be read, in the session of that one', () => {
    const proc = treeOf({ pid: 300, flags: O_WRONLY });
    addProcess(proc, { pid: 301, sessionId: 77 });
    rmSync(join(proc, '301', 'fd'), { recursive: true });
    expect(find(proc, [301, 300])).toEqual({ served: { [READS]: [300] }, blindSessions: [77] });
  });

  it('is not with a process that ended meanwhile', () => {
    expect(find(treeOf({ pid: 300, flags: O_WRONLY }), [300, 999])).toEqual({
      served: { [READS]: [300] },
      blindSessions: [],
    });
  });
});
