import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS, GLOBAL_OPTIONS } from '../../src/cli/command-table/index.ts';
import { cliPath } from '../helpers/paths.ts';
import { runCli } from '../helpers/run-cli.ts';
import { readPages } from './support/pages.ts';

const CHUNKS = join(dirname(cliPath()), '../dist/cli/commands');
const words = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases]);

describe('the table of commands', () => {
  test('names each command, alias and option once', () => {
    expect(words).toEqual([...new Set(words)]);
    for (const { options } of COMMANDS) {
      const names = [...GLOBAL_OPTIONS, ...options].flatMap(({ name, alias }) => [name, ...(alias ? [alias] : [])]);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  test('says in one line what each does, takes and shows', () => {
    const texts = COMMANDS.flatMap(({ describe: text, options, positionals }) => [
      text,
      ...options.map((option) => option.describe),
      ...positionals.map((positional) => positional.describe),
    ]);
    expect(texts.filter((text) => !/^[A-Za-z:][^\n]{8,74}[^.\s]$/.test(text))).toEqual([]);
  });

  test('shows only examples of commands there are', () => {
    const lines = COMMANDS.flatMap(({ examples }) => examples.map(([line]) => line));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(words).toContain(/devdoctor (\S+)/.exec(line)?.[1]);
  });
});

describe.each(COMMANDS.map((spec) => [spec.name, spec] as const))('%s', (name, spec) => {
  test('has a chunk of its own in the build', () => {
    expect(existsSync(join(CHUNKS, `${name}.cjs`))).toBe(true);
  });

  test('is explained by --help, with each option', async () => {
    const { code, stdout, stderr } = await runCli([name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const option of [...GLOBAL_OPTIONS, ...spec.options]) expect(stdout).toContain(`--${option.name} `);
    for (const positional of spec.positionals) expect(stdout).toContain(positional.name);
    expect(stdout).toContain(spec.describe);
  });

  test('is in the overview of --help', async () => {
    expect((await runCli(['--help'])).stdout).toContain(`devdoctor ${name}`);
  });

  test('is told of in the pages', () => {
    expect([...readPages().values()].some((text) => text.includes(`devdoctor ${name}`))).toBe(true);
  });
});

test('every command in the pages is one there is', () => {
  const lines = [...readPages()].flatMap(([page, text]) =>
    [...text.matchAll(/(?:^|`|\$ )devdoctor ([a-z][\w-]*)/gm)].map(([, word = '']) => `${page}: ${word}`),
  );
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => !words.includes(line.replace(/^.*: /, '')))).toEqual([]);
});
