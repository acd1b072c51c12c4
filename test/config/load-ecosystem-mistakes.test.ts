import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEcosystemFile } from '../../src/config/load-ecosystem.ts';
import { folderWith } from './write-files.ts';
import { PATIENCE, TEXT, detailOf, load } from './load-file.ts';

describe('a mistake in an ecosystem file is told with its place', PATIENCE, () => {
  it.each([
    ['x.cjs', '\n\nthrow new Error("no database");', 'Error: no database, at x.cjs:3:7'],
    ['x.mjs', '\n\nthrow new Error("no database");', 'Error: no database, at x.mjs:3:7'],
    ['x.ts', 'const a: number = 1;\n\nthrow new Error(`bad ${a}`);', 'Error: bad 1, at x.ts:3:7'],
    ['x.cjs', 'module.exports = {\n  a: nothing.here,\n};', 'ReferenceError: nothing is not defined, at x.cjs:2:6'],
    ['x.cjs', 'const a = 1;\nmodule.exports = { a: 1 b: 2 };', "SyntaxError: Unexpected identifier 'b', at x.cjs:2:25"],
    ['x.mjs', 'const a = 1;\nexport default { a: 1 b: 2 };', "SyntaxError: Unexpected identifier 'b', at x.mjs:2:23"],
    [
      'x.ts',
      'const a = 1;\nexport default { a: 1 b: 2 };',
      /^Error: ParseError: Unexpected token, expected ".", at x\.ts:2:\d+$/,
    ],
    ['x.cjs', '\nrequire("not-there-at-all");', "Error: Cannot find module 'not-there-at-all', at x.cjs:2:1"],
    [
      'x.json',
      '{\n  "apps": [\n    { "name": "web" "script": 1 }\n  ]\n}',
      'SyntaxError: this is not JSON: comma expected, at line 3, column 21',
    ],
    ['x.json', '', 'SyntaxError: this is not JSON: value expected, at line 1, column 1'],
    ['x.yml', 'apps:\n  - name: web\n   script: x\n', /^YAMLParseError: .* at line \d, column \d+$/],
    ['x.yml', 'apps: []\napps: []\n', /^YAMLParseError: Map keys must be unique at line 2, column 1$/],
    ['x.yml', 'a: &a [*a]\n', /circular/],
  ])('%s: %j', async (name, text, detail) => {
    const said = await detailOf(name, text);
    if (typeof detail === 'string') expect(said).toBe(detail);
    else expect(said).toMatch(detail);
  });

  it('that is in a file it asks for, too', async () => {
    const folder = folderWith({ 'lib/env.cjs': '\nthrow new Error("no env");', 'x.cjs': 'require("./lib/env.cjs");' });
    expect(await loadEcosystemFile(join(folder, 'x.cjs'))).toMatchObject({
      detail: 'Error: no env, at lib/env.cjs:2:7',
    });
  });

  it('that a package throws is told where the package was called', async () => {
    const folder = folderWith({
      'node_modules/strict/index.js': 'module.exports = () => { throw new Error("strict"); };',
      'a b/x.cjs': '\nmodule.exports = require("strict")();',
    });
    expect(await loadEcosystemFile(join(folder, 'a b/x.cjs'))).toMatchObject({
      detail: 'Error: strict, at x.cjs:2:35',
    });
  });

  it('that stands in a module of a package of ES modules says how to mend it', async () => {
    const folder = folderWith({ 'package.json': { type: 'module' }, 'x.js': 'module.exports = {};' });
    const reading = await loadEcosystemFile(join(folder, 'x.js'));
    expect(reading).toMatchObject({
      detail: expect.stringMatching(/module is not defined in ES module scope/) as string,
    });
  });
});

describe('what is no configuration', PATIENCE, () => {
  const JSON_IN_JS = 'it holds JSON: put "module.exports =" before it, or give its name the ending .json';

  it.each([
    [
      'a function',
      'x.cjs',
      'module.exports = () => ({ apps: [] });',
      'it exports a function; it must export an object',
    ],
    [
      'an async function',
      'x.mjs',
      'export default async function config() {}',
      'it exports a function; it must export an object',
    ],
    ['a class', 'x.ts', 'export default class {}', 'it exports a function; it must export an object'],
    ['JSON', 'x.js', TEXT, JSON_IN_JS],
    ['JSON that is a list', 'x.cjs', '[{ "name": "web" }]', JSON_IN_JS],
    ['JSON over lines', 'x.cjs', '{\n  "apps": [\n    { "name": "web" }\n  ]\n}', JSON_IN_JS],
  ])('%s is refused', async (_, name, text, detail) => {
    expect(await detailOf(name, text)).toBe(detail);
  });

  it.each([
    ['an empty file', 'x.cjs', '', {}],
    ['an empty object', 'x.cjs', 'module.exports = {};', {}],
    ['null', 'x.cjs', 'module.exports = null;', null],
    ['an empty YAML file', 'x.yml', '', null],
  ])('%s is left to be judged by whoever needs apps', async (_, name, text, value) => {
    expect(await load(name, text)).toMatchObject({ ok: true, value });
  });

  const HOLDS = 'a configuration holds texts, numbers, booleans, lists and objects, but';

  it.each([
    ['{ apps: [{ run: () => 1 }] }', `${HOLDS} apps[0].run is a function`],
    ['{ apps: [{ env: { "A-B": Symbol("x") } }] }', `${HOLDS} apps[0].env["A-B"] is a symbol`],
    ['{ max: 10n }', `${HOLDS} max is a BigInt`],
    ['{ max: Infinity }', `${HOLDS} max is no finite number`],
    ['{ ignore_watch: [/x/] }', `${HOLDS} ignore_watch[0] is a regular expression`],
    ['{ env: new Map() }', `${HOLDS} env is a Map or a Set`],
    ['Symbol("x")', `${HOLDS} what it exports is a symbol`],
    ['(() => { const a = { b: {} }; a.b.c = a; return a; })()', `${HOLDS} b.c is circular, it holds itself`],
    [
      'Array.from({ length: 9 }, () => () => 1)',
      `${HOLDS} [0] is a function, [1] is a function, [2] is a function, and 6 more`,
    ],
    ['{ get a() { throw new Error("no a"); } }', /^Error: no a, at x\.cjs:1:\d+$/],
  ])('%s is refused with its path', async (expression, detail) => {
    const said = await detailOf('x.cjs', `module.exports = ${expression};`);
    if (typeof detail === 'string') expect(said).toBe(detail);
    else expect(said).toMatch(detail);
  });

  it('the same object in two places is none of that', async () => {
    const reading = await load(
      'x.cjs',
      'const env = { A: 1 }; module.exports = [{ env }, { env, when: new Date(0) }];',
    );
    expect(reading).toMatchObject({ value: [{ env: { A: 1 } }, { env: { A: 1 }, when: '1970-01-01T00:00:00.000Z' }] });
  });
});
