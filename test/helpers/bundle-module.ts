import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ROOT } from './paths.ts';

/** Builds a module of the source, named from the root, into a folder, for programs of a test to load. */
export const bundleModule = (source: string, folder: string): string => {
  const outfile = join(folder, `${source.replaceAll('/', '-').replace(/\.ts$/, '')}.cjs`);
  buildSync({
    entryPoints: [join(ROOT, source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  });
  return outfile;
};
