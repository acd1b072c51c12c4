import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIXTURES } from './support/paths.ts';
import { casesIn, expectedOf, scoreCase, type CaseScore } from './support/score-case.ts';

/** Another folder of cases of the same layout may be given, to be scored in place of the fixtures. */
const folder = process.env['DEVDOCTOR_LOG_CASES'] ?? FIXTURES;

/** A case whose log is not stored but generated has its own test. */
const stored = casesIn(folder).filter((name) =>
  expectedOf(folder, name).files.every((file) => existsSync(join(folder, name, file))),
);

/** So many were stored when this was written; a lost folder must not pass unseen. */
const LEAST_CASES = 176;

const scores = new Map<string, Promise<CaseScore>>();
const scoreOf = (name: string): Promise<CaseScore> => {
  const known = scores.get(name) ?? scoreCase(folder, name);
  scores.set(name, known);
  return known;
};

const MARKS = ['loop', 'count', 'cause', 'evidence'] as const;

/** What is wrong with an answer, in words that name the case; empty when nothing is. */
const faultsOf = (score: CaseScore): readonly string[] => {
  const wrong: string[] = MARKS.filter((mark) => !score[mark]);
  if (score.falsePositive) wrong.push('false positive');
  return wrong.length === 0 ? [] : [`${score.name}: wrong ${wrong.join(', ')}; told/expected: ${score.told}`];
};

describe(`the log cases of ${folder}`, () => {
  it.each(stored)('%s', async (name) => {
    expect(faultsOf(await scoreOf(name))).toEqual([]);
  });

  it('are all judged right together', async () => {
    const all = await Promise.all(stored.map(scoreOf));
    const totals = Object.fromEntries(MARKS.map((mark) => [mark, all.filter((score) => score[mark]).length]));
    const falsePositives = all.filter(({ falsePositive }) => falsePositive).map(({ name }) => name);
    const right = Object.fromEntries(MARKS.map((mark) => [mark, stored.length]));
    expect({ ...totals, falsePositives }).toEqual({ ...right, falsePositives: [] });
    if (folder === FIXTURES) expect(stored.length).toBeGreaterThanOrEqual(LEAST_CASES);
  });
});
