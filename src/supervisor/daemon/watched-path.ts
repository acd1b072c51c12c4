import { basename, relative, sep } from 'node:path';
import picomatch from 'picomatch';

/** What changes while a service works, and never because somebody edited it. */
const NEVER = ['node_modules', '.git'];

type Ignores = (path: string) => boolean;

const HAS_GLOB = /[*?[\]{}()!]/;

/** A name without wildcards means the file or folder of that path, or any of that name. */
const plain =
  (entry: string): Ignores =>
  (path) =>
    path === entry || path.startsWith(`${entry}/`) || path.split('/').includes(entry);

const glob = (entry: string): Ignores => {
  const matches = picomatch(entry, { dot: true });
  return (path) => matches(path) || matches(basename(path));
};

/**
 * Tells which changes restart no service: those of `node_modules` and `.git`, of the files in `own` (its logs would restart
 * it for ever), and what the configuration ignores. Entries are relative to `cwd`, as names or globs.
 */
export const ignoresPath = (cwd: string, entries: readonly string[], own: readonly string[]): Ignores => {
  const rules = [...NEVER, ...entries.map((entry) => entry.replace(/^\.\//, '').replace(/\/+$/, ''))].map((entry) =>
    HAS_GLOB.test(entry) ? glob(entry) : plain(entry),
  );
  return (path) => {
    if (own.some((file) => path === file || path.startsWith(`${file}${sep}`) || path.startsWith(`${file}.`)))
      return true;
    const name = relative(cwd, path).split(sep).join('/');
    return name !== '' && !name.startsWith('../') && rules.some((ignores) => ignores(name));
  };
};
