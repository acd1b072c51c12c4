import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findLogs, type LogPlaces } from '../../src/config/find-logs.ts';
import type { ProjectFiles } from '../../src/config/project-files.ts';

/** Writes one line into each of these files below a folder. */
export const write = (folder: string, ...names: readonly string[]): void => {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), 'up\n');
  }
};

/** The files of a project whose ecosystem file holds this. */
export const ecosystem = (folder: string, value: unknown): ProjectFiles => ({
  folder,
  manifest: null,
  ecosystem: { ok: true, name: 'ecosystem.config.cjs', value },
});

/** What is found, but for what is said outside any place. */
export const find = (project: string | null, said: Partial<LogPlaces> = {}): readonly string[] =>
  findLogs({ project, files: null, settings: [], supervised: [], home: null, pm2Home: null, now: Date.now(), ...said });

/** What is found in a project, by the way from its folder. */
export const below = (project: string, said: Partial<LogPlaces> = {}): readonly string[] =>
  find(project, said)
    .map((path) => (path.startsWith(`${project}/`) ? path.slice(project.length + 1) : path))
    .toSorted();
