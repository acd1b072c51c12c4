import type { ContainerRef, ServiceUnit } from '../../model/process.ts';

/** What the control group says about who runs a process. */
export interface ControlGroup {
  readonly path: string | null;
  readonly unit: ServiceUnit | null;
  readonly container: ContainerRef | null;
}

const CONTAINER_PATTERNS: readonly (readonly [RegExp, ContainerRef['engine']])[] = [
  [/libpod-(?:conmon-)?([0-9a-f]{64})/, 'podman'],
  [/docker[-/]([0-9a-f]{64})/, 'docker'],
  [/kubepods.*?([0-9a-f]{64})/, 'kubernetes'],
  [/(?:cri-containerd|crio)[-:]([0-9a-f]{64})/, 'other'],
  [/\/lxc(?:\.payload)?[./]([\w.-]+)/, 'other'],
  [/\/machine\.slice\/machine-([^/]+)\.scope/, 'other'],
];

interface Hierarchy {
  readonly version2: boolean;
  readonly controllers: string;
  readonly path: string;
}

const hierarchiesOf = (text: string): readonly Hierarchy[] =>
  text.split('\n').flatMap((line) => {
    const match = /^(\d+):([^:]*):(.*)$/.exec(line);
    if (match === null) return [];
    const [, number, controllers = '', path = ''] = match;
    return [{ version2: number === '0' && controllers === '', controllers, path }];
  });

/** The path in the unified hierarchy, else in systemd's own of version 1, else the first that is not the root. */
const pathOf = (hierarchies: readonly Hierarchy[]): string | null => {
  const unified = hierarchies.find(({ version2, path }) => version2 && path !== '/');
  const systemd = hierarchies.find(({ controllers }) => controllers === 'name=systemd');
  const any = hierarchies.find(({ path }) => path !== '/');
  return (unified ?? systemd ?? any ?? hierarchies[0])?.path ?? null;
};

const unitOf = (path: string): ServiceUnit | null => {
  const parts = path.split('/');
  const userManager = parts.findIndex((part) => /^user@\d+\.service$/.test(part));
  const own = userManager === -1 ? parts : parts.slice(userManager + 1);
  const unit = own.findLast((part) => part.endsWith('.service'));
  if (unit === undefined) return null;
  return { name: unit, scope: userManager === -1 ? 'system' : 'user' };
};

const containerOf = (path: string): ContainerRef | null => {
  for (const [pattern, engine] of CONTAINER_PATTERNS) {
    const id = pattern.exec(path)?.[1];
    if (id !== undefined) return { engine, id };
  }
  return null;
};

/** Reads /proc/PID/cgroup of either version. Where both are mounted, the container may be named in either. */
export const parseControlGroup = (text: string): ControlGroup => {
  const hierarchies = hierarchiesOf(text);
  const path = pathOf(hierarchies);
  if (path === null) return { path: null, unit: null, container: null };
  const container = hierarchies.map((hierarchy) => containerOf(hierarchy.path)).find((found) => found !== null) ?? null;
  return { path, container, unit: container === null ? unitOf(path) : null };
};
