import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of the package in a folder. */
export const readVersion = (packageRoot: string): string =>
  (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version;
