import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { keepLogs } from '../../../helpers/log-keeping.ts';
import { aHome, aLoggingService } from '../../../helpers/log-service.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

const opener = () => {
  const folder = makeTempDir();
  chmodSync(folder, 0o700);
  const home = aHome(folder);
  const { keeper } = keepLogs(home);
  const open = (out: string, user: number | null = null): void => {
    const service = aLoggingService(home, { out });
    const opened = keeper.open({ ...service, spec: { ...service.spec, uid: user, gid: user } });
    writeSync(opened.out, 'written\n');
    for (const descriptor of Object.values(opened)) closeSync(descriptor);
  };
  return { folder, open };
};

const sharedFolder = (folder: string): string => {
  const shared = join(folder, 'shared');
  mkdirSync(shared);
  chmodSync(shared, 0o1777);
  return shared;
};

test('a log and the folders above it are created for this user alone, whatever the mask', () => {
  const { folder, open } = opener();
  const log = join(folder, 'a', 'b', 'app.log');
  const mask = process.umask(0);
  try {
    open(log);
  } finally {
    process.umask(mask);
  }
  expect(statSync(log).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(log)).mode & 0o777).toBe(0o700);
});

test('a log that was open to others is closed to them, and keeps what it has', () => {
  const { folder, open } = opener();
  const log = join(folder, 'app.log');
  writeFileSync(log, 'old\n');
  chmodSync(log, 0o666);
  open(log);
  expect(statSync(log).mode & 0o777).toBe(0o600);
  expect(readFileSync(log, 'utf8')).toBe('old\nwritten\n');
});

test('a link is followed in a folder of our own, also to where nothing is yet', () => {
  const { folder, open } = opener();
  const log = join(folder, 'app.log');
  symlinkSync(join(folder, 'elsewhere.log'), log);
  open(log);
  expect(readFileSync(join(folder, 'elsewhere.log'), 'utf8')).toBe('written\n');
  expect(lstatSync(log).isSymbolicLink()).toBe(true);
});

test.each([
  ['a link', (victim: string, log: string) => symlinkSync(victim, log), 'it is a link'],
  ['a second name', (victim: string, log: string) => linkSync(victim, log), 'it has a second name'],
])('in a folder to which others may write, %s to a file is refused and the file is unchanged', (_, make, reason) => {
  const { folder, open } = opener();
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'precious\n', { mode: 0o644 });
  const log = join(sharedFolder(folder), 'app.log');
  make(victim, log);
  expect(() => open(log)).toThrow(`cannot write the log ${log}: ${reason}`);
  expect(readFileSync(victim, 'utf8')).toBe('precious\n');
  expect(statSync(victim).mode & 0o777).toBe(0o644);
});

test.runIf(isRoot)('in a folder to which others may write, the file of somebody else is refused', () => {
  const { folder, open } = opener();
  const log = join(sharedFolder(folder), 'app.log');
  writeFileSync(log, '');
  chownSync(log, NOBODY, NOBODY);
  expect(() => open(log)).toThrow('it belongs to somebody else');
});

test.runIf(isRoot)('the log of a service with another user is theirs', () => {
  const { folder, open } = opener();
  const log = join(folder, 'app.log');
  open(log, NOBODY);
  const { uid, gid, mode } = statSync(log);
  expect([uid, gid, mode & 0o777]).toEqual([NOBODY, NOBODY, 0o600]);
});

test('a folder, a pipe and a device in the place of a log are refused with the reason', () => {
  const { folder, open } = opener();
  mkdirSync(join(folder, 'folder'));
  spawnSync('mkfifo', [join(folder, 'pipe')]);
  expect(() => open(join(folder, 'folder'))).toThrow('it is a folder (EISDIR)');
  expect(() => open(join(folder, 'pipe'))).toThrow('it is no file');
  expect(() => open('/dev/zero')).toThrow('it is no file');
  expect(() => open(join(folder, 'folder', 'x'.repeat(300)))).toThrow('its name is too long');
});

test('output that is thrown away goes nowhere', () => {
  const { open } = opener();
  expect(() => open('/dev/null')).not.toThrow();
});
