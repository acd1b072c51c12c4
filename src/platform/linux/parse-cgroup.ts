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
  [/(?:cri-containerd|crio|lxc|machine)[-.:/]([\w.-]{6,})/, 'other'],
];

const unescapeUnit = (name: string): string =>
  name.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The path in the unified hierarchy, else in systemd's own of version 1, else the first that is not the root. */
const pathOf = (text: string): string | null => {
  const lines = text.split('\n').map((line) => /^(\d+):([^:]*):(.*)$/.exec(line));
  const unified = lines.find((line) => line?.[1] === '0' && line[3] !== '/');
  const systemd = lines.find((line) => line?.[2] === 'name=systemd');
  const any = lines.find((line) => line !== null && line[3] !== '/');
  return (unified ?? systemd ?? any ?? lines[0])?.[3] ?? null;
};

const unitOf = (path: string): ServiceUnit | null => {
  const parts = path.split('/');
  const userManager = parts.findIndex((part) => /^user@\d+\.service$/.test(part));
  const own = userManager === -1 ? parts : parts.slice(userManager + 1);
  const unit = own.findLast((part) => part.endsWith('.service'));
  if (unit === undefined) return null;
  return { name: unescapeUnit(unit), scope: userManager === -1 ? 'system' : 'user' };
};

const containerOf = (path: string): ContainerRef | null => {
  for (const [pattern, engine] of CONTAINER_PATTERNS) {
    const id = pattern.exec(path)?.[1];
    if (id !== undefined) return { engine, id };
  }
  return null;
};

/** Reads /proc/PID/cgroup of either version. */
export const parseControlGroup = (text: string): ControlGroup => {
  const path = pathOf(text);
  if (path === null) return { path: null, unit: null, container: null };
  const container = containerOf(path);
  return { path, container, unit: container === null ? unitOf(path) : null };
};
