import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SpecRequest } from '../../../src/supervisor/pm2/spec-request.ts';
import { folderWith } from '../../config/write-files.ts';

/** A project folder with programs of its own, and requests made in it. */
export interface Workshop {
  readonly folder: string;
  /** The folder of its PATH. */
  readonly bin: string;
  readonly logs: string;
  readonly home: string;
  readonly node: string;
  readonly request: (more?: Partial<SpecRequest>) => SpecRequest;
}

const STUB = '#!/bin/sh\nexit 0\n';

/** Programs that every machine is thought to have here; none of them is ever run. */
const USUAL = ['bash', 'sh', 'npm', 'pnpm', 'python3', 'ruby', 'node'];

/** Makes a project folder with these files; those named `*` at the end are executable. */
export const aWorkshop = (
  files: Readonly<Record<string, unknown>> = {},
  programs: readonly string[] = USUAL,
): Workshop => {
  const executable = Object.keys(files).filter((name) => name.endsWith('*'));
  const plain = Object.fromEntries(Object.entries(files).map(([name, text]) => [name.replace(/\*$/, ''), text]));
  const root = folderWith({
    ...Object.fromEntries(Object.entries(plain).map(([name, text]) => [join('project', name), text])),
    ...Object.fromEntries(programs.map((name) => [join('bin', name), STUB])),
    'node/bin/node': STUB,
  });
  const [folder, bin, home] = [join(root, 'project'), join(root, 'bin'), join(root, 'home')];
  for (const made of [folder, bin, home]) mkdirSync(made, { recursive: true });
  const node = join(root, 'node/bin/node');
  const runnable = [
    ...programs.map((name) => join(bin, name)),
    ...executable.map((name) => join(folder, name.slice(0, -1))),
    node,
  ];
  for (const file of runnable) {
    mkdirSync(dirname(file), { recursive: true });
    chmodSync(file, 0o755);
  }
  const logs = join(root, 'logs');
  return {
    folder,
    bin,
    logs,
    home,
    node,
    request: (more = {}) => ({
      file: join(folder, 'ecosystem.config.js'),
      folder,
      profile: null,
      only: [],
      shell: { PATH: bin, HOME: home },
      nodePath: node,
      nodeVersion: 'v20.19.0',
      cpus: 4,
      logsFolder: logs,
      overrides: {},
      ...more,
    }),
  };
};
