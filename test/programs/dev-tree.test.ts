import { describe, expect, it } from 'vitest';
import type { ProcessInfo } from '../../src/model/process.ts';
import { devTreeRoot } from '../../src/programs/dev-tree.ts';
import { aChain, aProcess, lastOf, running } from '../helpers/a-process.ts';

const PROJECT = '/home/dev/shop';
const SCRIPT = { npm_lifecycle_script: 'node server.js', npm_package_json: `${PROJECT}/package.json` };

const npm = aProcess({ command: ['npm run dev'], name: 'npm run dev', environment: {} });
const npx = aProcess({ command: ['npm exec agent'], name: 'npm exec agent', environment: {} });
const server = running('node server.js', { environment: SCRIPT });
const bash = running('-bash');
const sh = (command: string, environment: Readonly<Record<string, string>> = SCRIPT) =>
  aProcess({ command: ['sh', '-c', command], environment });
const bin = (name: string, said: Partial<ProcessInfo> = {}) =>
  running(`node ${PROJECT}/node_modules/.bin/${name}`, { environment: SCRIPT, ...said });

/** How many processes above the last of a chain its dev server begins. */
const stepsUp = (...processes: readonly ProcessInfo[]): number => {
  const [last, table] = lastOf(aChain(...processes));
  return last.pid - devTreeRoot(last, table, () => false).pid;
};

describe('the dev server that a process belongs to', () => {
  it.each<[string, readonly ProcessInfo[], number]>([
    ['a bare server in a terminal', [bash, server], 0],
    ['npm, its shell and the server', [bash, npm, sh('node server.js'), server], 2],
    ['npm whose shell made way for the server', [bash, npm, server], 1],
    ['pnpm within npm', [bash, npm, sh('pnpm dev'), running('pnpm dev'), sh('vite'), bin('vite')], 4],
    ['nodemon', [bash, npm, sh('nodemon server.js'), bin('nodemon server.js'), server], 3],
    ['nodemon on its own', [bash, bin('nodemon server.js'), server], 1],
    ['tsx watch on its own', [bash, bin('tsx watch server.ts'), server], 1],
    ['node --watch', [bash, running('node --watch server.js'), server], 1],
    ['tsx watch', [bash, npm, sh('tsx watch server.ts'), bin('tsx watch server.ts'), server], 3],
    ['a tool of the project that starts the server', [bash, npm, sh('next dev'), bin('next dev'), server], 3],
    [
      'a bundler below the server',
      [
        bash,
        npm,
        sh('vite'),
        bin('vite'),
        running(`${PROJECT}/node_modules/esbuild/bin/esbuild --ping`, { environment: SCRIPT }),
      ],
      3,
    ],
    ['a shell script of the project', [bash, npm, running('sh ./dev.sh', { environment: SCRIPT }), server], 2],
  ])('begins with %s', (_, processes, steps) => {
    expect(stepsUp(...processes)).toBe(steps);
  });

  it('goes through concurrently, which starts each of its own with a shell', () => {
    const concurrently = bin('concurrently "npm:api" "npm:web"');
    const own = [sh('npm run api', {}), npm, sh('node server.js'), server];
    expect(stepsUp(bash, npm, sh('concurrently'), concurrently, ...own)).toBe(6);
  });

  it('goes with all its workers', () => {
    expect(stepsUp(bash, npm, sh('node server.js'), server, running('node worker.js', { environment: SCRIPT }))).toBe(
      3,
    );
  });

  it('still has its shell when npm was killed', () => {
    const init = running('/sbin/init', { uid: 0 });
    const orphans = [
      { ...init, pid: 1, parentPid: 0 },
      { ...sh('node server.js'), pid: 200, parentPid: 1 },
      { ...server, pid: 201, parentPid: 200 },
    ];
    const [last, table] = lastOf(orphans);
    expect(devTreeRoot(last, table, () => false).pid).toBe(200);
  });

  it('is the server itself when all above it were killed', () => {
    const init = { ...running('/sbin/init'), pid: 1, parentPid: 0 };
    const [last, table] = lastOf([init, { ...server, pid: 201, parentPid: 1 }]);
    expect(devTreeRoot(last, table, () => false).pid).toBe(201);
  });
});

describe('where a dev server ends', () => {
  const agent = running('claude', { environment: { npm_lifecycle_script: 'claude' } });

  it.each<[string, readonly ProcessInfo[], number]>([
    ['an interactive shell', [npm, sh('bash'), running('bash'), server], 0],
    [
      'a shell between two runners that a person types into',
      [npm, sh('x'), bash, npm, sh('node server.js'), server],
      2,
    ],
    ['a multiplexer', [running('tmux'), server], 0],
    [
      'a multiplexer above npm',
      [aProcess({ command: ['tmux: server'], name: 'tmux: server' }), npm, sh('node server.js'), server],
      2,
    ],
    ['a terminal', [running('/usr/bin/alacritty -e npm run dev'), npm, server], 1],
    ['an editor', [running('/usr/share/code/code --type=utility'), npm, server], 1],
    ['a remote login', [aProcess({ command: ['sshd: dev'], name: 'sshd' }), npm, server], 1],
    ['a service manager', [running('/usr/lib/systemd/systemd --user'), npm, server], 1],
    ['an agent that npx started', [bash, npx, sh('claude'), agent, server], 0],
    [
      'an agent that npx started, above npm',
      [bash, npx, sh('claude'), agent, sh('npm run dev', {}), npm, sh('node server.js'), server],
      2,
    ],
    ['a test runner of the project above npm', [bash, bin('playwright test'), sh('npm run dev', {}), npm, server], 1],
    [
      'a test runner of the project that npm started',
      [bash, npm, sh('playwright test'), bin('playwright test'), npm, sh('node server.js'), server],
      2,
    ],
    [
      'an agent among the packages of the project that goes by its own name',
      [bash, npx, sh('claude'), bin('claude', { name: 'claude' }), server],
      0,
    ],
    ['a program of another project', [bash, npm, sh('x'), running('node /home/dev/other/index.js'), server], 0],
  ])('is below %s', (_, processes, steps) => {
    expect(stepsUp(...processes)).toBe(steps);
  });

  it('is below an agent that runs as a script among the packages of the project', () => {
    expect(stepsUp(bash, npx, sh('gemini', { npm_lifecycle_script: 'gemini' }), bin('gemini'), server)).toBe(0);
  });

  it('is below the processes of another user', () => {
    expect(stepsUp(bash, { ...npm, uid: 0 }, sh('node server.js'), server)).toBe(1);
  });

  it('is where the caller says so', () => {
    const [last, table] = lastOf(aChain(bash, npm, sh('node server.js'), server));
    expect(devTreeRoot(last, table, ({ name }) => name === 'npm run dev').pid).toBe(last.pid - 1);
  });

  it('is the process itself when nothing above it is known', () => {
    expect(stepsUp(server)).toBe(0);
  });
});
