import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { catalogue } from '../../src/logs/causes/index.ts';
import { ROOT } from '../helpers/paths.ts';
import { runCli } from '../helpers/run-cli.ts';
import { runJson } from './support/run-json.ts';

const COLUMNS = 80;
const FOLDER = join(ROOT, 'docs/causes');

const codes = catalogue.map(({ code }) => code).toSorted();
const pageOf = (code: string): string => readFileSync(join(FOLDER, `${code}.md`), 'utf8');

describe('the pages on root causes', () => {
  test('are exactly one for each code of the catalogue', () => {
    expect(
      readdirSync(FOLDER)
        .map((file) => basename(file, '.md'))
        .toSorted(),
    ).toEqual(codes);
    expect(codes.length).toBeGreaterThan(20);
  });

  test('share no name with a check, in any case', () => {
    const ids = new Set(checks.map(({ id }) => id.toUpperCase()));
    expect(codes.filter((code) => ids.has(code.toUpperCase()))).toEqual([]);
  });

  test.each(codes)('%s starts with its code, fits a terminal, and says what to do and what not', (code) => {
    const text = pageOf(code);
    expect(text.split('\n')[0]).toBe(`# ${code}`);
    expect(text.split('\n').filter((line) => line.length > COLUMNS)).toEqual([]);
    expect(text).toMatch(/^## What to do$/m);
    expect(text).toMatch(/^## What does not help$/m);
  });
});

describe('explain', () => {
  test.each(codes)('prints the page on %s', async (code) => {
    const { code: exit, stdout, stderr } = await runCli(['explain', code]);
    expect({ exit, stderr, text: stdout.trimEnd() }).toEqual({ exit: 0, stderr: '', text: pageOf(code).trimEnd() });
  });

  test.each(['eaddrinuse', 'Module_Not_Found', 'HEAP_oom'])('prints the page on %s, in any case', async (asked) => {
    const { id, text } = await runJson<{ command: string; id: string; text: string }>(['explain', asked], 0);
    expect(id).toBe(asked.toUpperCase());
    expect(text).toBe(pageOf(id));
  });

  test.each([
    ['EADRINUSE', 'EADDRINUSE'],
    ['modul_not_found', 'MODULE_NOT_FOUND'],
    ['restart-lop', 'restart-loop'],
  ])('asks whether %s was meant as %s', async (asked, meant) => {
    const { code, stdout, stderr } = await runCli(['explain', asked]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`"${asked}"; did you mean ${meant}?`);
    expect(stderr).toContain('devdoctor checks');
  });

  test.each(['zzzzzzzz', '../checks/port-occupied', 'README', '__proto__', '.', ''])(
    'knows nothing of "%s", and guesses nothing',
    async (asked) => {
      const { code, stdout, stderr } = await runCli(['explain', asked]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).not.toContain('did you mean');
    },
  );
});
