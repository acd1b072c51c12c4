import { describe, expect, it } from 'vitest';
import type { ProcessSketch } from '../../src/model/process.ts';
import { isDevShaped, isDrivenBrowser, speaksOverStdio } from '../../src/programs/dev-shaped.ts';
import { running } from '../helpers/a-process.ts';

const sketch = (command: string, said: Partial<ProcessSketch> = {}): ProcessSketch => ({
  ...running(command),
  program: null,
  cpuMs: null,
  ...said,
});

describe('what people run while they develop', () => {
  it.each<[string, string, Partial<ProcessSketch>?]>([
    ['an interpreter', 'node server.js'],
    ['an interpreter by its path', '/home/dev/.nvm/versions/node/v20.19.0/bin/node server.js'],
    ['an interpreter with its version', 'python3.11 manage.py runserver'],
    ['an interpreter with its version, and no dot', 'node22 server.js'],
    ['another runtime', 'bun index.ts'],
    ['a virtual machine', 'java -jar shop.jar'],
    ['a package runner', 'npm run dev'],
    ['a title over the arguments', 'next-server (v15.1.0)', { program: '/usr/bin/node' }],
    ['a runner', 'watchexec -r make'],
    ['a program of node_modules', '/home/dev/shop/node_modules/@esbuild/linux-x64/bin/esbuild --ping'],
    ['a script of node_modules under a renamed runtime', 'engine /home/dev/shop/node_modules/vite/bin/vite.js'],
    ['a program of a compiler', './shop', { program: '/home/dev/shop/target/debug/shop' }],
    ['a program that go built', '/tmp/go-build123/b001/exe/main'],
    ['a program of a virtual environment', '/home/dev/shop/.venv/bin/uvicorn app:app'],
    ['a script under a renamed runtime', '/home/dev/bin/engine server.js'],
    ['a script after one option', '/home/dev/bin/engine --inspect server.mts'],
    ['a script in another language', '/home/dev/bin/engine app.py'],
    ['a driven browser', '/opt/chrome --user-data-dir=/x/puppeteer_dev_chrome_profile-1'],
    ['a helper over pipes', '/usr/local/bin/gopls --stdio'],
  ])('%s: %s', (_, command, said) => {
    expect(isDevShaped(sketch(command, said))).toBe(true);
  });

  it.each<[string, string, Partial<ProcessSketch>?]>([
    ['a shell', 'sh -c make'],
    ['a database', 'postgres -D /var/lib/postgres'],
    ['a tool with a path for an argument', 'ls -l /home/dev/shop'],
    ['an editor with a script open', 'vim -p -R server.js'],
    ['a program whose name only begins like a runtime', 'nodemeister --fast'],
    ['a browser of a person', '/opt/chrome --user-data-dir=/home/dev/.config/chrome'],
    ['a program beside node_modules', '/home/dev/node_modules_old/x'],
    ['a kernel thread', 'node server.js', { kernelThread: true }],
    ['a zombie', 'node server.js', { state: 'zombie' }],
    ['a program whose words could not be read', 'x', { command: [], name: 'node', program: '/usr/bin/node' }],
  ])('not %s: %s', (_, command, said) => {
    expect(isDevShaped(sketch(command, said))).toBe(false);
  });
});

describe('a driven browser', () => {
  it.each([
    ['chrome --remote-debugging-pipe', true],
    ['chrome --user-data-dir=/x/playwright_chromiumdev_profile-1', true],
    ['chrome --user-data-dir=/x/lighthouse.1', true],
    ['chrome --user-data-dir=/x/chrome-headless-1', true],
    ['chrome --remote-debugging-pipes', false],
    ['chrome --remote-debugging-port=9222', false],
    ['node run-puppeteer.js', false],
    ['grep --user-data-dir', false],
  ])('%s: %s', (command, driven) => {
    expect(isDrivenBrowser(sketch(command))).toBe(driven);
  });
});

describe('what gets its work over standard input', () => {
  it.each([
    ['esbuild --service=0.25.0 --ping', true],
    ['esbuild --service', false],
    ['node /home/dev/mcp/index.js', false],
    ['node /home/dev/mcp/node_modules/shop/index.js', false],
    ['node /home/dev/shop/node_modules/mcp-files/index.js', true],
    ['node --import mcp.js server.js', false],
    ['gopls -stdio', true],
    ['server --stdio', true],
    ['node /opt/css-server/index.js --node-ipc', true],
    ['chrome --remote-debugging-pipe', true],
    ['node /opt/typescript/lib/tsserver.js', true],
    ['node /home/dev/.npm/_npx/1/node_modules/.bin/mcp-server-files', true],
    ['node --no-warnings mcp.js', true],
    ['/usr/bin/pyright-langserver', true],
    ['typescript-language-server', true],
    ['node server.js', false],
    ['node server.js --services', false],
    ['node server.js mcp', false],
    ['node mcpherson.js', false],
    ['--stdio', false],
  ])('%s: %s', (command, speaks) => {
    expect(speaksOverStdio(sketch(command))).toBe(speaks);
  });
});
