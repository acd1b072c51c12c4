import type { Case } from './cases.ts';
import { npmScript, npxTool, otherRunner, renamedRunner, THAI_FOLDER } from './subjects.ts';
import { killed, launcherKilled } from './ways.ts';

/** Launchers of other kinds and names, killed. */
export const LAUNCHER_VARIATIONS: readonly Case[] = [
  {
    name: 'pnpm killed',
    subject: otherRunner('lib/node_modules/pnpm/bin/pnpm.cjs', ['run', 'dev']),
    way: launcherKilled('own'),
    shape: { argv: 'sh -c node server.js', parent: 'first', session: 'ended' },
    expected: 'offered',
  },
  {
    name: 'yarn killed, which asks bash',
    // bash puts the server in its own place when there is nothing else to do.
    subject: otherRunner('share/yarn/bin/yarn.js', ['run', 'dev'], { SCRIPT_SHELL: 'bash' }),
    way: launcherKilled("the test's"),
    shape: { argv: 'node server.js', parent: 'first', session: 'outside' },
    expected: 'offered',
  },
  {
    name: 'a launcher that nobody knows, killed',
    subject: renamedRunner('myrunner'),
    way: launcherKilled('own'),
    shape: { argv: 'sh -c node server.js', parent: 'first', session: 'ended' },
    expected: 'offered',
    where: 'bash',
  },
  {
    name: 'npx killed',
    subject: npxTool('storefront'),
    way: launcherKilled('own'),
    shape: { argv: /^sh -c/, parent: 'first', session: 'ended' },
    expected: 'offered',
  },
  {
    name: 'npm start in a folder with Thai letters and spaces, killed',
    subject: npmScript('node server.js', THAI_FOLDER, ['npm', 'start']),
    way: launcherKilled('own'),
    shape: { argv: 'sh -c node server.js', parent: 'first', folder: /ร้าน ค้า/ },
    expected: 'offered',
    where: 'perl',
  },
  {
    name: 'npm run below npm run, the outer one killed',
    subject: npmScript('node server.js', 'shop', ['npm', 'run', 'outer']),
    way: killed(/^npm run outer/),
    shape: { argv: 'sh -c npm run dev', parent: 'first', session: 'ended' },
    expected: 'offered',
  },
  {
    name: 'npm run below npm run, both killed',
    subject: npmScript('node server.js', 'shop', ['npm', 'run', 'outer']),
    way: killed(/^npm run outer/, /^npm run dev/),
    shape: { argv: 'sh -c node server.js', parent: 'first', session: 'ended' },
    expected: 'offered',
  },
  {
    name: 'npm killed above node --watch',
    subject: npmScript('node --watch server.js'),
    way: launcherKilled('own'),
    shape: { argv: 'sh -c node --watch server.js', parent: 'first', session: 'ended' },
    expected: 'offered',
  },
  {
    name: 'npm killed below a first process that reaps nothing',
    subject: npmScript(),
    way: launcherKilled('own'),
    shape: { argv: 'sh -c node server.js', parent: 'first', session: 'ended' },
    expected: 'offered',
    where: 'node',
  },
];
