import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../src/probes/open-log.ts';
import { isRoot, skipWhen } from '../platform/skip-when.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

type Opened = Extract<ReturnType<typeof openLog>, { readonly ok: true }>;

const refusal = (path: string): string => {
  const opened = openLog(path);
  if (opened.ok) closeSync(opened.descriptor);
  return opened.ok ? 'opened' : opened.detail;
};

const open = (path: string): Opened => {
  const opened = openLog(path);
  if (!opened.ok) throw new Error(opened.detail);
  onTestFinished(() => closeSync(opened.descriptor));
  return opened;
};

describe('a log that can be read', () => {
  it('is a file, with its size and its time', () => {
    const path = join(makeTempDir(), 'a.log');
    writeFileSync(path, 'twelve bytes');
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    expect(open(path)).toMatchObject({ seekable: true, size: 12, modifiedAt: 1_700_000_000_000 });
  });

  it('is a pipe that nobody writes to: it is opened without waiting', () => {
    const path = join(makeTempDir(), 'pipe');
    execFileSync('mkfifo', [path]);
    expect(open(path)).toMatchObject({ seekable: false, size: 0, modifiedAt: null });
  });

  it('is a device', () => {
    expect(open('/dev/zero')).toMatchObject({ seekable: false, size: 0, modifiedAt: null });
  });
});

describe('what is no log', () => {
  it('is told in words', async () => {
    const folder = makeTempDir();
    writeFileSync(join(folder, 'empty.log'), '');
    writeFileSync(join(folder, 'file'), 'x');
    symlinkSync('circle', join(folder, 'circle'));
    mkdirSync(join(folder, 'logs'));
    const server = createServer().listen(join(folder, 'socket'));
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    expect(refusal(join(folder, 'gone.log'))).toBe('there is no such file');
    expect(refusal(join(folder, 'logs'))).toBe('it is a folder, not a file');
    expect(refusal(join(folder, 'empty.log'))).toBe('it is empty');
    expect(refusal(join(folder, 'file/a.log'))).toBe('a part of its path is no folder');
    expect(refusal(join(folder, 'circle'))).toBe('its links lead in a circle');
    expect(refusal(join(folder, 'socket'))).toBe('it is a socket, not a file');
    expect(refusal(join(folder, 'x'.repeat(5000)))).toBe('its name is too long');
  });

  it('is told of a name that no file can have', () => {
    expect(refusal('a\0b')).toMatch(/null bytes/);
  });

  it('is a file of which this user may not know more', (context) => {
    skipWhen(context, isRoot(), 'no file is closed to root; another user is asked in the end-to-end tests');
    const path = join(makeTempDir(), 'a.log');
    writeFileSync(path, 'x', { mode: 0 });
    expect(refusal(path)).toBe('this user may not read it');
  });
});

it('leaves no descriptor open for what it refuses', () => {
  const folder = makeTempDir();
  writeFileSync(join(folder, 'empty.log'), '');
  const path = join(folder, 'a.log');
  writeFileSync(path, 'x');
  const next = (): number => {
    const opened = openLog(path);
    if (!opened.ok) throw new Error(opened.detail);
    closeSync(opened.descriptor);
    return opened.descriptor;
  };
  const before = next();
  for (const name of ['empty.log', '.', 'gone']) refusal(join(folder, name));
  expect(next()).toBe(before);
});
