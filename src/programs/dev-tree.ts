import type { ProcessInfo } from '../model/process.ts';
import { isPackageRunner, isRunner, isScriptShell, isShell } from './launchers.ts';
import { parentOf, type ProcessTable } from './lineage.ts';
import { OUTSIDE_ROLES, roleOf } from './roles.ts';
import { scriptOf } from './words-of.ts';

const isLauncher = (process: ProcessInfo, parent: ProcessInfo | null): boolean =>
  isPackageRunner(process) || isRunner(process) || isScriptShell(process, parent);

const folderOf = (path: string): string => path.replace(/[\\/][^\\/]*$/, '');

/** The project a process was started for, as the package runner recorded it. */
const projectFolder = (process: ProcessInfo): string | null => {
  const manifest = process.environment?.['npm_package_json'];
  return manifest === undefined ? (process.cwd?.path ?? null) : folderOf(manifest);
};

/** A tool of the same project between the server and its launcher, such as `next dev` above `next-server`. */
const isProjectTool = (process: ProcessInfo, project: string | null): boolean => {
  const script = scriptOf(process);
  if (script === null || project === null || isShell(process)) return false;
  const inside = (path: string | undefined): boolean => path === project || path?.startsWith(`${project}/`) === true;
  return inside(script) || (!script.startsWith('/') && inside(process.cwd?.path));
};

/** A shell that only waits for one command between two launchers, as concurrently starts each of its own. */
const isBetween = (process: ProcessInfo, table: ProcessTable): boolean => {
  const parent = parentOf(process, table);
  return isShell(process) && parent !== null && isRunner(parent);
};

/**
 * The root of the dev server a process belongs to: up through the tools of its project, the script's shell,
 * the package runner and any restarting runner, and not a step further. Climbing stops at everything a person
 * or the machine owns, at other users' processes and at whatever `isOutside` refuses.
 */
export const devTreeRoot = (
  process: ProcessInfo,
  table: ProcessTable,
  isOutside: (process: ProcessInfo) => boolean,
): ProcessInfo => {
  const project = projectFolder(process);
  let root = process;
  let met = isLauncher(process, parentOf(process, table));
  for (let at = parentOf(process, table); at !== null; at = parentOf(at, table)) {
    const parent = parentOf(at, table);
    if (isOutside(at) || at.uid !== process.uid) break;
    const launcher = isLauncher(at, parent) || isBetween(at, table);
    if (!launcher && OUTSIDE_ROLES.has(roleOf(at, parent))) break;
    if (!launcher && (met || !isProjectTool(at, project))) break;
    if (!launcher) continue;
    root = at;
    met = true;
  }
  return root;
};
