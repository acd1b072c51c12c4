import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync, truncateSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Clock } from '../../src/model/clock.ts';
import { fileAccess, readPipe } from '../../src/probes/read-log.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const MIB = 1024 ** 2;

const fileWith = (text: string | Buffer): string => {
  const path = join(makeTempDir(), 'a.log');
  writeFileSync(path, text);
  return path;
};

const opened = (path: string): number => {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
};

interface Read {
  readonly text: string;
  readonly bytes: number;
  readonly largest: number;
  readonly cuts: readonly string[];
}

/** Reads all there is; the pieces are copied, as each is gone with the next. */
const readAll = async (
  chunksOf: (onCut: (detail: string) => void) => AsyncIterable<Uint8Array>,
  keep = true,
): Promise<Read> => {
  const cuts: string[] = [];
  const kept: Buffer[] = [];
  let [bytes, largest] = [0, 0];
  for await (const chunk of chunksOf((detail) => void cuts.push(detail))) {
    if (keep) kept.push(Buffer.from(chunk));
    bytes += chunk.length;
    largest = Math.max(largest, chunk.length);
  }
  return { text: Buffer.concat(kept).toString(), bytes, largest, cuts };
};

/** Time that passes only in sleep, real enough for others to run meanwhile. */
const sleepClock = (): Clock & { readonly slept: () => number } => {
  let now = 0;
  return {
    now: () => now,
    slept: () => now,
    sleep: (milliseconds) => {
      now += milliseconds;
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
};

describe('a file', () => {
  const access = (path: string, size: number) => {
    const cuts: string[] = [];
    const file = fileAccess('a.log', { descriptor: opened(path), size, modifiedAt: 7 }, (detail) => {
      cuts.push(detail);
    });
    const text = async (offset: number, length: number): Promise<string> =>
      Buffer.from(await file.read(offset, length)).toString();
    return { file, cuts, text };
  };

  it('is read at any place, in any order', async () => {
    const { file, cuts, text } = access(fileWith('0123456789'), 10);
    expect(file).toMatchObject({ name: 'a.log', size: 10, modifiedAt: 7 });
    expect([await text(4, 3), await text(0, 10), await text(9, 1), await text(2, 2)]).toEqual([
      '456',
      '0123456789',
      '9',
      '23',
    ]);
    expect(cuts).toEqual([]);
  });

  it('has nothing at its end, and that is no cut', async () => {
    const { cuts, text } = access(fileWith('0123456789'), 10);
    expect([await text(10, 5), cuts]).toEqual(['', []]);
  });

  it('that became shorter while it was read is told, and what is there is read', async () => {
    const path = fileWith('0123456789');
    const { cuts, text } = access(path, 10);
    truncateSync(path, 4);
    expect([await text(0, 10), cuts]).toEqual(['0123', []]);
    expect([await text(4, 6), cuts]).toEqual(['', ['it became shorter while it was read']]);
  });
});

describe('a pipe', () => {
  const makePipe = (): string => {
    const path = join(makeTempDir(), 'pipe');
    execFileSync('mkfifo', [path]);
    return path;
  };

  it('that nobody writes to ends at once, and says so', async () => {
    const clock = sleepClock();
    const descriptor = opened(makePipe());
    const { bytes, cuts } = await readAll((onCut) => readPipe(descriptor, clock, onCut));
    expect({ bytes, cuts, slept: clock.slept() }).toEqual({ bytes: 0, cuts: ['nobody writes to it'], slept: 0 });
  });

  it('that is written to is read to its end', async () => {
    const path = makePipe();
    const descriptor = opened(path);
    const writer = spawn('sh', ['-c', 'for i in 1 2 3; do echo "line $i"; done > "$0"', path], { stdio: 'ignore' });
    await once(writer, 'exit');
    expect(await readAll((onCut) => readPipe(descriptor, sleepClock(), onCut))).toMatchObject({
      text: 'line 1\nline 2\nline 3\n',
      cuts: [],
    });
  });

  it('whose writer falls silent is read so far, and is given up after two seconds', async () => {
    const path = makePipe();
    const descriptor = opened(path);
    const writer = openSync(path, constants.O_WRONLY);
    onTestFinished(() => closeSync(writer));
    writeFileSync(writer, 'so far\n');
    const clock = sleepClock();
    const { text, cuts } = await readAll((onCut) => readPipe(descriptor, clock, onCut));
    expect({ text, cuts }).toEqual({ text: 'so far\n', cuts: ['nobody wrote to it for 2 s'] });
    expect(clock.slept()).toBe(2_020);
  });

  it('whose writer pauses for less is read on, and each line gives it two seconds more', async () => {
    const path = makePipe();
    const descriptor = opened(path);
    const writer = openSync(path, constants.O_WRONLY);
    let [asked, now] = [0, 0];
    const clock: Clock = {
      now: () => now,
      sleep: (milliseconds) => {
        now += milliseconds;
        asked += 1;
        if (asked % 90 === 0 && asked < 360) writeFileSync(writer, `after ${asked}\n`);
        if (asked === 360) closeSync(writer);
        return Promise.resolve();
      },
    };
    expect(await readAll((onCut) => readPipe(descriptor, clock, onCut))).toMatchObject({
      text: 'after 90\nafter 180\nafter 270\n',
      cuts: [],
    });
  });
});

describe('a device', () => {
  it('without end is read in small pieces, 64 MiB of it', async () => {
    const descriptor = opened('/dev/zero');
    const { bytes, largest, cuts } = await readAll((onCut) => readPipe(descriptor, sleepClock(), onCut), false);
    expect({ bytes, largest, cuts }).toEqual({
      bytes: 64 * MIB,
      largest: 65_536,
      cuts: ['it has no end: only its first 64 MiB were read'],
    });
  });

  it('that fails is not taken to have ended', async () => {
    const descriptor = opened(makeTempDir());
    await expect(readAll((onCut) => readPipe(descriptor, sleepClock(), onCut))).rejects.toThrow('EISDIR');
  });
});
