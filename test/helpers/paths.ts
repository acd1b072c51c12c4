import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of this package. */
export const ROOT: string = resolve(import.meta.dirname, '../..');

/** A program under fixtures/programs. */
export const fixture = (name: string): string => join(ROOT, 'fixtures/programs', name);

/** The built command; DEVDOCTOR_CLI names another build of it, such as one with a guard taken out. */
export const cliPath = (): string => {
  const path = resolve(process.env['DEVDOCTOR_CLI'] ?? join(ROOT, 'bin/devdoctor.cjs'));
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first`);
  return path;
};
