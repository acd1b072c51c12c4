import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { catalogue, causeOf, fillDetail, type Cause } from '../../../src/logs/causes/index.ts';
import { ROOT } from '../../helpers/paths.ts';
import { EXAMPLES } from './support/examples.ts';

const PAGES = join(ROOT, 'docs/causes');
const COLUMNS = 80;
/** Judged from the course of several lives; no line is a sign of them. */
const WITHOUT_SIGNATURES = ['SILENT_EXIT', 'WATCH_SELF_TRIGGER'];

const codes = catalogue.map(({ code }) => code);
const byCode = catalogue.map((cause) => [cause.code, cause] as const);
const signatures = catalogue.flatMap((cause) =>
  cause.signatures.map((signature) => [`${cause.code}: ${signature.from}`, cause, signature] as const),
);

const textsOf = ({ title, remedy, wrongRemedies, falseFriends, watch }: Cause): readonly string[] => [
  title,
  ...remedy,
  ...wrongRemedies,
  ...falseFriends,
  watch,
];

const linesOf = (code: string): readonly string[] =>
  EXAMPLES.filter((example) => example.code === code).flatMap(({ block }) => block);

describe('the catalogue', () => {
  test('is in alphabetical order and names each cause once', () => {
    expect(codes).toEqual([...new Set(codes)].toSorted());
  });

  test('has exactly one page for each cause', () => {
    const pages = readdirSync(PAGES).map((file) => file.replace(/\.md$/, ''));
    expect(pages.toSorted()).toEqual(codes);
  });

  test('finds each cause by its code, and nothing by another word', () => {
    expect(codes.map((code) => causeOf(code)?.code)).toEqual(codes);
    expect(causeOf('ENOENT')).toBeNull();
    expect(causeOf('toString')).toBeNull();
  });

  test('has signatures for every cause that a line can tell', () => {
    expect(catalogue.filter(({ signatures }) => signatures.length === 0).map(({ code }) => code)).toEqual(
      WITHOUT_SIGNATURES,
    );
  });
});

describe.each(byCode)('%s', (code, cause) => {
  test('has a page that begins with its code and its title, and fits a terminal', () => {
    const lines = readFileSync(join(PAGES, `${code}.md`), 'utf8').split('\n');
    expect(lines[0]).toBe(`# ${code}`);
    expect(lines.slice(2, 4).join(' ')).toContain(`${cause.title}.`);
    expect(lines.filter((line) => line.length > COLUMNS)).toEqual([]);
    const headings = lines.filter((line) => line.startsWith('## '));
    expect(headings).toEqual([
      '## How it is recognised',
      '## What to do',
      '## What does not help',
      '## False friends',
      '## What to watch',
    ]);
  });

  test('says what helps and what does not, in sentences', () => {
    expect(cause.title).toMatch(/^[A-Z].{10,70}[^.\s]$/);
    expect(cause.wrongRemedies.length).toBeGreaterThan(0);
    expect(cause.falseFriends.length).toBeGreaterThan(0);
    expect(textsOf(cause).filter((text) => /\s\s|\p{Cc}/u.test(text))).toEqual([]);
    expect(
      textsOf(cause)
        .slice(1)
        .filter((text) => !text.endsWith('.')),
    ).toEqual([]);
  });

  test('can be told without any detail', () => {
    expect(textsOf(cause).filter((text) => /[{}]/.test(fillDetail(text, {}).replace(/\$\{\w+:\?\}/g, '')))).toEqual([]);
  });

  test('has at least three texts that show it, unless one program alone tells of it', () => {
    if (WITHOUT_SIGNATURES.includes(code)) return;
    const least = code === 'PM2_MEMORY_LIMIT' ? 2 : 3;
    expect(EXAMPLES.filter((example) => example.code === code).length).toBeGreaterThanOrEqual(least);
  });
});

describe('a signature', () => {
  it.each(signatures)('has a text that shows it: %s', (_, { code }, { pattern, unless }) => {
    const shown = linesOf(code).filter((line) => pattern.test(line) && unless?.test(line) !== true);
    expect(shown).not.toEqual([]);
  });

  it.each(signatures)('keeps no state between two lines: %s', (_, _cause, { pattern, unless, below, above }) => {
    expect([pattern, unless, below, above].map((one) => one?.flags.replace(/[iu]/g, '') ?? '').join('')).toBe('');
  });

  it.each(signatures.filter(([, , { words }]) => words.length > 0))(
    'is found by one of its words: %s',
    (_, { code }, { pattern, words }) => {
      const shown = linesOf(code).filter((line) => pattern.test(line));
      expect(shown.some((line) => words.some((word) => line.includes(word)))).toBe(true);
    },
  );

  it.each(signatures)('has a rank that fits its cause: %s', (_, { code }, { specificity }) => {
    const generic = code === 'UNCAUGHT_EXCEPTION' || code === 'UNHANDLED_REJECTION';
    const signal = code.startsWith('SIG');
    const [least, most] = generic ? [1, 55] : signal ? [40, 50] : [60, 100];
    expect(specificity).toBeGreaterThanOrEqual(least ?? 0);
    expect(specificity).toBeLessThanOrEqual(most ?? 0);
  });
});

describe('the detail in a text', () => {
  it.each([
    ['devdoctor why {port}', { port: '3000' }, 'devdoctor why 3000'],
    ['devdoctor why {port}', {}, 'devdoctor why PORT'],
    ['Set {variable}.', { variable: '$&' }, 'Set $&.'],
    ['{nobody} knows', {}, 'nobody knows'],
  ])('is put in: %s', (text, detail, told) => {
    expect(fillDetail(text, detail)).toBe(told);
  });
});
