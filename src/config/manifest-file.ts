import { readFileSync } from 'node:fs';
import { replaceFile } from '../util/atomic-file.ts';
import { errorCode, messageOf } from '../util/error-code.ts';
import { DevdoctorError } from '../model/error.ts';
import { placeIn } from './place-in-text.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const LOST = '\uFFFD';

/** The text of a manifest, to the last byte. What is not UTF-8 could not be written back as it was. */
export const readManifestText = (file: string): string => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new DevdoctorError('configuration', `${file} could not be read: ${messageOf(error)}`, `ls -l ${file}`, error);
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    const text = bytes.toString('utf8');
    const place = placeIn(text, Math.max(0, text.indexOf(LOST)));
    throw new DevdoctorError('configuration', `${file}, ${place}: this is not UTF-8 text`, 'save it as UTF-8', error);
  }
};

const HINTS: Readonly<Record<string, string>> = {
  EACCES: 'give yourself the right to write to it and to its folder, such as with chmod u+w, then: devdoctor init',
  EPERM: 'give yourself the right to write to it and to its folder, then: devdoctor init',
  EROFS: 'its file system is mounted read-only: run this where the project can be written to',
  ENOSPC: 'make room on the disk, then: devdoctor init',
};

/** Writes an edited manifest, unless somebody else has edited it since it was read. */
export const writeManifestText = (file: string, before: string, after: string): void => {
  if (readManifestText(file) !== before)
    throw new DevdoctorError(
      'configuration',
      `${file} was changed by somebody else in the meantime; nothing was written`,
      'devdoctor init',
    );
  try {
    replaceFile(file, after);
  } catch (error) {
    const hint = HINTS[errorCode(error) ?? ''] ?? 'devdoctor init --dry-run';
    throw new DevdoctorError('configuration', `${file} could not be written: ${messageOf(error)}`, hint, error);
  }
};
