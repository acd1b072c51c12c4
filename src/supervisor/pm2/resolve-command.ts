import { basename } from 'node:path';
import { commandLine } from '../../util/command-line.ts';
import { findProgram, isExecutable } from './find-program.ts';
import { namedInterpreter, usualInterpreter, type Interpreter } from './find-interpreter.ts';
import { locateScript, type Script, type Surroundings } from './locate-script.ts';
import { shebangOf } from './runner-of.ts';

/** What an app wants to be run. */
export interface CommandWish {
  readonly script: string;
  readonly args: readonly string[];
  readonly interpreter: string | null;
  readonly interpreterArgs: readonly string[];
  readonly sourceMaps: boolean;
}

/** A command that can be started. */
export interface ResolvedCommand {
  readonly ok: true;
  readonly command: readonly [string, ...string[]];
  /** The first of `command`, where that is not the script itself. */
  readonly interpreter: string | null;
  readonly isNode: boolean;
  /** Is a program of Python the first to run? Its output waits in a buffer unless it is told otherwise. */
  readonly isPython: boolean;
  readonly notices: readonly string[];
}

/** A command, or the key that says something impossible. */
export type CommandAnswer =
  | ResolvedCommand
  | { readonly ok: false; readonly key: 'script' | 'interpreter'; readonly fault: string };

const NODE = /^node(?:js)?[\d.]*(?:\.exe)?$/;
const PYTHON = /^(?:python|pypy)[\d.]*$/;
const SHELL = /^(?:ba|da|z|k|fi)?sh$/;
const PYTHON_IN_LINE = /(?:^|[\s/])(?:python|pypy)[\d.]*\s/;

const failed = (key: 'script' | 'interpreter', fault: string): CommandAnswer => ({ ok: false, key, fault });

const byItself = (path: string, words: readonly string[], wish: CommandWish): CommandAnswer => {
  if (!isExecutable(path)) return failed('script', `${path} is not executable: chmod +x, or name its "interpreter"`);
  const isInterpreter = NODE.test(basename(path));
  const flags = isInterpreter ? wish.interpreterArgs : [];
  const isIgnored = wish.interpreterArgs.length > 0 && !isInterpreter;
  return {
    ok: true,
    command: [path, ...flags, ...words, ...wish.args],
    interpreter: isInterpreter ? path : null,
    isNode: false,
    isPython: [path, ...(shebangOf(path) ?? [])].some((word) => PYTHON.test(basename(word))),
    notices: isIgnored ? [`node_args are not used: ${basename(path)} is run by itself`] : [],
  };
};

const byInterpreter = (
  interpreter: { readonly path: string; readonly words: readonly string[] },
  script: { readonly path: string; readonly words: readonly string[] },
  wish: CommandWish,
): CommandAnswer => {
  const isNode = NODE.test(basename(interpreter.path));
  const sourceMaps = isNode && wish.sourceMaps ? ['--enable-source-maps'] : [];
  return {
    ok: true,
    command: [
      interpreter.path,
      ...interpreter.words,
      ...sourceMaps,
      ...wish.interpreterArgs,
      script.path,
      ...script.words,
      ...wish.args,
    ],
    interpreter: interpreter.path,
    isNode,
    isPython: PYTHON.test(basename(interpreter.path)),
    notices: [],
  };
};

const byShell = (shell: string, text: string, wish: CommandWish): CommandAnswer => {
  const line = wish.args.length === 0 ? text : `${text} ${commandLine(wish.args)}`;
  return {
    ok: true,
    command: [shell, '-c', line],
    interpreter: shell,
    isNode: false,
    isPython: PYTHON_IN_LINE.test(`${line} `),
    notices: wish.interpreterArgs.length > 0 ? ['node_args are not used: a shell runs the script'] : [],
  };
};

const withInterpreter = (interpreter: Interpreter, script: Script, wish: CommandWish): CommandAnswer => {
  if (!interpreter.ok) return failed('interpreter', interpreter.fault);
  if (script.kind === 'missing') return failed('script', script.fault);
  if (script.kind !== 'line')
    return byInterpreter(interpreter, script.kind === 'file' ? script : { path: script.path, words: [] }, wish);
  return SHELL.test(basename(interpreter.path))
    ? byShell(interpreter.path, script.text, wish)
    : failed('script', `${basename(interpreter.path)} runs files, and the first word of this is none`);
};

const withoutInterpreter = (script: Script, wish: CommandWish, surroundings: Surroundings): CommandAnswer => {
  const { path, cwd, nodePath } = surroundings;
  switch (script.kind) {
    case 'missing':
      return failed('script', script.fault);
    case 'line': {
      const shell = findProgram('bash', path, cwd) ?? findProgram('sh', path, cwd);
      return shell === null
        ? failed('script', 'a line needs a shell, and PATH has none')
        : byShell(shell, script.text, wish);
    }
    case 'program': {
      const isNodes = shebangOf(script.path)?.some((word) => NODE.test(basename(word))) === true;
      return isNodes && wish.interpreterArgs.length > 0
        ? byInterpreter({ path: nodePath, words: [] }, { path: script.path, words: [] }, wish)
        : byItself(script.path, [], wish);
    }
    case 'file': {
      const interpreter = usualInterpreter(script.path, surroundings);
      if (interpreter === null) return byItself(script.path, script.words, wish);
      return interpreter.ok ? byInterpreter(interpreter, script, wish) : failed('script', interpreter.fault);
    }
  }
};

/** Makes a command of what an app says: the program first, by its absolute path. Looks at the file system. */
export const resolveCommand = (wish: CommandWish, surroundings: Surroundings): CommandAnswer => {
  const script = locateScript(wish.script, surroundings);
  if (wish.interpreter === null) return withoutInterpreter(script, wish, surroundings);
  if (wish.interpreter !== 'none')
    return withInterpreter(namedInterpreter(wish.interpreter, surroundings), script, wish);
  if (script.kind === 'missing') return failed('script', script.fault);
  return script.kind === 'line'
    ? withoutInterpreter(script, wish, surroundings)
    : byItself(script.path, script.kind === 'file' ? script.words : [], wish);
};
