import { statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ensureToken, isSameToken, readToken } from '../../../src/supervisor/protocol/handshake.ts';
import { homeAt } from '../../../src/supervisor/state/home.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

describe('the secret of a home', () => {
  it('is made once, long, and for this user alone', () => {
    const home = homeAt(makeTempDir());
    expect(readToken(home)).toBeNull();
    const token = ensureToken(home);
    expect(token).toMatch(/^[0-9a-f]{48}$/);
    expect(readToken(home)).toBe(token);
    expect(ensureToken(home)).toBe(token);
    expect(statSync(home.token).mode & 0o777).toBe(0o600);
  });

  it('is another one in another home', () => {
    expect(ensureToken(homeAt(makeTempDir()))).not.toBe(ensureToken(homeAt(makeTempDir())));
  });

  it('that is empty is made anew', () => {
    const home = homeAt(makeTempDir());
    writeFileSync(home.token, '\n');
    expect(ensureToken(home)).toMatch(/^[0-9a-f]{48}$/);
  });
});

describe('secrets', () => {
  it.each([
    ['abc', true],
    ['abd', false],
    ['ab', false],
    ['abcd', false],
    ['', false],
    ['abü', false],
    ['aü', false],
    [undefined, false],
    [null, false],
    [3, false],
    [['abc'], false],
    [{ length: 3 }, false],
  ])('%j is the same as abc: %s', (given, isSame) => {
    expect(isSameToken(given, 'abc')).toBe(isSame);
  });
});
