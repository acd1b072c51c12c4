import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProcessReader } from '../../../src/platform/linux/read-process.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addBootTime, addProcess, recordedProc, RECORDED_ETC } from './fake-proc.ts';

const readerOf = (name: string) => createProcessReader(recordedProc(name), RECORDED_ETC);

const usersOf = (passwd: string) => {
  const etc = makeTempDir();
  writeFileSync(join(etc, 'passwd'), passwd);
  return createProcessReader(recordedProc('dev-server'), etc);
};

describe('one look at one process', () => {
  it('tells everything about a dev server whose folder is gone', () => {
    expect(readerOf('dev-server').describe(212)).toEqual({
      pid: 212,
      startedAt: 1_700_000_100_300,
      parentPid: 211,
      groupId: 210,
      sessionId: 200,
      terminal: 'pts/3',
      uid: 1000,
      user: 'dev',
      state: 'sleeping',
      name: 'node',
      command: ['node', 'server.js'],
      cwd: { path: '/home/dev/shop', deleted: true },
      executable: { path: '/home/dev/.nvm/versions/node/v20.19.0/bin/node', deleted: true },
      environment: {
        PATH: '/usr/bin',
        PORT: '3000',
        npm_lifecycle_event: 'dev',
        npm_lifecycle_script: 'node server.js',
        npm_package_json: '/home/dev/shop/package.json',
      },
      environmentNames: [
        'PATH',
        'PORT',
        'npm_lifecycle_event',
        'npm_lifecycle_script',
        'npm_package_json',
        'DATABASE_URL',
      ],
      unit: null,
      container: null,
      controlGroup: '/user.slice/user-1000.slice/session-3.scope',
      kernelThread: false,
      memoryBytes: 81_920_000,
    });
  });

  it('reads a title written over the arguments without the room left behind it', () => {
    expect(readerOf('dev-server').command(210)).toEqual(['npm run dev']);
  });

  it('reads a name with parentheses, and a user without a name', () => {
    expect(readerOf('dev-server').describe(600)).toMatchObject({
      name: 'avahi (old) (x',
      parentPid: 1,
      uid: 101,
      user: null,
      unit: { name: 'avahi-daemon.service', scope: 'system' },
    });
  });

  it('tells a kernel thread, which has no memory and no command', () => {
    expect(readerOf('dev-server').describe(2)).toMatchObject({ kernelThread: true, memoryBytes: null, command: [] });
  });

  it('leaves unknown what another user protects, and says nothing of it', () => {
    expect(readerOf('hidden-holder').describe(400)).toMatchObject({
      cwd: null,
      executable: null,
      environment: null,
      environmentNames: null,
      uid: 113,
    });
  });

  it.each([
    [711, 'has lost its stat'],
    [999, 'was never there'],
  ])('knows nothing of process %i, which %s', (pid) => {
    const reader = readerOf('vanished-holder');
    expect([reader.stat(pid), reader.describe(pid)]).toEqual([null, null]);
  });

  it('reads a command of other bytes than text, and leaves the words around them whole', () => {
    const proc = makeTempDir();
    addProcess(proc, { pid: 10 });
    writeFileSync(join(proc, '10/cmdline'), Buffer.from('node\0caf\u00e9\0x\0', 'latin1'));
    expect(createProcessReader(proc).command(10)).toEqual(['node', 'caf\ufffd', 'x']);
  });

  it('reads no more of a command than anybody could use', () => {
    const proc = makeTempDir();
    addProcess(proc, { pid: 10 });
    writeFileSync(join(proc, '10/cmdline'), `node\0${'x'.repeat(2_000_000)}\0`);
    expect(createProcessReader(proc).command(10).join('').length).toBeLessThan(140_000);
  });

  it('throws what says that we are at fault, such as a loop of links', () => {
    const proc = makeTempDir();
    mkdirSync(join(proc, '10'));
    symlinkSync('stat', join(proc, '10/stat'));
    expect(() => createProcessReader(proc).stat(10)).toThrow(/ELOOP/);
  });
});

describe('the processes of a tree', () => {
  it('are the folders with a number for a name', () => {
    expect([...readerOf('dev-server').pids()].sort((a, b) => a - b)).toEqual([1, 2, 200, 210, 211, 212, 213, 500, 600]);
  });

  it('have the descendants that the kernel lists', () => {
    const reader = readerOf('dev-server');
    expect(reader.listedDescendants(210)).toEqual([211, 212, 213]);
    expect(reader.listedDescendants(213)).toEqual([]);
  });

  it('have children of every thread', () => {
    const proc = makeTempDir();
    addProcess(proc, { pid: 10, children: [11] });
    for (const pid of [11, 12]) addProcess(proc, { pid, parentPid: 10 });
    mkdirSync(join(proc, '10/task/14'));
    writeFileSync(join(proc, '10/task/14/children'), '12 ');
    expect(createProcessReader(proc).listedDescendants(10)).toEqual([11, 12]);
  });

  it('have unknown descendants where the kernel keeps no lists, at whatever depth', () => {
    const proc = makeTempDir();
    addProcess(proc, { pid: 10, children: [11] });
    addProcess(proc, { pid: 11, parentPid: 10 });
    expect(createProcessReader(proc).listedDescendants(10)).toEqual([11]);
    rmSync(join(proc, '11/task/11/children'));
    expect(createProcessReader(proc).listedDescendants(10)).toBeNull();
  });

  it('start at the boot plus their ticks', () => {
    const proc = makeTempDir();
    addBootTime(proc);
    addProcess(proc, { pid: 10 });
    expect(createProcessReader(proc).describe(10)?.startedAt).toBe(1_700_000_000_100);
  });
});

describe('the name of a user', () => {
  it.each([
    ['root:x:0:0:root:/root:/bin/sh\n', 0, 'root'],
    ['root:x:0:0::/root:/bin/sh', 1000, null],
    ['', 0, null],
    ['root:x:0:0::/root:/bin/sh\n+::::::\n', 0, 'root'],
    ['root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n', 0, 'root'],
  ])('in %j of %i is %s', (passwd, uid, name) => {
    expect(usersOf(passwd).userName(uid)).toBe(name);
  });

  it('is unknown without a file of users', () => {
    expect(createProcessReader(recordedProc('dev-server'), makeTempDir()).userName(0)).toBeNull();
  });
});
