import type { ServiceSpec } from '../../../src/model/service.ts';
import { NEW_LIFECYCLE } from '../../../src/supervisor/core/lifecycle.ts';
import { afterExit, type Exit, type Next, type RestartHistory } from '../../../src/supervisor/core/restart-policy.ts';
import { aServiceSpec } from '../../helpers/a-service.ts';

/** The middle of chance. */
export const HALF = (): number => 0.5;

/** A crash with exit 1 after 10 ms, but for what is said. */
export const anExit = (said: Partial<Exit> = {}): Exit => ({
  code: 1,
  signal: null,
  uptimeMs: 10,
  overLimit: false,
  ...said,
});

/** A life of a service that ended by itself. */
export interface Life {
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
  readonly next: Next;
  readonly history: RestartHistory;
}

/** What a service does that is left to itself. */
export interface Habit {
  readonly spec?: Partial<ServiceSpec>;
  readonly exit: (life: number) => Partial<Exit>;
  readonly random?: () => number;
  readonly mostLives?: number;
}

/** Runs a service of such a habit through the judge until it is not started again. Pauses pass as they are told. */
export const livesOf = ({ spec = {}, exit, random = HALF, mostLives = 1_000 }: Habit): readonly Life[] => {
  const lives: Life[] = [];
  let before: RestartHistory = NEW_LIFECYCLE;
  let now = 1_700_000_000_000;
  for (let life = 0; life < mostLives; life += 1) {
    const end = anExit(exit(life));
    now += end.uptimeMs;
    const { history, next } = afterExit(before, end, { spec: aServiceSpec(spec), now, random });
    lives.push({ endedAt: now, next, history });
    if (next.kind !== 'restart') break;
    now += next.ms;
    before = history;
  }
  return lives;
};

/** The pauses between lives, in milliseconds. */
export const pausesOf = (lives: readonly Life[]): readonly number[] =>
  lives.flatMap(({ next }) => (next.kind === 'restart' ? [next.ms] : []));

/** How the last life was judged. */
export const fateOf = (lives: readonly Life[]): Next['kind'] | undefined => lives.at(-1)?.next.kind;

/** The sum of numbers. */
export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
