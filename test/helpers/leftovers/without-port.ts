import type { Case } from './cases.ts';
import type { Subject } from './jobs.ts';
import { headlessBrowser, pythonTrouble, stdioProgram, watcher } from './subjects.ts';
import {
  byShell,
  inTerminal,
  pipingParentKilled,
  pipingParentLives,
  terminalClosed,
  type PipingParent,
  type Session,
} from './ways.ts';

interface Speaker {
  readonly name: string;
  readonly subject: Subject;
  readonly parent: PipingParent;
  /** Of the client that is killed. */
  readonly session: Session;
}

/** Programs that get all their work over their streams. */
const SPEAKERS: readonly Speaker[] = [
  {
    name: 'esbuild --service',
    subject: stdioProgram('node_modules/.bin/esbuild', '--service=0.25.0', '--ping'),
    parent: 'node',
    session: "the test's",
  },
  {
    name: 'an MCP server',
    subject: stdioProgram('node_modules/@modelcontextprotocol/server-filesystem/dist/index.js', '.'),
    parent: 'node',
    session: "the test's",
  },
  {
    name: 'an MCP server of the project itself',
    subject: stdioProgram('tools/mcp-server.js'),
    parent: 'perl',
    session: "the test's",
  },
  {
    name: 'a language server',
    subject: stdioProgram('node_modules/typescript-language-server/lib/cli.js', '--stdio'),
    parent: 'node',
    session: "the test's",
  },
  {
    name: 'a language server of another kind',
    subject: stdioProgram('node_modules/.bin/vscode-json-language-server', '--stdio'),
    parent: 'python',
    session: "the test's",
  },
];

const ofSpeaker = ({ name, subject, parent, session }: Speaker): readonly Case[] => {
  const trouble = parent === 'python' ? pythonTrouble : null;
  return [
    {
      name: `${name} whose client was killed`,
      subject,
      way: pipingParentKilled(parent, session),
      shape: { parent: 'first', streams: ['alone', 'alone', 'alone'] },
      expected: 'offered',
      trouble,
    },
    {
      name: `${name} whose client lives`,
      subject,
      way: pipingParentLives(parent),
      shape: { parentArgv: /start-over-pipes/, session: 'living', streams: ['connected', 'connected', 'connected'] },
      expected: 'not named',
      trouble,
    },
  ];
};

const PUPPETEER = headlessBrowser(
  'cache/puppeteer/chrome-headless-shell/linux-131.0.6778.85/chrome-headless-shell',
  '--user-data-dir=/tmp/puppeteer_dev_chrome_profile-Xk2a1b',
  '--remote-debugging-port=0',
);

const PLAYWRIGHT = headlessBrowser(
  'cache/ms-playwright/chromium-1148/chrome-linux/chrome',
  '--user-data-dir=/tmp/playwright_chromiumdev_profile-9fGh2k',
  '--remote-debugging-pipe',
);

const BROWSERS: readonly Case[] = [
  {
    name: 'a headless browser of puppeteer whose test run was killed',
    subject: PUPPETEER,
    way: pipingParentKilled('node', "the test's"),
    shape: { parent: 'first', session: 'outside', streams: ['alone', 'alone', 'alone'] },
    expected: 'offered',
  },
  {
    name: 'a headless browser of puppeteer in a session of its own, whose test run was killed',
    subject: PUPPETEER,
    way: pipingParentKilled('node-detaching', "the test's"),
    shape: { parent: 'first', session: 'itself', streams: ['alone', 'alone', 'alone'] },
    expected: 'named',
  },
  {
    name: 'a headless browser of playwright that is driven over a pipe, whose test run was killed',
    subject: PLAYWRIGHT,
    way: pipingParentKilled('node-extra-pipes', "the test's"),
    shape: { parent: 'first', session: 'itself', streams: ['null', 'null', 'null'] },
    expected: 'named',
  },
  {
    name: 'a headless browser of puppeteer whose test run lives',
    subject: PUPPETEER,
    way: pipingParentLives('node-detaching'),
    shape: { parentArgv: /start-over-pipes/, session: 'itself' },
    expected: 'not named',
  },
  {
    name: 'a headless browser of playwright whose test run lives',
    subject: PLAYWRIGHT,
    way: pipingParentLives('node-extra-pipes'),
    shape: { parentArgv: /start-over-pipes/, session: 'itself' },
    expected: 'not named',
  },
];

const TSC = watcher('node_modules/.bin/tsc', '--watch', '--preserveWatchOutput');

const WATCHERS: readonly Case[] = [
  {
    name: 'tsc --watch whose terminal was closed',
    subject: TSC,
    way: terminalClosed,
    shape: { parent: 'first', session: 'ended' },
    expected: 'offered',
  },
  {
    name: 'tsc -w sent to the background by a shell that ended',
    subject: watcher('node_modules/typescript/bin/tsc', '-w'),
    way: byShell('own'),
    shape: { parent: 'first', session: 'ended' },
    expected: 'possibly stale',
  },
  {
    name: 'chokidar whose piping parent was killed',
    subject: watcher('node_modules/.bin/chokidar', 'src/**/*.ts', '-c', 'make'),
    way: pipingParentKilled('node'),
    shape: { parent: 'first', streams: ['alone', 'alone', 'alone'] },
    expected: 'offered',
  },
  {
    name: 'tsc --watch in an open terminal',
    subject: TSC,
    way: inTerminal,
    shape: { parentArgv: 'sh -i', session: 'living' },
    expected: 'not named',
  },
];

/** Left-overs that listen on nothing, and the same while they are still wanted. */
export const WITHOUT_PORT: readonly Case[] = [...SPEAKERS.flatMap(ofSpeaker), ...BROWSERS, ...WATCHERS];
