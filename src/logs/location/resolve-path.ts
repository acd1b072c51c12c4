const ABSOLUTE = /^(?:[/\\]|[A-Za-z]:[/\\])/;

/** The folder of a file, with its last separator. */
export const folderOf = (path: string): string =>
  path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** `..` above the root is the root. */
const leadsNowhere = (part: string, root: string): boolean =>
  part === '' || part === '.' || (part === '..' && root !== '');

/** Joins a path to a folder and takes out `.` and `..`; an absolute path stays what it is. */
export const resolvePath = (folder: string, path: string): string => {
  const whole = ABSOLUTE.test(path) ? path : `${folder}${path}`;
  const root = /^(?:[A-Za-z]:)?[/\\]/.exec(whole)?.[0] ?? '';
  const parts: string[] = [];
  for (const part of whole.slice(root.length).split(/[/\\]/)) {
    const backOut = part === '..' && parts.length > 0 && parts.at(-1) !== '..';
    if (backOut) parts.pop();
    else if (!leadsNowhere(part, root)) parts.push(part);
  }
  return `${root}${parts.join(root.includes('\\') ? '\\' : '/')}`;
};
