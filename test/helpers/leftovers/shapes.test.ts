import { describe, expect, test } from 'vitest';
import { expectShapes } from './describe-cases.ts';
import { placeTrouble } from './place.ts';
import { THIRTEEN_KINDS } from './thirteen-kinds.ts';

const TIME_LIMIT_MS = 60_000;

const COUNT = 13;

// The tests of each kind look at its shape too. Here they need no built command, and fail on their own account.
describe('the zoo of left-behind processes', () => {
  test('holds all thirteen kinds', () => {
    const kinds = new Set(THIRTEEN_KINDS.map(({ name }) => Number.parseInt(name, 10)));
    expect(kinds).toEqual(new Set(Array.from({ length: COUNT }, (_, index) => index + 1)));
  });

  test.skipIf(placeTrouble('sh') !== null)(
    'makes what it claims to make',
    () => expectShapes('sh', THIRTEEN_KINDS),
    TIME_LIMIT_MS,
  );
});
