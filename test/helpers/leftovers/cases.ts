import type { Subject } from './jobs.ts';
import type { Where } from './place.ts';
import type { ShapeClaim } from './shape.ts';
import type { Way } from './ways.ts';

/**
 * What must be said of what was left: `offered` to be ended, listed as `possibly stale`, in either list (`named`), or
 * in none.
 */
export type Expected = 'offered' | 'possibly stale' | 'named' | 'not named';

/** One situation: what runs, how it was left, what that looks like, and what must be said of it. */
export interface Case {
  readonly name: string;
  readonly subject: Subject;
  readonly way: Way;
  readonly shape: ShapeClaim;
  readonly expected: Expected;
  readonly where?: Where;
  /** Why it cannot be made here; `null` or absent when it can. */
  readonly trouble?: string | null;
}
