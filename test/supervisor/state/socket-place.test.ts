import { createServer } from 'node:net';
import { existsSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { homeAt, type Home } from '../../../src/supervisor/state/home.ts';
import { chooseSocketPlace, readSocketPlace, removeSocket } from '../../../src/supervisor/state/socket-place.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const UID = process.getuid?.() ?? null;

const longHome = (): Home => {
  const folder = join(makeTempDir(), 'x'.repeat(90), 'ü'.repeat(20));
  mkdirSync(folder, { recursive: true });
  const home = homeAt(folder);
  onTestFinished(() => removeSocket(home, UID));
  return home;
};

const canListenOn = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(path, () => server.close(() => resolve(true)));
  });

describe('the place of the socket', () => {
  it('is in the home, and written down there for this user alone', () => {
    const home = homeAt(makeTempDir());
    expect(readSocketPlace(home)).toBeNull();
    const place = chooseSocketPlace(home);
    expect(dirname(place)).toBe(home.folder);
    expect(readSocketPlace(home)).toBe(place);
    expect(statSync(join(home.folder, 'socket')).mode & 0o777).toBe(0o600);
  });

  it('of a home with a long path is a short one in a new folder of this user alone', async () => {
    const home = longHome();
    const place = chooseSocketPlace(home);
    expect(Buffer.byteLength(place)).toBeLessThan(104);
    expect(lstatSync(dirname(place)).mode & 0o777).toBe(0o700);
    expect(readSocketPlace(home)).toBe(place);
    expect(await canListenOn(place)).toBe(true);
  });

  it('is short where the folder for temporary files has a long path too', () => {
    const home = longHome();
    const temporary = process.env['TMPDIR'];
    onTestFinished(() => {
      if (temporary === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = temporary;
    });
    process.env['TMPDIR'] = home.folder;
    const place = chooseSocketPlace(home);
    expect(Buffer.byteLength(place)).toBeLessThan(104);
    removeSocket(home, UID);
    expect(existsSync(dirname(place))).toBe(false);
  });

  it.each([
    [99, true],
    [100, true],
    [101, false],
  ])('with a path of %i bytes is in the home: %s', (bytes, isInside) => {
    const folder = makeTempDir();
    const inner = join(folder, 'y'.repeat(bytes - Buffer.byteLength(join(folder, '', '/devdoctord.sock')) - 1));
    mkdirSync(inner);
    const home = homeAt(inner);
    onTestFinished(() => removeSocket(home, UID));
    expect(dirname(chooseSocketPlace(home)) === inner).toBe(isInside);
  });
});

describe('a socket that is removed', () => {
  it('leaves nothing of a long home behind, and nothing else is touched', () => {
    const home = longHome();
    const place = chooseSocketPlace(home);
    writeFileSync(place, '');
    removeSocket(home, UID);
    expect([existsSync(dirname(place)), readSocketPlace(home)]).toEqual([false, null]);
    removeSocket(home, UID);
    expect(existsSync(home.folder)).toBe(true);
  });

  it('leaves the home of a short one where it is', () => {
    const home = homeAt(join(makeTempDir(), 'devdoctor-mine'));
    mkdirSync(home.folder);
    writeFileSync(join(home.folder, 'services.json'), 'state');
    writeFileSync(chooseSocketPlace(home), '');
    removeSocket(home, UID);
    expect(readFileSync(join(home.folder, 'services.json'), 'utf8')).toBe('state');
  });

  it.each([
    ['a folder of another name', 'precious', 'devdoctord.sock'],
    ['a file of another name', 'devdoctor-abc', 'other.sock'],
  ])('never takes %s with it', (_, folder, name) => {
    const home = homeAt(makeTempDir());
    const elsewhere = join(makeTempDir(), folder);
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'keep'), 'me');
    writeFileSync(join(home.folder, 'socket'), `${join(elsewhere, name)}\n`);
    removeSocket(home, UID);
    expect(readFileSync(join(elsewhere, 'keep'), 'utf8')).toBe('me');
  });

  it('never follows a link that stands where its folder was', () => {
    const home = homeAt(makeTempDir());
    const victim = makeTempDir();
    writeFileSync(join(victim, 'keep'), 'me');
    const place = join(makeTempDir(), 'devdoctor-abc', 'devdoctord.sock');
    symlinkSync(victim, dirname(place));
    writeFileSync(join(home.folder, 'socket'), `${place}\n`);
    removeSocket(home, UID);
    expect(readFileSync(join(victim, 'keep'), 'utf8')).toBe('me');
  });
});
