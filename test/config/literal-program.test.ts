import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLiteralProgram } from '../../src/config/literal-program.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const TEXT = 'module.exports = { apps: [] };\n';

const write = (manifest: string | null, name: string): string => {
  const folder = join(makeTempDir(), 'below');
  mkdirSync(folder);
  if (manifest !== null) writeFileSync(join(folder, '..', 'package.json'), manifest);
  writeFileSync(join(folder, name), TEXT);
  return join(folder, name);
};

describe('a program that is nothing but data', () => {
  it.each([
    [null, 'ecosystem.config.js'],
    ['{}', 'ecosystem.config.js'],
    ['{ "type": "commonjs" }', 'ecosystem.config.js'],
    ['{ "type": "module" }', 'ecosystem.config.cjs'],
  ])('need not be run: with the package %s, %s', (manifest, name) => {
    expect(readLiteralProgram(write(manifest, name))).toEqual({ value: { apps: [] } });
  });

  it.each([
    ['{ "type": "module" }', 'ecosystem.config.js'],
    ['{ "type": "modul', 'ecosystem.config.js'],
    [null, 'ecosystem.config.mjs'],
    [null, 'ecosystem.config.ts'],
  ])('is run where it would mean something else: with the package %s, %s', (manifest, name) => {
    expect(readLiteralProgram(write(manifest, name))).toBeNull();
  });

  it('is of the package in which the file lies, whatever link leads there', () => {
    const link = join(makeTempDir(), 'ecosystem.config.js');
    symlinkSync(write('{ "type": "module" }', 'ecosystem.config.js'), link);
    expect(readLiteralProgram(link)).toBeNull();
  });

  it('is left to who runs it where it cannot be read', () => {
    expect(readLiteralProgram(join(makeTempDir(), 'ecosystem.config.js'))).toBeNull();
  });
});
