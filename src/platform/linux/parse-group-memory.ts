/** Where the memory controller of a control group keeps its files, and how they are named. */
export interface MemoryHierarchy {
  readonly version: 1 | 2;
  /** The group that the mount shows at its top; `/` unless only a part of the tree is mounted. */
  readonly root: string;
  readonly mountPoint: string;
}

const unescape = (path: string): string =>
  path.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)));

/** Reads /proc/PID/mountinfo: every mounted hierarchy that can limit memory. */
export const parseMemoryHierarchies = (text: string): readonly MemoryHierarchy[] =>
  text.split('\n').flatMap((line): MemoryHierarchy[] => {
    const [place = '', kind = ''] = line.split(' - ');
    const [, , , root = '', mountPoint = ''] = place.split(' ');
    const [type, , options = ''] = kind.split(' ');
    const version = type === 'cgroup2' ? 2 : type === 'cgroup' && options.split(',').includes('memory') ? 1 : null;
    return version === null ? [] : [{ version, root: unescape(root), mountPoint: unescape(mountPoint) }];
  });

/** The group of a process in the hierarchy of one version, from /proc/PID/cgroup; `null` where it is in none. */
export const parseMemoryGroup = (text: string, version: MemoryHierarchy['version']): string | null => {
  for (const line of text.split('\n')) {
    const [, number, controllers = '', path = ''] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    if (version === 2 ? number === '0' && controllers === '' : controllers.split(',').includes('memory')) return path;
  }
  return null;
};

/** Folders below the mount point that hold a group and the groups around it, innermost first; `''` is the top. */
export const foldersUpward = (group: string, root: string): readonly string[] => {
  const below = root === '/' ? group : group === root || group.startsWith(`${root}/`) ? group.slice(root.length) : '/';
  // A group outside of what is mounted here is written with leading dots; only the top can be read of it.
  const parts = below.split('/').filter(Boolean);
  if (parts.includes('..')) return [''];
  return Array.from({ length: parts.length + 1 }, (_, depth) =>
    parts
      .slice(0, parts.length - depth)
      .map((part) => `/${part}`)
      .join(''),
  );
};

/**
 * Reads a limit of a control group. `null` for `max`, and for every number above the memory of the machine: the old
 * version has no word for "none" and writes the largest number of pages instead.
 */
export const parseLimit = (text: string, machineBytes: number): number | null => {
  const bytes = Number(text.trim() === '' ? Number.NaN : text.trim());
  return Number.isFinite(bytes) && bytes <= machineBytes ? bytes : null;
};

/**
 * Bytes of files that the kernel takes back before it ends anybody, from memory.stat. Version 1 tells the group's own
 * before those of all groups in it.
 */
export const parseReclaimable = (text: string): number => {
  const bytes = (name: string): string | undefined => new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1];
  return Number(bytes('total_inactive_file') ?? bytes('inactive_file') ?? 0);
};
