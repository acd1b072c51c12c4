import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findHome, openHome } from '../../../src/supervisor/state/open-home.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { isRoot, skipWhen } from '../../platform/skip-when.ts';

const UID = process.getuid?.() ?? null;
const modeOf = (path: string): number => lstatSync(path).mode & 0o777;

describe('a home', () => {
  it.each([0o000, 0o022, 0o077])('is made with its folders for this user alone, under umask %o', (umask) => {
    const old = process.umask(umask === 0o077 ? 0o077 : umask);
    try {
      const home = openHome(join(makeTempDir(), 'a', 'b'), UID);
      expect([home.folder, home.run, home.logs, home.spool].map(modeOf)).toEqual([0o700, 0o700, 0o700, 0o700]);
    } finally {
      process.umask(old);
    }
  });

  it('that others may read is closed to them', () => {
    const folder = makeTempDir();
    mkdirSync(join(folder, 'logs'));
    chmodSync(join(folder, 'logs'), 0o777);
    const home = openHome(folder, UID);
    expect([home.folder, home.logs].map(modeOf)).toEqual([0o700, 0o700]);
  });

  it('is the same however it is reached', () => {
    const folder = makeTempDir();
    const real = join(folder, 'real');
    mkdirSync(real);
    symlinkSync(real, join(folder, 'link'));
    const direct = openHome(real, UID);
    expect(openHome(join(folder, 'link'), UID)).toEqual(direct);
    expect(findHome(join(folder, 'link'))).toEqual(direct);
    expect(findHome(join(folder, 'real', '..', 'link', '.'))).toEqual(direct);
  });

  it('is another one in another folder', () => {
    const folder = makeTempDir();
    expect(openHome(join(folder, 'a'), UID).key).not.toBe(openHome(join(folder, 'b'), UID).key);
  });

  it('is found where it is, and made by nobody who only looks', () => {
    const folder = makeTempDir();
    expect(findHome(join(folder, 'none'))).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'file'), '');
    expect(findHome(join(folder, 'file', 'below'))).toBeNull();
  });
});

describe('a folder that is no home', () => {
  it('as it is a file is refused by name', () => {
    const file = join(makeTempDir(), 'file');
    writeFileSync(file, '');
    expect(() => openHome(file, UID)).toThrow(`cannot use the state folder ${file}`);
    expect(() => openHome(join(file, 'below'), UID)).toThrow(`cannot use the state folder ${join(file, 'below')}`);
  });

  it.each(['run', 'logs', 'spool'])('as its %s leads elsewhere is refused, and nothing there is changed', (part) => {
    const [folder, victim] = [makeTempDir(), makeTempDir()];
    symlinkSync(victim, join(folder, part));
    expect(() => openHome(folder, UID)).toThrow('it is no folder');
    expect({ mode: modeOf(victim), files: readdirSync(victim) }).toEqual({ mode: 0o777, files: [] });
  });

  it('as it belongs to somebody else is refused, and left as it is', (context) => {
    skipWhen(context, !isRoot(), 'only root can give a folder away');
    const folder = makeTempDir();
    chownSync(folder, 65_534, 65_534);
    expect(() => openHome(folder, UID)).toThrow('it belongs to user 65534, and this command runs as user 0');
    expect(statSync(folder).mode & 0o777).toBe(0o777);
  });

  it('as it leads in a circle is refused', () => {
    const folder = makeTempDir();
    symlinkSync('loop', join(folder, 'loop'));
    expect(() => findHome(join(folder, 'loop'))).toThrow('cannot use the state folder');
    expect(() => openHome(join(folder, 'loop'), UID)).toThrow('cannot use the state folder');
  });
});
