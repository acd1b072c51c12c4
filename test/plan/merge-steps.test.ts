import { describe, expect, it } from 'vitest';
import type { Guard, Step } from '../../src/model/plan.ts';
import type { Certainty } from '../../src/model/remedy.ts';
import { mergeSteps } from '../../src/plan/merge-steps.ts';
import { aProcess } from '../helpers/a-process.ts';
import { endingStep, terminating } from './a-step.ts';

/** A step that ends some processes by their pids, leaf first; it resolves the finding of its own name. */
const ending = (name: string, certainty: Certainty, pids: readonly [number, ...number[]], said: Partial<Step> = {}) => {
  const [first, ...rest] = pids.map((pid) => aProcess({ pid }));
  const root = aProcess({ pid: pids.at(-1) ?? pids[0] });
  return endingStep([first ?? root, ...rest], {
    title: name,
    certainty,
    remedy: terminating(root, { certainty }),
    resolves: [name],
    ...said,
  });
};

const told = (...drafts: readonly Step[]) =>
  mergeSteps(drafts).map(({ certainty, members, resolves }) => [
    certainty,
    members.map(({ pid }) => pid),
    resolves.toSorted(),
  ]);

/** Both orders in which two drafts may come. */
const inBothOrders = (a: Step, b: Step) => [told(a, b), told(b, a)];

describe('what is surest', () => {
  it('comes first, whatever the order and the size', () => {
    const possible = ending('possible', 'possible', [1, 2, 3]);
    const likely = ending('likely', 'likely', [4, 5]);
    const certain = ending('certain', 'certain', [6]);
    for (const drafts of [
      [possible, likely, certain],
      [certain, possible, likely],
      [likely, certain, possible],
    ])
      expect(told(...drafts).map(([certainty]) => certainty)).toEqual(['certain', 'likely', 'possible']);
  });

  it.each<[Certainty, Certainty]>([
    ['certain', 'likely'],
    ['certain', 'possible'],
    ['likely', 'possible'],
  ])('is not made larger: what is %s, by what is %s and holds it', (sure, less) => {
    for (const merged of inBothOrders(ending('small', sure, [3]), ending('large', less, [4, 3, 2])))
      expect(merged).toEqual([[sure, [3], ['large', 'small']]]);
  });

  it.each<[Certainty, Certainty]>([
    ['certain', 'likely'],
    ['certain', 'possible'],
    ['likely', 'possible'],
  ])('takes in what lies in it: what is %s, what is %s', (sure, less) => {
    for (const merged of inBothOrders(ending('large', sure, [4, 3, 2]), ending('small', less, [3])))
      expect(merged).toEqual([[sure, [4, 3, 2], ['large', 'small']]]);
  });
});

describe('of what is equally sure', () => {
  it.each<Certainty>(['certain', 'likely', 'possible'])('the larger takes the smaller in: %s', (certainty) => {
    for (const merged of inBothOrders(ending('small', certainty, [3]), ending('large', certainty, [4, 3, 2])))
      expect(merged).toEqual([[certainty, [4, 3, 2], ['large', 'small']]]);
  });

  it('two trees that share nothing stay two', () => {
    expect(told(ending('a', 'likely', [2, 1]), ending('b', 'likely', [4, 3]))).toHaveLength(2);
  });

  it('two steps against one process are one, though neither could name its members', () => {
    const gone = (name: string) => ending(name, 'certain', [9], { members: [] });
    expect(told(gone('a'), gone('b'))).toEqual([['certain', [], ['a', 'b']]]);
  });
});

describe('the merged step', () => {
  const listening: Guard = { kind: 'still-listening', port: 3000, owners: [] };
  const unidentified: Guard = { kind: 'still-unidentified', port: 3000 };
  const unprotected: Guard = { kind: 'not-protected', refs: [] };

  it('keeps its own guards and adds the other’s ports, each once', () => {
    const [step] = mergeSteps([
      ending('small', 'certain', [3], { guards: [unprotected, listening] }),
      ending('large', 'possible', [3, 2], {
        guards: [listening, { ...listening, port: 3001 }, unidentified, unprotected],
      }),
    ]);
    expect(step?.guards).toEqual([unprotected, listening, { ...listening, port: 3001 }]);
  });

  it('keeps the deed, the consent and the way back of the surer one', () => {
    const relaunch = { command: ['x'], cwd: '/', environment: {}, environmentNames: [] } as const;
    const sure = ending('small', 'certain', [3], { relaunch });
    const [step] = mergeSteps([ending('large', 'possible', [3, 2], { consent: 'refuse', refusal: 'no' }), sure]);
    expect(step).toEqual({ ...sure, resolves: ['small', 'large'] });
  });
});
