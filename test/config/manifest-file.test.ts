import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifestText, writeManifestText } from '../../src/config/manifest-file.ts';
import { folderWith } from './write-files.ts';

const TEXT = '\uFEFF{ "a": "ä" }\r\n';

const manifest = (): string => join(folderWith({ 'package.json': TEXT }), 'package.json');

describe('the text of a manifest', () => {
  it('is read and written to the last byte', () => {
    const file = manifest();
    expect(readManifestText(file)).toBe(TEXT);
    writeManifestText(file, TEXT, `${TEXT} `);
    expect(readFileSync(file, 'utf8')).toBe(`${TEXT} `);
  });

  it.each([
    ['Latin-1', Buffer.from('{\n "a": "\xE4" }', 'latin1'), 'line 2, column 8: this is not UTF-8 text'],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'line 1, column 1: this is not UTF-8 text'],
  ])('in %s is refused by its place', (_, bytes, said) => {
    const file = manifest();
    writeFileSync(file, bytes);
    expect(() => readManifestText(file)).toThrow(`${file}, ${said}`);
  });

  it('that is a folder cannot be read', () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'package.json'));
    expect(() => readManifestText(join(folder, 'package.json'))).toThrow(/could not be read: EISDIR/);
  });

  it('that somebody else has changed is not overwritten', () => {
    const file = manifest();
    expect(() => writeManifestText(file, 'what was read', 'new')).toThrow(/was changed by somebody else/);
    expect(readFileSync(file, 'utf8')).toBe(TEXT);
  });

  it('that is read-only is not written, and what to do is said', () => {
    const file = manifest();
    chmodSync(file, 0o444);
    expect(() => writeManifestText(file, TEXT, 'new')).toThrow(
      expect.objectContaining({
        code: 'configuration',
        message: `${file} could not be written: the file is read-only`,
        hint: expect.stringContaining('chmod u+w') as string,
      }),
    );
    expect(readFileSync(file, 'utf8')).toBe(TEXT);
  });
});
