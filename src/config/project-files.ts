import { basename, join } from 'node:path';
import { messageOf } from '../util/error-code.ts';
import { loadEcosystem } from './load-ecosystem.ts';
import { readTextIfAny } from './read-text.ts';

/** A file of a project: what it holds, or why it could not be read. */
export type FileReading =
  | { readonly ok: true; readonly name: string; readonly value: unknown }
  | { readonly ok: false; readonly name: string; readonly detail: string };

/** The files of a project that say what it wants; `null` for one that is not there. */
export interface ProjectFiles {
  readonly folder: string;
  readonly manifest: FileReading | null;
  readonly ecosystem: FileReading | null;
}

const MANIFEST = 'package.json';

const readManifest = (folder: string): FileReading | null => {
  const text = readTextIfAny(join(folder, MANIFEST));
  if (text === null) return null;
  try {
    return { ok: true, name: MANIFEST, value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    return { ok: false, name: MANIFEST, detail: messageOf(error) };
  }
};

/** Reads each of these files once. An ecosystem file may be a program, so it costs a process. */
export const readProjectFiles = async (folder: string): Promise<ProjectFiles> => {
  const ecosystem = await loadEcosystem(folder);
  return {
    folder,
    manifest: readManifest(folder),
    ecosystem: ecosystem === null ? null : { ...ecosystem, name: basename(ecosystem.file) },
  };
};
