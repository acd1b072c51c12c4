import type { Level } from '../types.ts';

/** What one layer of wrapping told, and the text inside it. */
export interface Unwrapped {
  readonly text: string;
  readonly at: number | null;
  /** Whether `at` has a date; seconds since the machine started have none. */
  readonly dated: boolean;
  readonly service: string | null;
  readonly pid: number | null;
  readonly ident: string | null;
  readonly level: Level | null;
  /** A part of a line whose rest follows in the next one. */
  readonly partial: boolean;
  /** Nothing inside is wrapped again. */
  readonly innermost: boolean;
}

export const bare = (text: string): Unwrapped => ({
  text,
  at: null,
  dated: true,
  service: null,
  pid: null,
  ident: null,
  level: null,
  partial: false,
  innermost: false,
});

/** Puts what an outer layer told under what the inner one tells. */
export const within = (outer: Unwrapped, inner: Unwrapped): Unwrapped => ({
  text: inner.text,
  at: outer.at ?? inner.at,
  dated: outer.at === null ? inner.dated : outer.dated,
  service: outer.service ?? inner.service,
  pid: inner.pid ?? outer.pid,
  ident: inner.ident ?? outer.ident,
  level: inner.level ?? outer.level,
  partial: outer.partial || inner.partial,
  innermost: inner.innermost,
});
