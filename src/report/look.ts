import { Chalk } from 'chalk';

/** How text may look where it is printed. */
export interface Look {
  /** Columns, at least 40. */
  readonly width: number;
  /** 0 is plain text. */
  readonly colorLevel: 0 | 1 | 2 | 3;
  /** The home folder, shortened to `~`; `null` to show paths whole. */
  readonly home: string | null;
}

/** Emphasis, and nothing but emphasis: every text says the same without it. */
export interface Paint {
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly command: (text: string) => string;
}

/** Paints for a colour level. */
export const paintFor = ({ colorLevel }: Look): Paint => {
  const paint = new Chalk({ level: colorLevel });
  return {
    bad: (text) => paint.red(text),
    warn: (text) => paint.yellow(text),
    good: (text) => paint.green(text),
    strong: (text) => paint.bold(text),
    dim: (text) => paint.dim(text),
    command: (text) => paint.cyan(text),
  };
};

/** Shortens the home folder to `~`. */
export const tildify = (path: string, { home }: Look): string =>
  home !== null && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
