import { Chalk } from 'chalk';
import type { Paint } from './look.ts';

/** Emphasis by colour. The sixteen named colours follow the person's own theme, so no finer level is used. */
export const colorPaint = (): Paint => {
  const paint = new Chalk({ level: 1 });
  return {
    bad: (text) => paint.red(text),
    warn: (text) => paint.yellow(text),
    good: (text) => paint.green(text),
    strong: (text) => paint.bold(text),
    dim: (text) => paint.dim(text),
    command: (text) => paint.cyan(text),
  };
};
