import { basename, dirname } from 'node:path';
import { absolutePath, findLocalProgram, findProgram, isExecutable, isFile } from './find-program.ts';
import type { Surroundings } from './locate-script.ts';
import { missingPath } from './missing-path.ts';
import { runnerOf, type Runner } from './runner-of.ts';
import { splitWords } from './split-words.ts';

/** The program that runs a script, with words of its own, or why there is none. */
export type Interpreter =
  | { readonly ok: true; readonly path: string; readonly words: readonly string[] }
  | { readonly ok: false; readonly fault: string };

const found = (path: string, words: readonly string[] = []): Interpreter => ({ ok: true, path, words });
const fault = (text: string): Interpreter => ({ ok: false, fault: text });

/** From here on Node leaves types out by itself. */
const leavesTypesOut = (version: string): boolean => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
};

const forTypescript = (file: string, isPlain: boolean, surroundings: Surroundings): Interpreter => {
  const { cwd, path, nodePath, nodeVersion } = surroundings;
  const program =
    findLocalProgram('tsx', dirname(file)) ??
    findLocalProgram('tsx', cwd) ??
    findProgram('tsx', path, cwd) ??
    findProgram('bun', path, cwd);
  if (program !== null) return found(program);
  if (isPlain && leavesTypesOut(nodeVersion)) return found(nodePath);
  return fault(
    `${basename(file)} needs a program that understands it, and neither tsx nor bun is there (npm i -D tsx), nor is Node ${nodeVersion} one`,
  );
};

const firstOf = (names: readonly string[], words: readonly string[], surroundings: Surroundings): Interpreter => {
  const { cwd, path, nodePath } = surroundings;
  if (names.some((name) => /^node(?:js)?$/.test(basename(name)))) return found(nodePath, words);
  const program = names
    .map((name) => (name.includes('/') ? name : findProgram(name, path, cwd)))
    .find((name) => name !== null);
  return program === undefined || !isExecutable(program)
    ? fault(`it needs ${names.join(' or ')}, and PATH has none`)
    : found(program, words);
};

/** The program for a file when nobody names one; `null` for a file that runs by itself. */
export const usualInterpreter = (file: string, surroundings: Surroundings): Interpreter | null => {
  const runner: Runner = runnerOf(file);
  switch (runner.kind) {
    case 'itself':
      return null;
    case 'node':
      return found(surroundings.nodePath);
    case 'typescript':
      return forTypescript(file, runner.isPlain, surroundings);
    case 'program':
      return firstOf(runner.names, runner.words, surroundings);
    case 'unknown':
      return fault(
        `${basename(file)} is not executable, and nothing is known to run such a file: name its "interpreter"`,
      );
  }
};

/** The program that a configuration names: `node`, a path, or a program of PATH or of the project, and words behind it. */
export const namedInterpreter = (name: string, surroundings: Surroundings): Interpreter => {
  const { cwd, path, home, nodePath } = surroundings;
  if (name.startsWith('node@')) return fault('versions are not fetched: give the path of that node');
  const whole = absolutePath(name, cwd, home);
  if (/[/\\]/.test(name) && isExecutable(whole)) return found(whole);
  const [first = '', ...words] = splitWords(name) ?? [];
  if (first === 'node') return found(nodePath, words);
  const file = absolutePath(first, cwd, home);
  if (/[/\\]/.test(first)) {
    if (isExecutable(file)) return found(file, words);
    return fault(isFile(file) ? `${file} is not executable` : missingPath(file));
  }
  const program = findProgram(first, path, cwd) ?? findLocalProgram(first, cwd);
  return program === null ? fault(`there is no program ${first} in PATH`) : found(program, words);
};
