import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  launchesIn,
  parseExit,
  readClaim,
  readExit,
  removeRunFiles,
  runBase,
} from '../../../src/supervisor/state/run-files.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const BOOT = '6a1b2c3d-0000-4000-8000-000000000000';

const claimIn = (text: string | null): ReturnType<typeof readClaim> => {
  const base = runBase(makeTempDir(), 3, 7);
  if (text !== null) writeFileSync(`${base}.pid`, text);
  return readClaim(base);
};

describe('the claim of a run', () => {
  it('is none where there is no file', () => {
    expect(claimIn(null)).toEqual({ isClaimed: false, shim: null, main: null });
  });

  it('names the shim and the service with their births and the boot', () => {
    expect(claimIn(`boot ${BOOT}\nshim 100 5000\nmain 101 5001\n`)).toEqual({
      isClaimed: true,
      shim: { pid: 100, born: 5_000, boot: BOOT },
      main: { pid: 101, born: 5_001, boot: BOOT },
    });
  });

  it('has births that are not known where the shell could not tell them', () => {
    const { shim, main } = claimIn(`boot ${BOOT}\nshim 100 \nmain 101 \n`);
    expect([shim, main]).toEqual([
      { pid: 100, born: Number.NaN, boot: BOOT },
      { pid: 101, born: Number.NaN, boot: BOOT },
    ]);
  });

  it('cut off at any byte says only what is whole', () => {
    const lines = [`boot ${BOOT}\n`, 'shim 100 5000\n', 'main 101 5001\n'];
    const [boot = '', shim = ''] = lines;
    const text = lines.join('');
    for (let length = 0; length < text.length; length += 1) {
      const claim = claimIn(text.slice(0, length));
      expect(claim.isClaimed).toBe(true);
      const whole = { pid: 100, born: 5_000, boot: BOOT };
      expect(claim.shim).toEqual(length >= boot.length + shim.length ? whole : null);
      expect(claim.main).toBeNull();
    }
  });

  it('takes nothing else for a process', () => {
    expect(claimIn(`boot ${BOOT}\nshim x 5\nmain -4 5\nmain 4 5 6\n main 4 5\nxmain 4 5\n`)).toEqual({
      isClaimed: true,
      shim: null,
      main: null,
    });
  });
});

describe('what a shell tells of an end', () => {
  const DASH: readonly (readonly [string, string])[] = [
    ['Hangup\n129\n', 'SIGHUP'],
    ['130\n', 'SIGINT'],
    ['Quit\n131\n', 'SIGQUIT'],
    ['Aborted\n134\n', 'SIGABRT'],
    ['Killed\n137\n', 'SIGKILL'],
    ['User defined signal 1\n138\n', 'SIGUSR1'],
    ['Segmentation fault\n139\n', 'SIGSEGV'],
    ['Segmentation fault (core dumped)\n139\n', 'SIGSEGV'],
    ['141\n', 'SIGPIPE'],
    ['Alarm clock\n142\n', 'SIGALRM'],
    ['Terminated\n143\n', 'SIGTERM'],
  ];
  const BASH: readonly (readonly [string, string])[] = [
    ['shim.sh: line 29: 19118 Killed                  ( tell main; exec "$@" 2>&9 9>&- )\n137\n', 'SIGKILL'],
    ['shim.sh: line 29: 19238 Segmentation fault      ( tell main; exec "$@" 2>&9 9>&- )\n139\n', 'SIGSEGV'],
    ['Terminated\n143\n', 'SIGTERM'],
    ['/home/x/1-1: line 1: 42 Abort trap: 6           "$@"\n134\n', 'SIGABRT'],
  ];

  it.each([...DASH, ...BASH])('%j is %s', (text, signal) => {
    expect(parseExit(text)).toEqual({ code: null, signal });
  });

  it.each([0, 1, 7, 42, 126, 127, 128, 129, 134, 137, 139, 143, 200, 254, 255])(
    'the bare status %i is an exit code',
    (code) => {
      expect(parseExit(`${code}\n`)).toEqual({ code, signal: null });
    },
  );

  it('words before a status that is no signal change nothing', () => {
    expect(parseExit('sh: 1: nonesuch: not found\n127\n')).toEqual({ code: 127, signal: null });
  });

  it.each(['', '\n', '13', '137', 'Killed\n', 'Killed\n13', 'Killed', '137 \n', '137\n\n', 'x\ny\n'])(
    '%j says nothing yet',
    (text) => {
      expect(parseExit(text)).toBeNull();
    },
  );

  it('is read with the time at which it was written', () => {
    const base = runBase(makeTempDir(), 0, 1);
    expect(readExit(base)).toBeNull();
    writeFileSync(`${base}.exit`, '');
    expect(readExit(base)).toBeNull();
    const before = Date.now();
    writeFileSync(`${base}.exit`, '7\n');
    const exit = readExit(base);
    expect(exit).toMatchObject({ code: 7, signal: null });
    expect(Math.abs((exit?.at ?? 0) - before)).toBeLessThan(5_000);
  });
});

describe('the files of runs', () => {
  it('tell the highest launch of each service', () => {
    const folder = makeTempDir();
    for (const name of [
      '0-1.pid',
      '0-10.pid',
      '0-9.pid',
      '12-2.pid',
      '12-3.exit',
      'x-1.pid',
      '0-1.pid.tmp',
      'shim.sh',
      '7.pid',
    ]) {
      writeFileSync(join(folder, name), '');
    }
    expect(launchesIn(folder)).toEqual(
      new Map([
        [0, 10],
        [12, 2],
      ]),
    );
  });

  it('of one run are removed, and no others', () => {
    const folder = makeTempDir();
    for (const name of ['1-1.pid', '1-1.exit', '1-11.pid', '11-1.pid']) writeFileSync(join(folder, name), '');
    removeRunFiles(runBase(folder, 1, 1));
    removeRunFiles(runBase(folder, 1, 1));
    expect(readdirSync(folder).toSorted()).toEqual(['1-11.pid', '11-1.pid']);
    expect(existsSync(folder)).toBe(true);
  });
});
