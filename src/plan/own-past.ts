import type { ProcessInfo } from '../model/process.ts';
import { scriptOf } from '../programs/words-of.ts';

const isInside = (path: string | undefined, folder: string): boolean =>
  path === folder || path?.startsWith(`${folder}/`) === true || path?.startsWith(`${folder}\\`) === true;

/** Was this process started for the project: in its folder, or with one of its scripts? */
export const isOwnPast = (process: ProcessInfo, project: string): boolean =>
  isInside(process.cwd?.path, project) || isInside(scriptOf(process) ?? undefined, project);
