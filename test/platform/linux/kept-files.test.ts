import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFileReader } from '../../../src/platform/linux/file-reader.ts';
import { createKeptFiles, type KeptFiles } from '../../../src/platform/linux/kept-files.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const linkOf = (descriptor: string): string => {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    // The descriptor by which the folder itself was read.
    return '';
  }
};

const openIn = (folder: string): number =>
  readdirSync('/proc/self/fd').filter((descriptor) => linkOf(descriptor).startsWith(`${folder}/`)).length;

/** A folder with a file of each process, as /proc has them. */
const procWith = (...pids: readonly number[]): { readonly proc: string; readonly kept: KeptFiles } => {
  const proc = makeTempDir();
  for (const pid of pids) {
    mkdirSync(join(proc, String(pid)));
    writeFileSync(join(proc, `${pid}/stat`), `first ${pid}`);
  }
  const kept = createKeptFiles(createFileReader(), (pid) => `${proc}/${pid}/stat`);
  onTestFinished(() => kept.keep([]));
  return { proc, kept };
};

const textOf = (kept: KeptFiles, pid: number): string | undefined => kept.bytes(pid)?.toString('utf8');

describe.runIf(process.platform === 'linux')('kept files', () => {
  it('are open as long as they are kept, and read afresh each time', () => {
    const { proc, kept } = procWith(1, 2);
    kept.keep([1]);
    expect([textOf(kept, 1), textOf(kept, 2)]).toEqual(['first 1', 'first 2']);
    writeFileSync(join(proc, '1/stat'), 'second');
    expect(textOf(kept, 1)).toBe('second');
    expect(openIn(proc)).toBe(1);
    kept.keep([2]);
    expect(textOf(kept, 1)).toBe('second');
    expect(openIn(proc)).toBe(0);
  });

  it('are those of whoever has the pid now', () => {
    const { proc, kept } = procWith(1);
    kept.keep([1]);
    expect(textOf(kept, 1)).toBe('first 1');
    // A file of a process that ended reads as nothing, as an emptied one does.
    writeFileSync(join(proc, '1/stat'), '');
    renameSync(join(proc, '1'), join(proc, 'gone'));
    expect(textOf(kept, 1)).toBeUndefined();
    mkdirSync(join(proc, '1'));
    writeFileSync(join(proc, '1/stat'), 'another');
    expect(textOf(kept, 1)).toBe('another');
    rmSync(join(proc, '1'), { recursive: true });
    expect(openIn(proc)).toBe(1);
  });

  it('tell that a process has ended', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const { pid } = child;
    if (pid === undefined) throw new Error('no process');
    const kept = createKeptFiles(createFileReader(), (one) => `/proc/${one}/stat`);
    onTestFinished(() => kept.keep([]));
    kept.keep([pid]);
    expect(textOf(kept, pid)).toMatch(new RegExp(`^${pid} `));
    child.kill('SIGKILL');
    await waitFor('it to be gone', () => kept.bytes(pid) === null);
  });
});
