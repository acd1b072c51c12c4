import { expect } from 'vitest';
import type { Left } from './jobs.ts';
import type { Observed, Place, Stream } from './place.ts';

type StreamKind = 'null' | 'file' | 'terminal' | 'closed terminal' | 'connected' | 'alone' | 'closed';

/** The situation of a process, as /proc tells it. */
export interface Shape {
  /** `first` is the first process of the machine. */
  readonly parent: 'first' | 'living';
  /** The words of the parent. */
  readonly parentArgv: string;
  /** What became of the leader of its session; `outside` where it cannot be seen from here. */
  readonly session: 'itself' | 'living' | 'ended' | 'outside';
  readonly streams: readonly StreamKind[];
  readonly folderGone: boolean;
  readonly folder: string | null;
  readonly executableGone: boolean;
  readonly argv: string;
}

/** What a situation claims of the root of what was left. */
export type ShapeClaim = { readonly [K in keyof Shape]?: Shape[K] | RegExp };

/** One kind for all three streams. */
export const all = <T>(kind: T): readonly [T, T, T] => [kind, kind, kind];

const streamKind = ({ link, peer }: Stream): StreamKind => {
  if (link === null) return 'closed';
  if (link === '/dev/null') return 'null';
  if (link.startsWith('/dev/pts/')) return link.endsWith(' (deleted)') ? 'closed terminal' : 'terminal';
  if (peer === null) return 'file';
  return peer ? 'connected' : 'alone';
};

const sessionOf = ({ pid, session }: Observed, living: ReadonlyMap<number, Observed>): Shape['session'] => {
  if (session === pid) return 'itself';
  if (session === 0) return 'outside';
  return living.has(session) ? 'living' : 'ended';
};

const shapeOf = (one: Observed, all: readonly Observed[]): Shape => {
  const living = new Map(all.filter(({ state }) => state !== 'Z').map((other) => [other.pid, other]));
  const gone = (path: string | null): boolean => path?.endsWith(' (deleted)') === true;
  return {
    parent: one.parent <= 1 ? 'first' : 'living',
    parentArgv: living.get(one.parent)?.argv.join(' ') ?? '',
    session: sessionOf(one, living),
    streams: one.stdio.map(streamKind),
    folderGone: gone(one.cwd),
    folder: one.cwd,
    executableGone: gone(one.executable),
    argv: one.argv.join(' '),
  };
};

/** Looks whether what was left really is in the situation that its test is about: or the test would prove nothing. */
export const expectShape = async (place: Place, { roots }: Left, claim: ShapeClaim): Promise<void> => {
  const all = await place.processes();
  for (const root of roots) {
    const shape = shapeOf(root, all);
    for (const [name, claimed] of Object.entries(claim)) {
      const seen = shape[name as keyof Shape];
      const what = `${name} of ${shape.argv}, which is ${JSON.stringify(shape)}`;
      if (claimed instanceof RegExp) expect(String(seen), what).toMatch(claimed);
      else expect(seen, what).toEqual(claimed);
    }
  }
};
