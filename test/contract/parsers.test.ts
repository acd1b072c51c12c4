import { describe, expect, test } from 'vitest';
import type { Invocation } from '../../src/cli/invocation.ts';
import { parseFast } from '../../src/cli/parse-fast.ts';
import { parseWithYargs } from '../../src/cli/parse-with-yargs.ts';
import { ODD, PLAIN, type Vector } from './support/argument-vectors.ts';

const label = (vector: Vector): string => `devdoctor ${vector.map((word) => JSON.stringify(word)).join(' ')}`;
const rows = (vectors: readonly Vector[]): readonly (readonly [string, Vector])[] =>
  vectors.map((vector) => [label(vector), vector] as const);

/** What the full parser makes of a call: an invocation, or the word for what it did instead. */
const parseFully = async (vector: Vector): Promise<Invocation | string> => {
  try {
    const parsed = await parseWithYargs(vector, '0.0.0', 80);
    return parsed.kind === 'run' ? parsed.invocation : 'printed';
  } catch (error) {
    return `refused: ${String(error)}`;
  }
};

const expectAgreement = async (vector: Vector): Promise<void> => {
  const fast = parseFast(vector);
  if (fast !== null) expect(await parseFully(vector)).toEqual(fast);
};

describe('the two parsers read every call alike', () => {
  test.each(rows(PLAIN))('%s, which the fast one takes', async (_, vector) => {
    expect(parseFast(vector)).not.toBeNull();
    await expectAgreement(vector);
  });

  test.each(rows(ODD))('%s, which the fast one may leave', async (_, vector) => {
    await expectAgreement(vector);
  });
});
