import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * Where an npm package lies and which version it is. The folders are walked by hand, because a package's `exports` may
 * hide its own package.json from `require`.
 * @param {string} name
 * @returns {{ folder: string, manifest: { version: string, bin?: unknown } } | undefined}
 */
export function findPackage(name) {
  const folder = require.resolve
    .paths(name)
    .map((path) => join(path, name))
    .find((path) => existsSync(join(path, 'package.json')));
  if (!folder) return undefined;
  return { folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) };
}

/**
 * The script behind a package's command.
 * @param {NonNullable<ReturnType<typeof findPackage>>} found
 */
export function binOf({ folder, manifest }) {
  const bin = typeof manifest.bin === 'string' ? manifest.bin : Object.values(manifest.bin)[0];
  return join(folder, bin);
}

/**
 * The version a system tool prints about itself, or undefined where the tool is not installed.
 * @param {string} tool
 * @param {readonly string[]} argv
 * @param {RegExp} pattern its first group is the version
 */
export function versionOfTool(tool, argv, pattern) {
  const said = spawnSync(tool, argv, { encoding: 'utf8' });
  if (said.error) return undefined;
  return pattern.exec(said.stdout + said.stderr)?.[1] ?? 'of unknown version';
}
