import { describe, expect, it } from 'vitest';
import type { InitResult } from '../../src/model/results.ts';
import { prettyDiff, prettyInit } from '../../src/report/pretty-init.ts';
import { OBEYED, plainLook, tooWide } from './lines-that-fit.ts';

const HOOK = 'devdoctor fix --port 3000 --yes';

const result = (fields: Partial<InitResult> = {}): InitResult => ({
  schemaVersion: 1,
  command: 'init',
  dryRun: false,
  status: 'written',
  file: '/home/ada/shop/package.json',
  runner: 'npm',
  hooks: [{ script: 'dev', hook: 'predev', status: 'added', command: HOOK }],
  diff: ['@@ -2,2 +2,3 @@', ' \t"scripts": {', `+\t\t"predev": "${HOOK}",`, ' \t\t"dev": "vite"'],
  notes: [],
  ...fields,
});

const told = (fields: Partial<InitResult> = {}, shown = false): string =>
  prettyInit(result(fields), plainLook(80), shown);

describe('prettyInit', () => {
  it('shows the change with its indent, and what came of it', () => {
    expect(told()).toBe(
      [
        '~/shop/package.json',
        '  @@ -2,2 +2,3 @@',
        '     "scripts": {',
        `  +    "predev": "${HOOK}",`,
        '       "dev": "vite"',
        '',
        '✔ predev frees the ports before dev',
        '',
      ].join('\n'),
    );
  });

  it.each<readonly [InitResult['status'], boolean, string]>([
    ['planned', false, 'Nothing was changed: this is what devdoctor init would write.\n'],
    ['unchanged', false, 'There is nothing to change.\n'],
    ['declined', true, '▲ Nothing was changed.\n'],
    ['declined', false, '  agree    devdoctor init --yes\n'],
  ])('ends what is %s (shown before: %s) with its outcome', (status, shown, end) => {
    const text = told({ status, notes: [] }, shown);
    expect(text.endsWith(end)).toBe(true);
    expect(text.includes('@@')).toBe(!shown);
  });

  it('says what is kept, whatever becomes of the rest', () => {
    const hooks = [{ script: 'dev', hook: 'predev', status: 'kept', command: HOOK }] as const;
    for (const status of ['planned', 'unchanged', 'declined', 'written'] as const)
      expect(told({ status, hooks })).toContain('✔ predev runs devdoctor fix already, and is left as it is\n');
  });

  it('says what else to do, but not to somebody who said no', () => {
    expect(told({ notes: ['pnpm 8 runs none'] })).toMatch(/\n▲ pnpm 8 runs none\n$/);
    expect(told({ status: 'declined', notes: ['pnpm 8 runs none'] })).not.toContain('pnpm');
  });

  it.each([80, 40])('fits into %i columns', (width) => {
    const notes = ['a note that is quite a bit longer than any terminal is wide, and so has to go on in another line'];
    const text = prettyInit(result({ notes }), plainLook(width), false);
    expect(tooWide(text, width)).toEqual([]);
  });

  it('shows all of a line that is long, for it is consented to', () => {
    const words = Array.from({ length: 2000 }, (_, index) => `w${index}`).join(' ');
    const text = prettyDiff('/x', [`+${words}`], plainLook(80));
    expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
  });

  it('makes what a manifest holds harmless', () => {
    const text = told({ file: '/x\u001b]0;y\u0007', diff: ['@@ -1,1 +1,1 @@', '-\u001b[2J\u202e', '+\v\f x'] });
    expect(text).not.toMatch(OBEYED);
  });
});
