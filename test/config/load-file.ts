import { join } from 'node:path';
import { loadEcosystemFile, type EcosystemReading } from '../../src/config/load-ecosystem.ts';
import { folderWith } from './write-files.ts';

/** Each file costs a process. */
export const PATIENCE = { timeout: 60_000 };

/** What most of these files hold. */
export const APPS = { apps: [{ name: 'web', script: 'server.js' }] };
/** The same as text. */
export const TEXT = JSON.stringify(APPS);

/** Reads a file of this name with this text. */
export const load = (name: string, text: string, limitMs?: number): Promise<EcosystemReading> =>
  loadEcosystemFile(join(folderWith({ [name]: text }), name), limitMs);

/** Why such a file could not be read. */
export const detailOf = async (name: string, text: string, limitMs?: number): Promise<string> => {
  const reading = await load(name, text, limitMs);
  if (reading.ok) throw new Error(`it was expected to fail, and holds ${JSON.stringify(reading.value)}`);
  return reading.detail;
};
