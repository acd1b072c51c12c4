import { describe, expect, it } from 'vitest';
import type { ProcessInfo } from '../../src/model/process.ts';
import { isInteractiveShell, isPackageRunner, isRunner, isScriptShell, isShell } from '../../src/programs/launchers.ts';
import { aProcess, running } from '../helpers/a-process.ts';

const titled = (title: string) => aProcess({ command: [title], name: title.slice(0, 15) });

const byCommand = (...processes: readonly ProcessInfo[]) =>
  processes.map((process) => [process.command.join(' '), process] as const);

describe('a package runner', () => {
  it.each(
    byCommand(
      titled('npm run dev'),
      titled('npm exec vite'),
      running('node /usr/lib/node_modules/npm/bin/npm-cli.js run dev'),
      running('/usr/bin/node /usr/bin/npx serve'),
      running('node /usr/bin/yarn.js dev'),
      running('node /home/dev/.cache/node/corepack/v1/pnpm/9.0.0/bin/pnpm.cjs dev'),
      running('pnpm dev'),
      running('bun run dev'),
      running('bunx vite'),
    ),
  )('is %s', (_, process) => {
    expect(isPackageRunner(process)).toBe(true);
  });

  it.each(
    byCommand(
      running('bun server.ts'),
      running('node server.js'),
      running('node npm-stats.js'),
      running('node server.js npm run dev'),
      running('vim npm-cli.js'),
      titled('npmlog --tail'),
    ),
  )('is not %s', (_, process) => {
    expect(isPackageRunner(process)).toBe(false);
  });
});

describe('a runner', () => {
  it.each(
    byCommand(
      running('node /home/dev/shop/node_modules/.bin/nodemon server.js'),
      running('node /home/dev/shop/node_modules/concurrently/dist/bin/concurrently.js a b'),
      running('node --watch server.js'),
      running('node --watch-path=src server.js'),
      running('node --enable-source-maps --watch server.js'),
      running('node /home/dev/shop/node_modules/.bin/tsx watch src/server.ts'),
      running('tsx watch src/server.ts'),
      running('node /home/dev/shop/node_modules/.bin/nx serve shop'),
      running('node /home/dev/shop/node_modules/nx/bin/nx.js serve shop'),
      running('node /home/dev/shop/node_modules/.bin/turbo run dev'),
      running('overmind start'),
      running('watchexec -r node server.js'),
      titled('foreman: master'),
    ),
  )('is %s', (_, process) => {
    expect(isRunner(process)).toBe(true);
  });

  it.each(
    byCommand(
      running('node server.js'),
      running('node supervisor.js'),
      running('node /srv/shop/nx.js'),
      running('node server.js --watcher'),
      running('tsx src/server.ts'),
      running('node nodemon-status.js'),
      running('vite --watch'),
    ),
  )('is not %s', (_, process) => {
    expect(isRunner(process)).toBe(false);
  });
});

describe('a shell', () => {
  it.each(['sh', '/bin/bash', '-zsh', 'fish', 'C:\\Windows\\System32\\cmd.exe', 'pwsh'])('is %s', (program) => {
    expect(isShell(aProcess({ command: [program, '-l'] }))).toBe(true);
  });

  it('is known by its short name when its command cannot be read', () => {
    expect(isShell(aProcess({ command: [], name: 'bash' }))).toBe(true);
  });

  it.each(['bashful', 'node', '/srv/sh/server'])('is not %s', (program) => {
    expect(isShell(aProcess({ command: [program, '-l'] }))).toBe(false);
  });
});

describe('a shell that a person types into', () => {
  it.each(
    byCommand(
      running('-bash'),
      running('bash'),
      running('/usr/bin/zsh -i'),
      running('bash -l'),
      running('fish'),
      running(
        'bash --init-file /usr/share/code/resources/app/out/vs/workbench/contrib/terminal/shellIntegration-bash.sh',
      ),
      running('bash --rcfile /home/dev/.bashrc.shop -i'),
    ),
  )('is %s', (_, process) => {
    expect(isInteractiveShell(process)).toBe(true);
  });

  it.each(
    byCommand(
      aProcess({ command: ['sh', '-c', 'node server.js'] }),
      aProcess({ command: ['bash', '-lc', 'node server.js'] }),
      aProcess({ command: ['bash', '-e', '-c', 'node server.js'] }),
      running('bash start.sh'),
      running('/bin/sh ./start.sh --now'),
      running('node server.js'),
    ),
  )('is not %s', (_, process) => {
    expect(isInteractiveShell(process)).toBe(false);
  });
});

describe('the shell of a script', () => {
  const npm = titled('npm run dev');
  const script = { npm_lifecycle_script: 'node server.js' };
  const shell = aProcess({ command: ['sh', '-c', 'node server.js --port 1'], environment: script });

  it.each([
    ['a child of a package runner', aProcess({ command: ['sh', '-c', 'x'] }), npm],
    ['an orphan that runs the script it was started for', shell, null],
    ['the same under init', shell, running('/sbin/init', { pid: 1 })],
  ])('is %s', (_, process, parent) => {
    expect(isScriptShell(process, parent)).toBe(true);
  });

  it.each([
    ['no shell', running('node server.js', { environment: script }), npm],
    ['a shell that runs something else', { ...shell, command: ['sh', '-c', 'make'] }, null],
    ['a shell that only inherited the names', { ...shell, command: ['bash'] }, null],
    ['a shell whose environment is not ours to read', { ...shell, environment: null }, null],
  ])('is not %s', (_, process, parent) => {
    expect(isScriptShell(process, parent)).toBe(false);
  });
});
