import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const run = promisify(execFile);
const ATTW = join('node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');

/** What people install must hold the program, its pages and its schemas, and nothing of the workshop. */
const EXPECTED = [
  'bin/devdoctor.cjs',
  'bin/devdoctord.cjs',
  'dist/cli/main.cjs',
  'dist/index.js',
  'dist/types/index.d.ts',
  'docs/causes/EADDRINUSE.md',
  'docs/checks/port-occupied.md',
  'schemas/check.json',
  'LICENSE',
  'README.md',
];
const UNWANTED = /^(?:src|test|fixtures|bench|node_modules)\/|\.map$/;

const fail = (text) => {
  console.error(text);
  process.exitCode = 1;
};

const { messages, pkg } = await publint({ strict: true });
for (const message of messages) fail(`publint: ${formatMessage(message, pkg)}`);

const folder = await mkdtemp(join(tmpdir(), 'devdoctor-pack-'));
try {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  const packed = JSON.parse(stdout);
  const { filename, files } = Array.isArray(packed) ? packed[0] : Object.values(packed)[0];
  const paths = files.map(({ path }) => path);
  for (const path of EXPECTED) if (!paths.includes(path)) fail(`the package lacks ${path}`);
  for (const path of paths) if (UNWANTED.test(path)) fail(`the package holds ${path}`);
  const types = await run(process.execPath, [
    ATTW,
    join(folder, filename),
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    'package.json',
    '--no-color',
  ]).catch((error) => error);
  if (types.code !== undefined) fail(`attw: ${types.stdout}${types.stderr}`);
  if (process.exitCode === undefined) console.log(`package: ${paths.length} files, publint and attw find nothing`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
