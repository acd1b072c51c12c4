/** Emphasis, and nothing but emphasis: every text says the same without it. */
export interface Paint {
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly command: (text: string) => string;
}

/** How text may look where it is printed. */
export interface Look {
  /** Columns, at least 40. */
  readonly width: number;
  readonly paint: Paint;
  /** The home folder, shortened to `~`; `null` to show paths whole. */
  readonly home: string | null;
}

const plain = (text: string): string => text;

/** No emphasis: for pipes, files and NO_COLOR. */
export const PLAIN_PAINT: Paint = { bad: plain, warn: plain, good: plain, strong: plain, dim: plain, command: plain };

/** Shortens the home folder to `~`. */
export const tildify = (path: string, { home }: Look): string =>
  home !== null && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
