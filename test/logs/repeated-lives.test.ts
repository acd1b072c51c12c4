import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifeEnds, livesAhead, livesInterrupted, noLives, passLives } from '../../src/logs/scan/life-memory.ts';
import type { LogDiagnosis } from '../../src/logs/types.ts';
import { crash, diagnoseTexts } from './support/diagnose-text.ts';

/** Another seed may be given; the one in use is in the name of the test. */
const seed = Number(process.env['DEVDOCTOR_SEED'] ?? Date.now() % 1_000_000_000);
const FROM = Date.UTC(2026, 10, 22);
const WHOLE = 100_000_000;

type Life = (stamp: string) => string;

const LIVES: readonly Life[] = [
  (stamp) => `${stamp} INFO shop starting\n${crash('Error: listen EADDRINUSE: address already in use :::3000')}`,
  (stamp) => `${stamp} INFO shop starting\n${crash('TypeError: boom is not a function')}`,
  (stamp) => `${stamp} INFO shop starting\n${stamp} INFO reading settings\n${crash('Error: boom')}`,
  () => crash('Error: no stamp anywhere'),
];

interface Run {
  readonly life: number;
  readonly times: number;
}

/** Runs of lives one after the other, behind enough ordinary lines that a skimmed log is past its beginning. */
const logOf = (runs: readonly Run[]): { readonly text: string; readonly lives: number } => {
  let at = FROM;
  const stamp = (): string => new Date((at += 1700)).toISOString();
  const ordinary = Array.from({ length: 900 }, () => `${stamp()} INFO GET /items 200 ${at % 97}ms\n`);
  const lives = runs.flatMap(({ life, times }) =>
    Array.from({ length: times }, () => (LIVES[life] ?? LIVES[0])?.(stamp()) ?? ''),
  );
  return { text: `${stamp()} INFO shop starting\n${ordinary.join('')}${lives.join('')}`, lives: lives.length };
};

const read = async (text: string, readAllBytes: number): Promise<LogDiagnosis | undefined> =>
  (await diagnoseTexts({ 'app.log': text }, { readAllBytes }))[0];

describe('lives that say the same', () => {
  it('are counted without being read', async () => {
    const { text, lives } = logOf([{ life: 0, times: 4000 }]);
    const diagnosis = await read(text, 1000);
    expect(diagnosis).toMatchObject({ restarts: lives, restartLoop: true, rootCause: { code: 'EADDRINUSE' } });
    const cited = diagnosis?.evidence.find(({ role }) => role === 'cause');
    expect(text.split('\n')[(cited?.line ?? 0) - 1]).toBe(cited?.text);
  });

  it(`change nothing of what is told, whatever stands between them (seed ${seed})`, async () => {
    const run = fc.record({ life: fc.nat(LIVES.length - 1), times: fc.constantFrom(1, 5, 200, 700) });
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 4 }), async (runs) => {
        // A few lives first: the ordinary lines before them are read in one way and not in the other.
        const { text } = logOf([{ life: 0, times: 3 }, ...runs]);
        const [skimmed, whole] = await Promise.all([read(text, 1000), read(text, WHOLE)]);
        expect(skimmed).toEqual(whole);
      }),
      { seed, numRuns: 25 },
    );
  }, 120_000);
});

describe('lifeEnds', () => {
  const text = Buffer.from(
    '2026-11-22T10:00:00Z up on :80\nX\n2026-11-22T10:00:09Z up on :80\nX\n2026-11-22T10:00:19Z up on :81\nX\n',
  );
  const LENGTH = text.length / 3;

  const after = (ends: readonly number[]): readonly number[] => {
    const memory = noLives();
    return ends.map((end) => lifeEnds(memory, text, { offset: 0, place: end * LENGTH, number: 1 + end * 2 }));
  };

  it('counts lives that differ in their times alone', () => {
    expect(after([0, 1, 2, 3])).toEqual([0, 1, 2, 1]);
  });

  it('sees how many more there are, and not those that are cut off', () => {
    const memory = noLives();
    lifeEnds(memory, text, { offset: 0, place: 0, number: 1 });
    lifeEnds(memory, text, { offset: 0, place: LENGTH, number: 3 });
    expect(livesAhead(memory, text, LENGTH, text.length)).toBe(1);
    expect(livesAhead(memory, text, LENGTH, LENGTH * 2 - 1)).toBe(0);
    expect(passLives(memory, 1)).toEqual({ length: LENGTH, lines: 2 });
  });

  it('takes other words in the place of a time for another life', () => {
    const other = Buffer.from(
      `${text.toString('latin1', 0, LENGTH)}an hour after noon, I went up on :80\nX\n`.slice(0, LENGTH * 2),
    );
    other.write(' up on :80\nX\n', LENGTH * 2 - ' up on :80\nX\n'.length);
    const memory = noLives();
    lifeEnds(memory, other, { offset: 0, place: 0, number: 1 });
    lifeEnds(memory, other, { offset: 0, place: LENGTH, number: 3 });
    expect(livesAhead(memory, other, LENGTH, other.length)).toBe(0);
  });

  it('begins anew after lines that were left out', () => {
    const memory = noLives();
    lifeEnds(memory, text, { offset: 0, place: 0, number: 1 });
    livesInterrupted(memory);
    expect(lifeEnds(memory, text, { offset: 0, place: LENGTH, number: 3 })).toBe(0);
  });
});
