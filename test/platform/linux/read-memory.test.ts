import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { procFiles } from '../../../src/platform/linux/proc-files.ts';
import { readGroupLimits, readMemory } from '../../../src/platform/linux/read-memory.ts';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { recordedProc } from './fake-proc.ts';

const MB = 1024 ** 2;
const MACHINE = 8192 * MB;
const NO_LIMIT_V1 = '9223372036854771712\n';

const made = (files: Readonly<Record<string, string>>): string => {
  const root = makeTempDir();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

const limitsOf = (files: Readonly<Record<string, string>>, machine: number = MACHINE) => {
  const root = made(files);
  return readGroupLimits(procFiles(`${root}/proc`), procFiles(root), [7], machine).get(7);
};

const V2 = {
  'proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n',
  'proc/7/cgroup': '0::/user.slice/app.scope\n',
  'sys/fs/cgroup/user.slice/memory.max': 'max\n',
  'sys/fs/cgroup/user.slice/app.scope/memory.max': '314572800\n',
  'sys/fs/cgroup/user.slice/app.scope/memory.current': '209715200\n',
  'sys/fs/cgroup/user.slice/app.scope/memory.stat': 'anon 1\ninactive_file 52428800\nactive_file 3\n',
};

describe('the memory of one process', () => {
  test('is read from a recorded /proc', () => {
    const proc = recordedProc('limited-group');
    expect(readMemory(procFiles(proc), createProcessReader(proc), 700)).toMatchObject({
      pid: 700,
      rssBytes: 10_494 * 4096,
      sharedBytes: 8787 * 4096,
      nodeOptions: null,
      pssBytes: 8081 * 1024,
    });
  });

  test.each([
    ['its share is not told to us', { '7/statm': '9 4 3 1 0 1 0\n' }, { pssBytes: null, sharedBytes: 3 * 4096 }],
    [
      'NODE_OPTIONS',
      { '7/environ': 'A=1\0NODE_OPTIONS=--x=1 -y\0B=2' },
      { nodeOptions: '--x=1 -y', rssBytes: 4 * 4096 },
    ],
    ['a variable that ends alike', { '7/environ': 'MY_NODE_OPTIONS=1\0' }, { nodeOptions: null }],
  ])('%s', (_, files, expected) => {
    const stat = '7 (node) S 1 7 7 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 500 0 100 0 0 0\n';
    const proc = made({ stat: 'btime 1700000000\n', '7/stat': stat, '7/statm': '9 4 3 1 0 1 0\n', ...files });
    expect(readMemory(procFiles(proc), createProcessReader(proc), 7)).toMatchObject({
      startedAt: 1_700_000_005_000,
      ...expected,
    });
  });

  test('is nothing where the process ended', () => {
    const proc = made({ stat: 'btime 1700000000\n' });
    expect(readMemory(procFiles(proc), createProcessReader(proc), 7)).toBeNull();
  });

  test('of a real process has a share', () => {
    const proc = '/proc';
    const own = readMemory(procFiles(proc), createProcessReader(proc), process.pid);
    expect(own?.rssBytes).toBeGreaterThan(20 * MB);
    expect(own?.pssBytes).toBeLessThanOrEqual((own?.rssBytes ?? 0) + 8 * MB);
    expect(own?.sharedBytes).toBeLessThan(own?.rssBytes ?? 0);
  });
});

describe('the limit of a control group', () => {
  test('of version 2, without the file pages the kernel takes back', () => {
    expect(limitsOf(V2)).toEqual({ group: '/user.slice/app.scope', limitBytes: 300 * MB, usedBytes: 150 * MB });
  });

  test('is the tightest of all groups around it', () => {
    expect(limitsOf({ ...V2, 'sys/fs/cgroup/user.slice/memory.max': '104857600\n' })).toEqual({
      group: '/user.slice',
      limitBytes: 100 * MB,
      usedBytes: null,
    });
  });

  test('above the memory of the machine is none', () => {
    expect(limitsOf(V2, 200 * MB)).toBeUndefined();
  });

  test('of version 1, as recorded: the number that means none counts as none', () => {
    const proc = procFiles(recordedProc('limited-group'));
    const system = procFiles(recordedProc('limited-group/cgroup-memory'));
    const files = { ...system, text: (path: string) => system.text(path.replace('/sys/fs/cgroup/memory', '')) };
    expect(readGroupLimits(proc, files, [700], MACHINE).get(700)).toEqual({
      group: '/build/limited',
      limitBytes: 512 * MB,
      usedBytes: 7684096 - 65536,
    });
  });

  test('is none in version 1 where only the top is written, and where nothing is mounted', () => {
    const v1 = {
      'proc/self/mountinfo': '35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n',
      'proc/7/cgroup': '4:cpu:/x\n3:memory:/x\n0::/y\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': NO_LIMIT_V1,
      'sys/fs/cgroup/memory/x/memory.limit_in_bytes': NO_LIMIT_V1,
    };
    expect(limitsOf(v1)).toBeUndefined();
    expect(limitsOf({ 'proc/7/cgroup': '0::/x\n' })).toBeUndefined();
    expect(limitsOf({ 'proc/self/mountinfo': V2['proc/self/mountinfo'] })).toBeUndefined();
  });

  test('is found where a container mounts only its own group', () => {
    const files = {
      'proc/self/mountinfo': '30 23 0:26 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n',
      'proc/7/cgroup': '0::/docker/abc/inner\n',
      'sys/fs/cgroup/inner/memory.max': 'max\n',
      'sys/fs/cgroup/memory.max': '268435456\n',
      'sys/fs/cgroup/memory.current': '1048576\n',
    };
    expect(limitsOf(files)).toEqual({ group: '/', limitBytes: 256 * MB, usedBytes: MB });
  });

  test('of a group outside of what is mounted is looked for at the top alone', () => {
    const files = { ...V2, 'proc/7/cgroup': '0::/../other\n', 'sys/fs/cgroup/memory.max': '104857600\n' };
    expect(limitsOf(files)?.limitBytes).toBe(100 * MB);
  });

  test('is found below a mount point with a space in its name', () => {
    const files = {
      'proc/self/mountinfo': '30 23 0:26 / /my\\040groups rw - cgroup2 cgroup2 rw\n',
      'proc/7/cgroup': '0::/x\n',
      'my groups/x/memory.max': '1048576\n',
    };
    expect(limitsOf(files)?.limitBytes).toBe(MB);
  });
});
