import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isKnownError } from '../../model/error.ts';
import type { Invocation, Surroundings } from '../invocation.ts';
import { isFile } from './act-on-targets.ts';
import { detailsOf } from './supervision.ts';

/** What a word of `start` is. */
export type StartWord =
  | { readonly kind: 'input' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'service'; readonly target: string }
  | { readonly kind: 'script'; readonly script: string };

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const isService = async (word: string, surroundings: Surroundings): Promise<boolean> => {
  if (word === 'all') return true;
  try {
    return (await detailsOf(surroundings, [word])).services.length > 0;
  } catch (error) {
    if (isKnownError(error) && error.code === 'usage') return false;
    throw error;
  }
};

/** Tells what a word means: a file of services, a script that is there, a service that is known, and else a command. */
export const whatToStart = async (
  word: string,
  { rest }: Invocation,
  surroundings: Surroundings,
): Promise<StartWord> => {
  const path = resolve(surroundings.cwd, word);
  if (word === '-') return { kind: 'input' };
  if (isFile(word)) return { kind: 'file', file: path };
  // Who gives arguments or several words speaks of a command.
  const isCommand = rest.length > 0 || /\s/.test(word) || isThere(path);
  if (!isCommand && (await isService(word, surroundings))) return { kind: 'service', target: word };
  return { kind: 'script', script: word };
};
