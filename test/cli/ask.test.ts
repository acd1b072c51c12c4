import prompts from 'prompts';
import { describe, expect, it } from 'vitest';
import { askForConsent } from '../../src/cli/ask.ts';
import { aStep } from '../plan/a-step.ts';

const STEPS = [aStep({ id: '1' }), aStep({ id: '2' }), aStep({ id: '3' })];

const answering = (answer: unknown, count: number): Promise<ReadonlySet<string>> => {
  prompts.inject([answer]);
  return askForConsent(STEPS.slice(0, count), 80);
};

describe('the question', () => {
  it.each([
    ['yes', true, ['1']],
    ['no', false, []],
  ])('about one step takes %s for an answer', async (_, answer, expected) => {
    expect([...(await answering(answer, 1))]).toEqual(expected);
  });

  it.each([
    ['some', ['1', '3'], ['1', '3']],
    ['none', [], []],
  ])('about several steps takes %s of them', async (_, answer, expected) => {
    expect([...(await answering(answer, 3))]).toEqual(expected);
  });

  it.each([1, 3])('given up changes nothing, and says so, of %i steps', async (count) => {
    await expect(answering(new Error('given up'), count)).rejects.toMatchObject({
      code: 'cancelled',
      message: 'cancelled: nothing was changed',
    });
  });
});
