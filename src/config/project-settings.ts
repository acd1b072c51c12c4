import { join, resolve } from 'node:path';
import { DevdoctorError } from '../model/error.ts';
import { doctorSettings, type DoctorSettings, type SettingsPlace } from './doctor-settings.ts';
import { readProjectFiles, type FileReading, type ProjectFiles } from './project-files.ts';

/** The settings of a project, and where they stand; no place where it has none. */
export interface ProjectSettings {
  readonly settings: DoctorSettings;
  readonly place: SettingsPlace | null;
}

const NOWHERE: SettingsPlace = { file: 'package.json', key: 'devdoctor' };

const keyOf = (reading: FileReading | null, key: string): unknown => {
  const value = reading?.ok === true ? reading.value : null;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
};

/**
 * Reads the settings out of files that were read already: `devdoctor` of package.json, or `doctor` of the ecosystem
 * file. Log files are told by their whole paths. Wrong settings are an error: half of them would be a surprise.
 */
export const settingsIn = ({ folder, manifest, ecosystem }: ProjectFiles): ProjectSettings => {
  const own = keyOf(manifest, 'devdoctor');
  const shared = keyOf(ecosystem, 'doctor');
  const name = ecosystem?.name ?? '';
  if (own !== undefined && shared !== undefined)
    throw new DevdoctorError(
      'configuration',
      `${join(folder, 'package.json')} has settings under "devdoctor", and ${join(folder, name)} has some under "doctor"`,
      'keep one of the two',
    );
  const place: SettingsPlace | null =
    own === undefined
      ? shared === undefined
        ? null
        : { file: join(folder, name), key: 'doctor' }
      : { file: join(folder, 'package.json'), key: 'devdoctor' };
  const settings = doctorSettings(own === undefined ? shared : own, place ?? NOWHERE);
  return { settings: { ...settings, logFiles: settings.logFiles.map((file) => resolve(folder, file)) }, place };
};

/** The settings of the project in a folder; the defaults without a project. */
export const projectSettings = async (folder: string | null): Promise<ProjectSettings> =>
  folder === null
    ? { settings: doctorSettings(undefined, NOWHERE), place: null }
    : settingsIn(await readProjectFiles(folder));
