import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/util/did-you-mean.ts';

const COMMANDS = ['check', 'why', 'ports', 'fix', 'history', 'undo', 'checks'];

describe('didYouMean', () => {
  it.each([
    ['chek', 'check'],
    ['chck', 'check'],
    ['check', 'check'],
    ['port', 'ports'],
    ['histroy', 'history'],
    ['fx', 'fix'],
    ['undoo', 'undo'],
  ])('takes %s for a slip of %s', (word, expected) => {
    expect(didYouMean(word, COMMANDS)).toBe(expected);
  });

  it.each(['restart', 'x', '', 'kill-everything'])('takes %j for another word', (word) => {
    expect(didYouMean(word, COMMANDS)).toBeNull();
  });

  it('means nothing where nothing is known', () => {
    expect(didYouMean('check', [])).toBeNull();
  });
});
