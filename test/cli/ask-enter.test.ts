import { beforeEach, describe, expect, it, vi } from 'vitest';
import { askForConsent, askToGoAhead } from '../../src/cli/ask.ts';
import type { Certainty } from '../../src/model/remedy.ts';
import { displayWidth } from '../../src/util/display-width.ts';
import { aStep } from '../plan/a-step.ts';

interface Question {
  readonly name: string;
  readonly initial?: boolean;
  readonly choices?: readonly { readonly title: string; readonly value: string; readonly selected: boolean }[];
}

const asked: Question[] = [];

// A person who presses Enter takes what was chosen beforehand.
vi.mock(import('prompts'), () => {
  const pressEnter = (question: Question): Promise<Record<string, unknown>> => {
    asked.push(question);
    const { name, choices, initial } = question;
    const chosen = choices?.filter(({ selected }) => selected).map(({ value }) => value);
    return Promise.resolve({ [name]: chosen ?? initial });
  };
  return { default: pressEnter } as never;
});

beforeEach(() => {
  asked.length = 0;
});

const step = (id: string, certainty: Certainty) => aStep({ id, certainty, title: `end ${id} node server.js` });

describe('who only presses Enter', () => {
  it.each<[Certainty, readonly string[]]>([
    ['certain', ['1']],
    ['likely', ['1']],
    ['possible', []],
  ])('ends one process that is %s to be unwanted: %j', async (certainty, expected) => {
    expect([...(await askForConsent([step('1', certainty)], 80))]).toEqual(expected);
  });

  it('ends of several what is certain and likely, and nothing that is only possible', async () => {
    const steps = [step('1', 'certain'), step('2', 'likely'), step('3', 'possible')];
    expect([...(await askForConsent(steps, 80))]).toEqual(['1', '2']);
  });

  it('ends none of several that are only possible', async () => {
    expect([...(await askForConsent([step('1', 'possible'), step('2', 'possible')], 80))]).toEqual([]);
  });

  it('goes ahead with what was shown, unless that is not to be taken for granted', async () => {
    expect([await askToGoAhead('Write it?'), await askToGoAhead('Write it?', false)]).toEqual([true, false]);
  });
});

describe('the list to choose from', () => {
  it('shows each step by its number, possible ones too, within the columns', async () => {
    await askForConsent([step('1', 'certain'), { ...step('2', 'possible'), title: 'end '.repeat(40) }], 60);
    const titles = asked[0]?.choices?.map(({ title }) => title) ?? [];
    expect(titles.map((title) => title.slice(0, 6))).toEqual(['1. end', '2. end']);
    expect(titles.filter((title) => displayWidth(title) > 60 - 12)).toEqual([]);
  });
});
