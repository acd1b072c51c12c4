import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { describe, expect, it, test } from 'vitest';
import { findLocation } from '../../../src/logs/location/index.ts';

const NOTHING = (): null => null;
const files =
  (known: Readonly<Record<string, string>>) =>
  (path: string): string | null =>
    known[path] ?? null;

const OUTPUTS = join(import.meta.dirname, '../causes/outputs');
const output = (name: string): readonly string[] => readFileSync(join(OUTPUTS, `${name}.txt`), 'utf8').split('\n');

describe('the place worth opening', () => {
  it.each<[string, string, number, number | null]>([
    ['EADDRINUSE/ruby', 'rb/bind.rb', 2, null],
    ['ERR_REQUIRE_ESM/node-esm-cjs-n24', '/app/esm.cjs', 1, null],
    ['MISSING_ENV/node-zod', '/app/zod.js', 1, 87],
    ['MISSING_ENV/python-gunicorn', '/app/crashasgi.py', 2, null],
    ['SYNTAX_ERROR/node-export-mjs-n22', '/app/export.mjs', 1, null],
    ['SYNTAX_ERROR/python', '/app/syn.py', 1, null],
    ['SYNTAX_ERROR/tsx', '/app/bad.ts', 1, 18],
    ['TS_ERROR/tsc', 'bad.ts', 1, 19],
    ['UNCAUGHT_EXCEPTION/go-nilp', '/app/go/nilp/main.go', 3, null],
    ['UNCAUGHT_EXCEPTION/java-Npe', 'Npe.java', 1, null],
    ['UNCAUGHT_EXCEPTION/node-arr-js-n18', '/app/arr.js', 1, 44],
    ['UNCAUGHT_EXCEPTION/node-throwstr-js-n22', '/app/throwstr.js', 1, null],
    ['UNCAUGHT_EXCEPTION/python-chain', '/app/chain.py', 4, null],
    ['UNCAUGHT_EXCEPTION/rb-nil', 'rb/nil.rb', 1, null],
  ])('is found in what programs print: %s', (name, path, line, column) => {
    expect(findLocation(output(name), NOTHING)).toEqual({ path, line, column, generated: null });
  });

  test('is never code of a package or a runtime', () => {
    for (const code of readdirSync(OUTPUTS, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      for (const file of readdirSync(join(OUTPUTS, code.name))) {
        const path = findLocation(output(`${code.name}/${file.replace(/\.txt$/, '')}`), NOTHING)?.path ?? '';
        expect(path).not.toMatch(/node_modules|^node:|site-packages|\/usr\/lib/);
      }
    }
  });

  it.each<[string, readonly string[], string | null]>([
    [
      'of the innermost cause in Java',
      [
        'Exception in thread "main" java.lang.IllegalStateException: start',
        '\tat com.acme.App.main(App.java:9)',
        'Caused by: java.net.ConnectException: Connection refused',
        '\tat java.base/java.net.Socket.connect(Socket.java:633)',
        '\tat com.acme.Db.open(Db.java:21)',
        '\t... 3 more',
      ],
      'com/acme/Db.java',
    ],
    [
      'of an outer cause where the inner one names none',
      [
        'Exception in thread "main" X',
        '\tat com.acme.App.main(App.java:9)',
        'Caused by: Y',
        '\tat java.base/java.net.Socket.connect(Socket.java:633)',
      ],
      'com/acme/App.java',
    ],
    [
      'above the packages',
      [
        'Error: no',
        '    at pg (/app/node_modules/pg/lib/client.js:3:1)',
        '    at start (/app/src/db.js:9:3)',
        '    at main (/app/src/main.js:1:1)',
      ],
      '/app/src/db.js',
    ],
    ['nowhere, in packages alone', ['Error: no', '    at pg (/app/node_modules/pg/lib/client.js:3:1)'], null],
    ['nowhere, without a trace', ['api ready', 'listening on 3000'], null],
    ['not in a line of data', [`    at ${'x'.repeat(2_000)} (/app/a.js:1:1)`], null],
  ])('is %s', (_, lines, path) => {
    expect(findLocation(lines, NOTHING)?.path ?? null).toBe(path);
  });
});

const SOURCE =
  'interface Order {\n  price: number;\n}\n\nexport const total = (order: Order): number => {\n  return order.price.toFixed();\n};\n';
const compiled = transformSync(SOURCE, {
  loader: 'ts',
  sourcemap: 'external',
  sourcefile: '../src/total.ts',
  format: 'cjs',
});
const lines = compiled.code.split('\n');
const row = lines.findIndex((line) => line.includes('toFixed')) + 1;
const column = (lines[row - 1] ?? '').indexOf('price') + 1;
const trace = [
  "TypeError: Cannot read properties of undefined (reading 'price')",
  `    at total (/app/dist/total.js:${row}:${column})`,
];
const mapped = {
  path: '/app/src/total.ts',
  line: 6,
  column: 16,
  generated: { path: '/app/dist/total.js', line: row, column },
};
const url = (text: string): string => `${compiled.code}//# sourceMappingURL=${text}\n`;
const inlined = `data:application/json;base64,${Buffer.from(compiled.map).toString('base64')}`;
const withSource = (source: string, root?: string): string =>
  JSON.stringify({ ...JSON.parse(compiled.map), sources: [source], sourceRoot: root });

describe('a source map', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['beside the file', { '/app/dist/total.js.map': compiled.map }],
    [
      'named by the file',
      { '/app/dist/total.js': url('maps/t.map'), '/app/dist/maps/t.map': withSource('../../src/total.ts') },
    ],
    [
      'beside the file, when the name in it leads nowhere',
      { '/app/dist/total.js': url('gone.map'), '/app/dist/total.js.map': compiled.map },
    ],
    ['inside the file', { '/app/dist/total.js': url(inlined) }],
    [
      'inside the file, as text',
      { '/app/dist/total.js': url(`data:application/json,${encodeURIComponent(compiled.map)}`) },
    ],
    ['of two names the last', { '/app/dist/total.js': url(`x.map\n//# sourceMappingURL=${inlined}`) }],
    ['with a folder for all sources', { '/app/dist/total.js.map': withSource('total.ts', '../src') }],
    ['with a URL', { '/app/dist/total.js.map': withSource('file:///app/src/total.ts') }],
    ['behind a guard against scripts', { '/app/dist/total.js.map': `)]}'\n${compiled.map}` }],
  ])('leads to the source: %s', (_, known) => {
    expect(findLocation(trace, files(known))).toMatchObject(mapped);
  });

  it('leads from a line whose column is unknown to the same line', () => {
    const header = [`/app/dist/total.js:${row}`, lines[row - 1] ?? '', '   ^'];
    expect(findLocation(header, files({ '/app/dist/total.js.map': compiled.map }))).toMatchObject({
      path: '/app/src/total.ts',
      line: 6,
      column: 3,
    });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['is torn', { '/app/dist/total.js.map': compiled.map.slice(0, 40) }],
    ['is no map', { '/app/dist/total.js.map': '7' }],
    ['is empty', { '/app/dist/total.js.map': '' }],
    ['is null', { '/app/dist/total.js.map': 'null' }],
    [
      'knows no line',
      { '/app/dist/total.js.map': JSON.stringify({ version: 3, sources: [], names: [], mappings: '' }) },
    ],
    ['has data that cannot be decoded', { '/app/dist/total.js': url('data:application/json,%E0%A4%A') }],
    ['has data in no base64', { '/app/dist/total.js': url('data:application/json;base64,*') }],
    ['is not there', {}],
  ])('that %s leaves the place as it is', (_, known) => {
    expect(findLocation(trace, files(known))).toEqual({
      path: '/app/dist/total.js',
      line: row,
      column,
      generated: null,
    });
  });

  it('is not asked for a file that no compiler made', () => {
    const asked: string[] = [];
    const read = (path: string): null => {
      asked.push(path);
      return null;
    };
    findLocation(['  File "/app/main.py", line 2, in <module>'], read);
    expect(asked).toEqual([]);
  });

  it('that leads into a package makes the next line worth opening', () => {
    const known = { '/app/dist/total.js.map': withSource('../node_modules/x/a.ts') };
    expect(findLocation([...trace, '    at main (/app/dist/main.js:4:2)'], files(known))?.path).toBe(
      '/app/dist/main.js',
    );
  });
});
