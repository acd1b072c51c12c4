import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { absolutePath, findLocalProgram, findProgram, isFile, isFolder } from './find-program.ts';
import { isObject } from './fields/readers.ts';
import { missingPath } from './missing-path.ts';
import { splitWords } from './split-words.ts';

/** Where things are looked for. */
export interface Surroundings {
  /** Absolute, and there. */
  readonly cwd: string;
  readonly path: string | undefined;
  readonly home: string | undefined;
  /** The program that runs this command. */
  readonly nodePath: string;
  readonly nodeVersion: string;
}

/** What `script` turned out to be. */
export type Script =
  | { readonly kind: 'file'; readonly path: string; readonly words: readonly string[] }
  | { readonly kind: 'program'; readonly path: string }
  /** A line for a shell. */
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'missing'; readonly fault: string };

/** What Node would run for a folder: `main` of its package.json, or index.js. */
const mainOf = (folder: string): string | null => {
  let main: unknown;
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    main = isObject(manifest) ? manifest['main'] : undefined;
  } catch {
    // Without a manifest that can be read there is index.js.
  }
  const named = typeof main === 'string' ? [main, `${main}.js`, join(main, 'index.js')] : [];
  return [...named, 'index.js'].map((name) => resolve(folder, name)).find(isFile) ?? null;
};

const ofFolder = (script: string, folder: string): Script => {
  const path = mainOf(folder);
  return path === null
    ? { kind: 'missing', fault: `${script} is a folder with neither "main" in a package.json nor an index.js` }
    : { kind: 'file', path, words: [] };
};

/** A line names a file first, or a program; only a shell can tell what other lines mean. */
const ofLine = (script: string, { cwd, home }: Surroundings): Script => {
  const [first = '', ...words] = splitWords(script) ?? [];
  const isPath = /^[\w@.~/+-]*\/[\w@./+-]*$/.test(first);
  const path = absolutePath(first, cwd, home);
  if (isPath && !isFile(path)) return { kind: 'missing', fault: missingPath(path) };
  const isPlain = !/[$&|;<>()`*?[\]{}#!\n]/.test(script);
  return isPlain && isFile(path) ? { kind: 'file', path, words } : { kind: 'line', text: script };
};

/** Finds what a configuration means by `script`: a file, a folder with a main file, a program, or a line for a shell. */
export const locateScript = (script: string, surroundings: Surroundings): Script => {
  const { cwd, path, home } = surroundings;
  const file = absolutePath(script, cwd, home);
  if (isFile(file)) return { kind: 'file', path: file, words: [] };
  if (/[/\\]/.test(script) && isFolder(file)) return ofFolder(script, file);
  if (/\s/.test(script.trim())) return ofLine(script.trim(), surroundings);
  if (/[/\\]/.test(script)) return { kind: 'missing', fault: missingPath(file) };
  const program = findProgram(script, path, cwd) ?? findLocalProgram(script, cwd);
  if (program !== null) return { kind: 'program', path: program };
  if (isFolder(file)) return ofFolder(script, file);
  return { kind: 'missing', fault: `${missingPath(file)}, and no program of this name in PATH` };
};
