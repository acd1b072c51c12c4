import { runInNewContext } from 'node:vm';
import { array, assert, constantFrom, letrec, nat, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLiteralExports } from '../../src/config/literal-text.ts';

const CHANGES = ['//', '/*', '*/', '...', '\n', '\\', ...'{ } [ ] , : ; " / * - + . 0 e $ _'.split(' '), "'", '`', ' '];

/** What Node would make of it, as JSON; `undefined` when it throws, or JSON cannot hold it. */
const run = (text: string): string | undefined => {
  const module = { exports: {} };
  try {
    runInNewContext(`(function (module) {${text}\n})`)(module);
    return JSON.stringify(module.exports);
  } catch {
    return undefined;
  }
};

const read = (text: string): unknown => readLiteralExports(text)?.value;

describe('a literal that a program exports', () => {
  it.each([
    `module.exports = { apps: [{ name: 'api', script: "server.js", instances: 2, watch: false }] };`,
    `'use strict';\nmodule.exports = {\n  // one\n  apps: [\n    { /* two */ name: \`web\`, env: { PORT: 3000, 'A-B': '' }, },\n  ],\n}\n`,
    `\uFEFFmodule.exports = []`,
    `module.exports=null`,
    `module.exports = { a: -1.5e3, b: "it's", c: 'a\\n\\'b\\'', d: -0, $e_1: [[], {}], true: true }`,
    `module.exports = { a: 1, a: 2, 7: 3 }`.replace(', 7: 3', ''),
  ])('is read as Node reads it: %s', (text) => {
    expect(JSON.stringify(read(text))).toBe(run(text));
  });

  it.each([
    ['a variable', 'module.exports = { a: process.env.A }'],
    ['arithmetic', 'module.exports = { a: 60 * 1000 }'],
    ['a call', 'module.exports = { a: 1 }\n(x)'],
    ['a member', 'module.exports = { a: "b".length }'],
    ['a second statement', 'module.exports = { a: 1 }; module.exports.a = 2'],
    ['a statement before', 'const a = 1; module.exports = { a: 1 }'],
    ['a function', 'module.exports = { a() {} }'],
    ['a getter', 'module.exports = { get a() { return 1 } }'],
    ['a short name', 'module.exports = { a }'],
    ['a computed name', 'module.exports = { ["a"]: 1 }'],
    ['a spread', 'module.exports = { ...{ a: 1 } }'],
    ['a hole', 'module.exports = [1, , 2]'],
    ['a prototype', 'module.exports = { "__proto__": { a: 1 } }'],
    ['a mark of another kind of module', 'module.exports = { __esModule: true, default: 1 }'],
    ['a filled template', 'module.exports = { a: `${1}` }'],
    ['an escape of code', 'module.exports = { a: "\\u0041\\x41\\0" }'],
    ['an octal number', 'module.exports = { a: 010 }'],
    ['a parted number', 'module.exports = { a: 1_000 }'],
    ['a big number', 'module.exports = { a: 1n }'],
    ['too big a number', 'module.exports = { a: 1e999 }'],
    ['a line that goes on', 'module.exports = { a: "b\\\nc" }'],
    ['a comparison', 'module.exports == { a: 1 }'],
    ['a comment without end', 'module.exports = { a: 1 } /*'],
    ['other exports', 'export default { a: 1 }'],
    ['nothing', ''],
    ['a great depth', `module.exports = ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ])('is none with %s', (_, text) => {
    expect(readLiteralExports(text)).toBeNull();
  });

  it('is never read otherwise than Node reads it, whatever the text', () => {
    const value = letrec((tie) => ({
      any: oneof(
        { maxDepth: 3 },
        constantFrom('1', '-0', '0.5', '1e3', 'true', 'null', "''", '`a\n`', '"a\\tb"', "'\\''", 'undefined', '010'),
        string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text)),
        array(tie('any'), { maxLength: 3 }).map((list) => `[${list.join(', ')}]`),
        array(tuple(constantFrom('a', '"b"', "'c d'", '$', 'é', '__proto__', '1'), tie('any')), {
          maxLength: 3,
        }).map((entries) => `{ ${entries.map((entry) => entry.join(': ')).join(',\n')} }`),
      ),
    })).any;
    const program = value.map((text) => `// a file\nmodule.exports = ${text};\n`);
    const change = tuple(nat(), nat(2), constantFrom(...CHANGES));
    assert(
      property(program, array(change, { maxLength: 2 }), (text, changes) => {
        const changed = changes.reduce((before, [seed, removed, added]) => {
          const at = seed % (before.length + 1);
          return before.slice(0, at) + added + before.slice(at + removed);
        }, text);
        const found = readLiteralExports(changed);
        if (found !== null) expect(JSON.stringify(found.value)).toBe(run(changed));
      }),
      { numRuns: 3_000 },
    );
  });
});
