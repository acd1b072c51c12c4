import { describe, expect, it } from 'vitest';
import { editManifest, type HookStyle } from '../../src/config/edit-manifest.ts';
import { parseManifest } from '../../src/config/parse-manifest.ts';

const FILE = '/shop/package.json';
const HOOK = 'devdoctor fix --port 3000 --yes';

const edit = (text: string, style: HookStyle = 'before', ports: readonly number[] = [3000]) =>
  editManifest(parseManifest(text, FILE), { style, portsOf: () => ports });

const scriptsOf = (text: string): Readonly<Record<string, string>> =>
  (JSON.parse(text.replace(/^\uFEFF/, '')) as { scripts: Record<string, string> }).scripts;

const withScripts = (scripts: Readonly<Record<string, unknown>>): string => JSON.stringify({ scripts });

describe('the text around the hook stays as it is', () => {
  it.each<readonly [string, string, string]>([
    [
      'two spaces',
      '{\n  "name": "x",\n  "scripts": {\n    "dev": "vite"\n  }\n}\n',
      '{\n  "name": "x",\n  "scripts": {\n    "predev": "HOOK",\n    "dev": "vite"\n  }\n}\n',
    ],
    [
      'four spaces and no last newline',
      '{\n    "scripts": {\n        "a": "b",\n        "dev": "vite"\n    }\n}',
      '{\n    "scripts": {\n        "a": "b",\n        "predev": "HOOK",\n        "dev": "vite"\n    }\n}',
    ],
    [
      'tabs',
      '{\n\t"scripts": {\n\t\t"dev": "x"\n\t}\n}\n',
      '{\n\t"scripts": {\n\t\t"predev": "HOOK",\n\t\t"dev": "x"\n\t}\n}\n',
    ],
    [
      'the line ends of Windows',
      '{\r\n  "scripts": {\r\n    "dev": "x"\r\n  }\r\n}\r\n',
      '{\r\n  "scripts": {\r\n    "predev": "HOOK",\r\n    "dev": "x"\r\n  }\r\n}\r\n',
    ],
    ['a byte order mark', '\uFEFF{"scripts":{"dev":"x"}}', '\uFEFF{"scripts":{"predev":"HOOK","dev":"x"}}'],
    ['one line', '{"scripts":{"dev":"x"},"a":1}', '{"scripts":{"predev":"HOOK","dev":"x"},"a":1}'],
    ['one line with room', '{ "scripts": { "dev": "x" } }\n', '{ "scripts": { "predev": "HOOK", "dev": "x" } }\n'],
    [
      'odd spacing, kept where it is and followed where it is added',
      '{"z" :1 ,\n   "scripts" :{\n\n  "dev" :  "x" ,"b":"c"  }\n ,"a":[ 1,2 ] }\n\n\n',
      '{"z" :1 ,\n   "scripts" :{\n\n  "predev" :  "HOOK",\n  "dev" :  "x" ,"b":"c"  }\n ,"a":[ 1,2 ] }\n\n\n',
    ],
    [
      'another hook, before whose text ours is put',
      '{\n  "scripts": {\n    "dev": "x",\n    "predev": "echo \\u00e4 \\/ \\"b\\""\n  }\n}\n',
      '{\n  "scripts": {\n    "dev": "x",\n    "predev": "HOOK && echo \\u00e4 \\/ \\"b\\""\n  }\n}\n',
    ],
    [
      'scripts told twice, of which the last counts',
      '{"scripts":{"dev":"a"},"scripts":{"dev":"b"}}',
      '{"scripts":{"dev":"a"},"scripts":{"predev":"HOOK","dev":"b"}}',
    ],
    [
      'a script told twice, of which the last counts',
      '{"scripts":{"dev":"a","dev":"b"}}',
      '{"scripts":{"dev":"a","predev":"HOOK","dev":"b"}}',
    ],
    ['an empty hook', '{"scripts":{"predev":"","dev":"b"}}', '{"scripts":{"predev":"HOOK","dev":"b"}}'],
  ])('%s', (_, before, after) => {
    const edited = edit(before).text;
    expect(edited).toBe(after.replace('HOOK', HOOK));
    expect(edit(edited).text).toBe(edited);
  });
});

describe('which scripts get a hook', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, readonly (readonly [string, string])[]]>([
    ['dev', { dev: 'vite' }, [['predev', 'added']]],
    ['start', { start: 'node s.js', test: 'x' }, [['prestart', 'added']]],
    [
      'both',
      { start: 'node s.js', dev: 'vite' },
      [
        ['predev', 'added'],
        ['prestart', 'added'],
      ],
    ],
    ['one with a hook of another', { dev: 'vite', predev: 'tsc' }, [['predev', 'extended']]],
    ['one that has ours', { dev: 'vite', predev: HOOK }, [['predev', 'kept']]],
    [
      'one that has ours among others',
      { dev: 'vite', predev: `tsc && npx devdoctor fix -p 1; x` },
      [['predev', 'kept']],
    ],
    [
      'one that has ours by its path',
      { dev: 'vite', predev: './node_modules/.bin/devdoctor fix' },
      [['predev', 'kept']],
    ],
    ['one that has a version of ours', { dev: 'vite', predev: 'npx devdoctor@1.2.0 fix --yes' }, [['predev', 'kept']]],
    ['one that has ours inside', { dev: `${HOOK} && vite` }, [['dev', 'kept']]],
    ['one that runs another command of ours', { dev: 'vite', predev: 'devdoctor check' }, [['predev', 'extended']]],
    ['one that only sounds like ours', { dev: 'vite', predev: 'my-devdoctor fix' }, [['predev', 'extended']]],
    [
      'one and not the other',
      { dev: 'vite', predev: HOOK, start: 'x' },
      [
        ['predev', 'kept'],
        ['prestart', 'added'],
      ],
    ],
  ])('%s', (_, scripts, hooks) => {
    const edited = edit(withScripts(scripts));
    expect(edited.hooks.map(({ hook, status }) => [hook, status])).toEqual(hooks);
    const after = scriptsOf(edited.text);
    for (const { hook, command } of edited.hooks) expect(after[hook]).toBe(command);
    expect(edit(edited.text).text).toBe(edited.text);
  });

  it('names every port', () => {
    expect(scriptsOf(edit(withScripts({ dev: 'x' }), 'before', [3000, 5173]).text)['predev']).toBe(
      'devdoctor fix --port 3000 --port 5173 --yes',
    );
  });
});

describe('what was there before goes on only where ours went well', () => {
  it.each([
    ['a && b', `${HOOK} && a && b`],
    ['a | b', `${HOOK} && a | b`],
    ['a || b', `${HOOK} && (a || b)`],
    ['a; b', `${HOOK} && (a; b)`],
    ['a & b', `${HOOK} && (a & b)`],
    ['a\nb', `${HOOK} && (a\nb)`],
    ['a; b # c', `${HOOK} && (a; b # c\n)`],
    ['a # c', `${HOOK} && a # c`],
  ])('%j', (old, expected) => {
    const edited = edit(withScripts({ dev: 'x', predev: old }));
    expect(scriptsOf(edited.text)['predev']).toBe(expected);
    expect(edited.hooks[0]?.command).toBe(expected);
  });
});

describe('inside the script, where no other is run before it', () => {
  const INSIDE = 'devdoctor fix --port 3000 --own --yes';

  it.each([
    [{ dev: 'vite' }, { dev: `${INSIDE} && vite` }],
    [{ dev: 'a || b' }, { dev: `${INSIDE} && (a || b)` }],
    [
      { predev: 'tsc', dev: 'vite' },
      { predev: 'tsc', dev: `${INSIDE} && vite` },
    ],
    [
      { predev: HOOK, dev: 'vite' },
      { predev: HOOK, dev: `${INSIDE} && vite` },
    ],
  ])('%j', (scripts, expected) => {
    const edited = edit(withScripts(scripts), 'inside').text;
    expect(scriptsOf(edited)).toEqual(expected);
    expect(edit(edited, 'inside').text).toBe(edited);
  });
});

describe('what is no manifest is refused by file, line and column', () => {
  it.each<readonly [string, string, string]>([
    ['nothing', '', 'line 1, column 1: this is not JSON: value expected'],
    ['a comma missing', '{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: this is not JSON: comma expected'],
    ['a comma too many', '{\n  "scripts": {\n    "dev": "x",\n  }\n}', 'line 4, column 3: this is not JSON'],
    ['a comment', '{\n  // here\n  "a": 1\n}', 'line 2, column 3: this is not JSON: invalid comment token'],
    ['an open brace', '{"scripts": {"dev": "x"}', 'line 1, column 25: this is not JSON: close brace expected'],
    ['a control in a text', '{"a": "x\ty"}', 'line 1, column 7: this is not JSON: invalid character'],
    ['words after the end', '{}\n{}', 'line 2, column 1: this is not JSON: end of file expected'],
    ['a mark and an error', '\uFEFF{\r\n  x\r\n}', 'line 2, column 3: this is not JSON'],
    ['a number that JSON has not', '{"a": 01}', 'line 1, column '],
    ['a list', '[{}]', 'line 1, column 1: a manifest is an object { … }, and this is a list'],
    ['a text', '"x"', 'line 1, column 1: a manifest is an object { … }, and this is a string'],
    ['null', 'null', 'line 1, column 1: a manifest is an object { … }, and this is null'],
    [
      'scripts that are a list',
      '{\n  "scripts": ["dev"]\n}',
      'line 2, column 14: "scripts" must be an object { … }, and is a list',
    ],
    ['scripts that are null', '{"scripts": null}', 'line 1, column 13: "scripts" must be an object { … }, and is null'],
    [
      'a script that is no text',
      '{\n"scripts": {"dev": 5}}',
      'line 2, column 20: the script "dev" must be a text, and is 5',
    ],
    [
      'a hook that is no text',
      '{"scripts": {"dev": "x", "predev": {}}}',
      'line 1, column 36: the script "predev" must be a text',
    ],
  ])('%s', (_, text, said) => {
    expect(() => edit(text)).toThrow(
      expect.objectContaining({
        code: 'configuration',
        message: expect.stringContaining(`${FILE}, ${said}`) as string,
      }),
    );
  });
});
