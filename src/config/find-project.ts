import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the nearest package.json at or above a directory; `null` where there is none. */
export const nearestProject = (directory: string): string | null => {
  if (!existsSync(directory)) return null;
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (dirname(at) === at) return null;
  }
};

const readText = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** The checked-out branch of the repository a directory lies in; `null` outside one or on a detached head. */
export const gitBranch = (directory: string): string | null => {
  for (let at = directory; ; at = dirname(at)) {
    const head = readText(join(at, '.git', 'HEAD')) ?? worktreeHead(at);
    if (head !== null) return /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1] ?? null;
    if (dirname(at) === at) return null;
  }
};

/** In a worktree `.git` is a file that says where its folder is. */
const worktreeHead = (directory: string): string | null => {
  const folder = /^gitdir: (.+)$/m.exec(readText(join(directory, '.git')) ?? '')?.[1];
  return folder === undefined ? null : (readText(join(directory, folder, 'HEAD')) ?? readText(join(folder, 'HEAD')));
};
