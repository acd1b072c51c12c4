import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../helpers/paths.ts';

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));

/** Every page for people, by its path from the root of the package. */
export const readPages = (): ReadonlyMap<string, string> => {
  const files = [
    ...['README.md', 'CONTRIBUTING.md'].filter((file) => existsSync(join(ROOT, file))),
    ...markdownIn('docs'),
    ...markdownIn('examples'),
  ];
  return new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
};
