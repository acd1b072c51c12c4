import { describe, expect, it } from 'vitest';
import { isOwnCode } from '../../../src/logs/location/own-code.ts';
import { parsePlace } from '../../../src/logs/location/parse-place.ts';
import { folderOf, resolvePath } from '../../../src/logs/location/resolve-path.ts';

describe('a line of a trace', () => {
  it.each<[string, string, string, number, number | null]>([
    ['Node', '    at Timeout._onTimeout (/app/server.js:3:26)', '/app/server.js', 3, 26],
    ['Node without a name', '    at /app/server.js:3:26', '/app/server.js', 3, 26],
    ['Node, async', '    at async Function.start (/app/dist/main.js:10:5)', '/app/dist/main.js', 10, 5],
    ['Node, the last line before the properties', '    at f (/app/a.js:1:2) {', '/app/a.js', 1, 2],
    ['Node, a module', '    at file:///app/main.mjs:7:1', '/app/main.mjs', 7, 1],
    ['Node, a blank in the path', '    at f (/home/dev/my app/a.js:1:2)', '/home/dev/my app/a.js', 1, 2],
    ['Node, a blank in a URL', '    at f (file:///home/my%20app/a.mjs:1:2)', '/home/my app/a.mjs', 1, 2],
    ['Node on Windows', String.raw`    at f (C:\app\a.js:1:2)`, String.raw`C:\app\a.js`, 1, 2],
    ['a module on Windows', '    at file:///C:/app/a.mjs:1:2', 'C:/app/a.mjs', 1, 2],
    ['Next.js', '    at Page (webpack-internal:///(rsc)/./src/app/page.tsx:12:9)', './src/app/page.tsx', 12, 9],
    ['the line above quoted source', '/app/server.js:5', '/app/server.js', 5, null],
    ['the same of a module', 'file:///app/main.mjs:1', '/app/main.mjs', 1, null],
    ['esbuild', '/app/bad.ts:1:18: ERROR: Unexpected ";"', '/app/bad.ts', 1, 18],
    ['tsc', 'src/index.ts(1,7): error TS2322: Type', 'src/index.ts', 1, 7],
    ['tsc in colours', 'src/index.ts:1:7 - error TS2322: Type', 'src/index.ts', 1, 7],
    ['Python', '  File "/app/main.py", line 2, in <module>', '/app/main.py', 2, null],
    ['Go', '\t/app/main.go:12 +0x1d', '/app/main.go', 12, null],
    ['Go, a compiler', './main.go:2:12: syntax error: unexpected {', './main.go', 2, 12],
    ['Java', '\tat com.acme.App.main(App.java:12)', 'com/acme/App.java', 12, null],
    ['Java, a lambda', '\tat com.acme.App.lambda$run$0(App.java:12)', 'com/acme/App.java', 12, null],
    ['Java, a class loader', '\tat app//com.acme.App.main(App.java:12)', 'com/acme/App.java', 12, null],
    ['Java without a package', '\tat Main.main(Main.java:3)', 'Main.java', 3, null],
    ['javac', 'src/App.java:1: error: illegal start of type', 'src/App.java', 1, null],
    ['Ruby', "app.rb:3:in `price': undefined method (NoMethodError)", 'app.rb', 3, null],
    ['Ruby, below', "\tfrom /app/app.rb:9:in `<main>'", '/app/app.rb', 9, null],
    ['Ruby 3.4', "/app/app.rb:9:in 'Object#price': no (RuntimeError)", '/app/app.rb', 9, null],
    ['Ruby, a parser', 'app.rb:2: syntax error, unexpected end', 'app.rb', 2, null],
  ])('tells a place: %s', (_, text, path, line, column) => {
    expect(parsePlace(text)).toMatchObject({ path, line, column });
  });

  it.each([
    'Error: connect ECONNREFUSED 127.0.0.1:5432',
    '127.0.0.1:6379',
    '  ➜  Local:   http://127.0.0.1:5174/',
    'listening on http://localhost:3000',
    '2026-11-22T21:48:31.968Z INFO portal listening on :3000',
    '    at new Promise (<anonymous>)',
    'node:events:502',
    '    at listOnTimeout (node:internal/timers:581:17)',
    'undefined:1',
    '    [... lines matching original stack trace ...]',
    '',
  ])('tells none: %s', (text) => {
    expect(parsePlace(text)).toBeNull();
  });
});

describe('a path', () => {
  it.each([
    '/app/src/server.js',
    'src/server.ts',
    './src/app/page.tsx',
    'com/acme/App.java',
    'java/Syn.java',
    '/home/dev/go/shop/main.go',
    '/srv/vendors/a.js',
    '/home/node/app/a.js',
  ])('is own code: %s', (path) => {
    expect(isOwnCode(path)).toBe(true);
  });

  it.each([
    '/app/node_modules/express/lib/router.js',
    String.raw`C:\app\node_modules\express\index.js`,
    'node:internal/timers',
    'internal/main/run_main_module.js',
    '<frozen importlib._bootstrap>',
    '<anonymous>',
    '[eval]',
    '/usr/lib/python3.11/json/decoder.py',
    '/opt/venv/lib/python3.11/site-packages/flask/app.py',
    '/usr/local/go/src/net/http/server.go',
    '/usr/lib/go-1.19/src/runtime/panic.go',
    '/home/dev/go/pkg/mod/github.com/x/y@v1/z.go',
    '/usr/lib/ruby/3.1.0/socket.rb',
    '/var/lib/gems/3.1.0/gems/puma/lib/puma.rb',
    'java/net/Socket.java',
    'sun/nio/ch/Net.java',
    'org/springframework/boot/SpringApplication.java',
    '/app/.yarn/cache/x.js',
  ])('is not: %s', (path) => {
    expect(isOwnCode(path)).toBe(false);
  });

  it.each([
    ['/app/dist/', '../src/a.ts', '/app/src/a.ts'],
    ['/app/dist/', './a.js.map', '/app/dist/a.js.map'],
    ['/app/dist/', '/src/a.ts', '/src/a.ts'],
    ['/app/', '../../../a.ts', '/a.ts'],
    ['dist/', '../../a.ts', '../a.ts'],
    ['', 'a.ts', 'a.ts'],
    ['C:\\app\\dist\\', '../src/a.ts', 'C:\\app\\src\\a.ts'],
  ])('is joined to a folder: %s with %s', (folder, path, whole) => {
    expect(resolvePath(folder, path)).toBe(whole);
  });

  it.each([
    ['/app/a.js', '/app/'],
    ['a.js', ''],
    ['C:\\app\\a.js', 'C:\\app\\'],
  ])('has a folder: %s', (path, folder) => {
    expect(folderOf(path)).toBe(folder);
  });
});
