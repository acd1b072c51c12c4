import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode } from '../util/error-code.ts';
import { readLiteralExports } from './literal-text.ts';

const MAX_BYTES = 1024 ** 2;

const readOrNull = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
};

const typeIn = (manifest: string): unknown => {
  try {
    return (JSON.parse(manifest) as { readonly type?: unknown } | null)?.type;
  } catch {
    // Node refuses it as well, and says so better.
    return null;
  }
};

/** Do programs in this folder have `module.exports`, when their names end in .js? */
const isCommonJsFolder = (folder: string): boolean => {
  const manifest = readOrNull(join(folder, 'package.json'));
  if (manifest !== null) {
    const type = typeIn(manifest);
    return type === undefined || type === 'commonjs';
  }
  const above = dirname(folder);
  return above === folder || isCommonJsFolder(above);
};

/**
 * What a configuration file exports that is a program by its name, and nothing but data by its text: so it need not be run,
 * which takes a process of its own. `null` for every other.
 */
export const readLiteralProgram = (file: string): { readonly value: unknown } | null => {
  try {
    if (!/\.c?js$/.test(file) || statSync(file).size > MAX_BYTES) return null;
    const found = readLiteralExports(readFileSync(file, 'utf8'));
    const isCommonJs = found !== null && (file.endsWith('.cjs') || isCommonJsFolder(dirname(realpathSync(file))));
    return isCommonJs ? found : null;
  } catch (error) {
    // Whoever runs it says what is wrong with it.
    if (errorCode(error) === null) throw error;
    return null;
  }
};
