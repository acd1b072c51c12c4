import type { ProcessSketch } from '../model/process.ts';
import { isLauncherName } from './launchers.ts';
import { bareName, scriptOf, wordsOf } from './words-of.ts';

/** Programs that run what a person wrote, whatever they are called beside: `python3.11`, `node22`. */
const INTERPRETER =
  /^(?:node|nodejs|bun|deno|python|pypy|ruby|php|java|dotnet|beam\.smp|iex|elixir|tsx|ts-node)[\d.]*$/;

/** A file that only an interpreter runs, whatever the interpreter is called. */
const SCRIPT = /\.(?:[cm]?[jt]sx?|py|rb|php|jar|exs?)$/i;

/** Where package managers and compilers put what they made for a project. */
const MADE_HERE = /[\\/](?:node_modules|go-build\d*|target[\\/](?:debug|release)|\.venv|venv)[\\/]/;

/** A browser without a window, on a profile that puppeteer or playwright made for it. */
export const isDrivenBrowser = (process: Pick<ProcessSketch, 'command' | 'name'>): boolean =>
  wordsOf(process).some((word) =>
    /^--(?:remote-debugging-pipe$|user-data-dir=.*(?:puppeteer|playwright|chrome-headless|lighthouse))/.test(word),
  );

/** Whoever drives such a browser holds its output as well; the pipe itself has other numbers than the standard ones. */
export const isDrivenByPipe = (process: Pick<ProcessSketch, 'command' | 'name'>): boolean =>
  wordsOf(process).includes('--remote-debugging-pipe');

/** Its words say that it is spoken to over standard input, and by nobody else. */
const STDIO_WORD = /^(?:--?stdio|--node-ipc|--remote-debugging-pipe)$/;

/** esbuild takes its work so below vite and its kin; other programs mean other things by the same word. */
const ESBUILD_SERVICE = /^--service=[\d.]+$/;

/** Helpers that editors and agents start for themselves, and speak to over pipes. */
const STDIO_NAME =
  /(?:^|[-_.@/\\])(?:mcp|lsp|langserver|languageserver|language-server|modelcontextprotocol)(?:[-_.@/\\]|$)|tsserver/i;

/** What a path says of the program itself: its package, or its own name; never the folders somebody keeps it in. */
const ownName = (path: string): string => {
  const [, inPackage] = /.*[\\/]node_modules[\\/](?:\.bin[\\/])?(.*)$/.exec(path) ?? [];
  return inPackage ?? path.replace(/^.*[\\/]/, '');
};

/** Does it get its work over standard input, so that without one it can never get any again? */
export const speaksOverStdio = (process: Pick<ProcessSketch, 'command' | 'name'>): boolean => {
  const words = wordsOf(process);
  if (words.slice(1).some((word) => STDIO_WORD.test(word) || ESBUILD_SERVICE.test(word))) return true;
  const script = scriptOf(process) ?? '';
  return [words[0] ?? '', script].some((word) => STDIO_NAME.test(ownName(word)));
};

/**
 * Is this what people run while they develop: an interpreter, a program of node_modules or of a compiler's output, a
 * package runner, a driven browser, a helper over pipes?
 */
export const isDevShaped = (
  process: Pick<ProcessSketch, 'kernelThread' | 'state' | 'command' | 'name' | 'program'>,
): boolean => {
  if (process.kernelThread || process.state === 'zombie' || process.command.length === 0) return false;
  const words = wordsOf(process);
  const names = [process.name, bareName(words[0] ?? ''), bareName(process.program ?? '')];
  if (names.some((name) => INTERPRETER.test(name) || isLauncherName(name))) return true;
  if ([process.program ?? '', ...words.slice(0, 2)].some((word) => MADE_HERE.test(word))) return true;
  if (words.slice(1, 3).some((word) => !word.startsWith('-') && SCRIPT.test(word))) return true;
  return isDrivenBrowser(process) || speaksOverStdio(process);
};
