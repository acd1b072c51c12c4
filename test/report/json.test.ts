import { describe, expect, it } from 'vitest';
import { toJson } from '../../src/report/json.ts';
import { SNAPSHOTS } from '../helpers/a-snapshot.ts';
import { checkOf, OBEYED } from './lines-that-fit.ts';

describe('JSON', () => {
  it.each(SNAPSHOTS)('of the host %s is the result again, and harmless to a terminal', (name) => {
    const text = toJson(checkOf(name));
    expect(JSON.parse(text)).toEqual(checkOf(name));
    expect(text).not.toMatch(OBEYED);
    expect(text.endsWith('}\n')).toBe(true);
  });
});
