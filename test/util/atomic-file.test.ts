import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../src/util/atomic-file.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const fileWith = (text: string, mode = 0o644): string => {
  const file = join(makeTempDir(), 'file.json');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
};

describe('replaceFile', () => {
  it.each([0o644, 0o600, 0o664, 0o755])('writes the new text and keeps the mode %i', (mode) => {
    const file = fileWith('old', mode);
    replaceFile(file, 'new\r\n\uFEFF');
    expect(readFileSync(file, 'utf8')).toBe('new\r\n\uFEFF');
    expect(statSync(file).mode & 0o7777).toBe(mode);
  });

  it('leaves nothing else in the folder', () => {
    const file = fileWith('old');
    replaceFile(file, 'new');
    expect(readdirSync(join(file, '..'))).toEqual(['file.json']);
  });

  it('never writes into the old file, so that who reads it reads all of it', () => {
    const file = fileWith('old');
    linkSync(file, `${file}.same`);
    replaceFile(file, 'new');
    expect(readFileSync(`${file}.same`, 'utf8')).toBe('old');
  });

  it('writes through a link, also to another folder, and keeps the link', () => {
    const file = fileWith('old');
    const link = join(makeTempDir(), 'link.json');
    symlinkSync(file, link);
    replaceFile(link, 'new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(join(link, '..'))).toEqual(['link.json']);
  });

  it('refuses a read-only file, for root too', () => {
    const file = fileWith('old', 0o444);
    expect(() => replaceFile(file, 'new')).toThrow(expect.objectContaining({ code: 'EACCES' }));
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  it('says what the system says where there is no file, or a folder', () => {
    const folder = makeTempDir();
    expect(() => replaceFile(join(folder, 'none'), 'new')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    mkdirSync(join(folder, 'sub'));
    expect(() => replaceFile(join(folder, 'sub'), 'new')).toThrow(expect.any(Error));
    expect(readdirSync(folder)).toEqual(['sub']);
  });
});
