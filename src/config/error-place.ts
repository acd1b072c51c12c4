import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place at the end of a frame, or alone on a line: `(/a/b.js:3:7)`, `file:///a/b.mjs:3`. */
const PLACE = /(?:^|[\s(])((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+)(?::(\d+))?\)?\s*$/;

/** Frames of the program that loaded the file, or of packages, tell nothing about the mistake. */
const FOREIGN = /node:|[\\/]node_modules[\\/]|\[eval/;

const pathOf = (text: string): string => (text.startsWith('file:') ? fileURLToPath(text) : text);

const nearName = (path: string, folder: string): string => {
  const near = relative(folder, path);
  return near.startsWith('..') || isAbsolute(near) ? path : near;
};

/** Of a syntax error the column is drawn with `^` below the line that is shown. */
const columnDrawnIn = (lines: readonly string[]): number | null => {
  const drawn = lines.slice(1, 4).find((line) => /^\s*\^+\s*$/.test(line));
  return drawn === undefined ? null : drawn.indexOf('^') + 1;
};

/** Where an error stands, as `file:line:column`, by its stack; files of that folder go by their short names. */
export const errorPlace = (stack: string, folder: string): string | null => {
  const lines = stack.split('\n');
  for (const [index, line] of lines.entries()) {
    if (FOREIGN.test(line)) continue;
    const [, path, row, column] = PLACE.exec(line) ?? [];
    if (path === undefined || row === undefined) continue;
    const found = column ?? columnDrawnIn(lines.slice(index));
    return `${nearName(pathOf(path), folder)}:${row}${found === null ? '' : `:${found}`}`;
  }
  return null;
};
