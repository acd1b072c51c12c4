import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const SOURCE = 'src';
const OUT = 'dist';

/** Built beside and put in place at the end, so that a program running meanwhile finds all of its chunks. */
const NEXT = 'dist.next';
const TSC = join('node_modules', 'typescript', 'bin', 'tsc');
const ENTRIES = ['src/cli/main.ts', 'src/supervisor/daemon/main.ts'];

/** Copied as they are: shells and services read them. */
const COPIED = ['daemon/shim.sh', 'daemon/guardian.sh', 'daemon/guard/guard.cjs'];

/** Loaded from node_modules when they are needed; the packages for the terminal are bundled, which halves their cost. */
const EXTERNAL = ['chokidar', 'croner', 'find-process', 'jiti', 'kill-port', 'picomatch', 'pidusage', 'yaml'];

/** Its other form asks for its own parts in a way that no bundler can follow. */
const ALIAS = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };

const chunkName = (file) => relative(SOURCE, file).replace(/\.ts$/, '');

/** Every `import('./x.ts')` becomes a chunk of its own, so that a command loads only what it uses. */
const lazyChunks = {
  name: 'lazy-chunks',
  setup(plugin) {
    plugin.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir, importer }) => {
      if (kind !== 'dynamic-import') return undefined;
      const from = dirname(join(OUT, 'x', chunkName(entryOf(plugin, importer))));
      const to = join(OUT, 'x', chunkName(relative(process.cwd(), resolve(resolveDir, path))));
      const target = relative(from, to);
      return { path: `${target.startsWith('.') ? target : `./${target}`}.cjs`, external: true };
    });
  },
};

/** One entry is built at a time, so the chunk that imports is the entry being built. */
const entryOf = (plugin) => plugin.initialOptions.entryPoints[0];

const lazyTargets = async () => {
  const files = (await readdir(SOURCE, { recursive: true }))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(SOURCE, file));
  const targets = new Set(ENTRIES);
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    for (const [, path] of text.matchAll(/import\('(\.[^']+\.ts)'\)/g)) targets.add(join(dirname(file), path));
  }
  return [...targets];
};

const buildChunk = (entry) =>
  build({
    entryPoints: [entry],
    outfile: join(NEXT, `${chunkName(entry)}.cjs`),
    bundle: true,
    minify: true,
    keepNames: false,
    sourcemap: 'external',
    sourcesContent: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    // A native import() would start the ES module loader, which costs more than most commands.
    supported: { 'dynamic-import': false },
    external: EXTERNAL,
    alias: ALIAS,
    // What asks where it stands, to find a package, is told so in this form too.
    define: { 'import.meta.url': '__filename' },
    plugins: [lazyChunks],
    legalComments: 'none',
    logLevel: 'warning',
  });

/** The library entry holds shapes and one constant; only its declarations are worth much. */
const buildLibrary = async () => {
  await build({
    entryPoints: [join(SOURCE, 'index.ts')],
    outfile: join(NEXT, 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
  });
  await promisify(execFile)(process.execPath, [TSC, '-p', 'tsconfig.json', '--outDir', join(NEXT, 'types')]);
};

const copyParts = async () => {
  await mkdir(join(NEXT, 'supervisor'), { recursive: true });
  for (const part of COPIED) await copyFile(join(SOURCE, 'supervisor', part), join(NEXT, 'supervisor', basename(part)));
};

await rm(NEXT, { recursive: true, force: true });
await Promise.all([...(await lazyTargets()).map(buildChunk), buildLibrary(), copyParts()]);
await rm(OUT, { recursive: true, force: true });
await rename(NEXT, OUT);
