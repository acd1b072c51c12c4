import { closeSync, openSync, readSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { isExecutable } from './find-program.ts';

/** How a file is run. */
export type Runner =
  | { readonly kind: 'node' | 'itself' }
  /** By a program that understands TypeScript; `isPlain` where Node may, by leaving the types out. */
  | { readonly kind: 'typescript'; readonly isPlain: boolean }
  /** By the first of these programs that is there, with words before the file. */
  | { readonly kind: 'program'; readonly names: readonly string[]; readonly words: readonly string[] }
  | { readonly kind: 'unknown' };

const program = (...names: readonly string[]): Runner => ({ kind: 'program', names, words: [] });

const BY_ENDING: Readonly<Record<string, Runner>> = {
  '.js': { kind: 'node' },
  '.cjs': { kind: 'node' },
  '.mjs': { kind: 'node' },
  '.ts': { kind: 'typescript', isPlain: true },
  '.mts': { kind: 'typescript', isPlain: true },
  '.cts': { kind: 'typescript', isPlain: true },
  '.tsx': { kind: 'typescript', isPlain: false },
  '.jsx': { kind: 'typescript', isPlain: false },
  '.py': program('python3', 'python'),
  '.sh': program('bash', 'sh'),
  '.rb': program('ruby'),
  '.php': program('php'),
  '.pl': program('perl'),
};

const LONGEST_SHEBANG = 256;

/** The words behind `#!` on the first line of a file; `null` without. */
export const shebangOf = (file: string): readonly string[] | null => {
  const buffer = Buffer.alloc(LONGEST_SHEBANG);
  try {
    const descriptor = openSync(file, 'r');
    try {
      const [line = ''] = buffer.toString('latin1', 0, readSync(descriptor, buffer)).split('\n');
      return line.startsWith('#!') ? line.slice(2).trim().split(/\s+/) : null;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // A program may be run by those who cannot read it.
    return null;
  }
};

/** `#!/usr/bin/env -S node --flag` names node, with a word behind. */
const runnerNamedBy = (shebang: readonly string[]): Runner => {
  const [first = '', ...rest] = shebang;
  const words = basename(first) === 'env' ? rest.filter((word) => word !== '-S') : [first, ...rest];
  const [name = '', ...others] = words;
  if (/^node(?:js)?$/.test(basename(name)) && others.length === 0) return { kind: 'node' };
  return name === '' ? { kind: 'unknown' } : { kind: 'program', names: [name], words: others };
};

/** How this file is run when nobody says how: by its ending, its first line, or by itself. */
export const runnerOf = (file: string): Runner => {
  const ending = extname(file).toLowerCase();
  const known = Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined;
  if (known !== undefined) return known;
  const shebang = shebangOf(file);
  const named = shebang === null ? null : runnerNamedBy(shebang);
  if (named?.kind === 'node') return named;
  if (isExecutable(file)) return { kind: 'itself' };
  return named ?? (ending === '' ? { kind: 'node' } : { kind: 'unknown' });
};
