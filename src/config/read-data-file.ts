import { readFileSync, statSync } from 'node:fs';
import type { ParseError } from 'jsonc-parser';
import { errorCode, messageOf } from '../util/error-code.ts';
import { placeIn } from './place-in-text.ts';

/** What a file of data holds, or why it could not be read. */
export type DataReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly detail: string };

const MAX_BYTES = 16 * 1024 ** 2;

const fail = (detail: string): DataReading => ({ ok: false, detail });

/** PM2 reads JSON as JavaScript, so its users have comments and commas at the ends of lists. */
const parseLooseJson = async (text: string): Promise<DataReading> => {
  const { parse, printParseErrorCode } = await import('jsonc-parser');
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors.toSorted((a, b) => a.offset - b.offset);
  if (first === undefined) return { ok: true, value };
  const words = printParseErrorCode(first.error)
    .replace(/(?!^)[A-Z]/g, ' $&')
    .toLowerCase();
  return fail(`SyntaxError: this is not JSON: ${words}, at ${placeIn(text, first.offset)}`);
};

const parseJson = async (text: string): Promise<DataReading> => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    // The looser reading knows the place, which this error may not.
    return parseLooseJson(text);
  }
};

const parseYaml = async (text: string): Promise<DataReading> => {
  const { parse } = await import('yaml');
  try {
    const value: unknown = parse(text, { merge: true, logLevel: 'error' });
    // An alias inside of what it names makes a circle, which this tells.
    return { ok: true, value: JSON.parse(JSON.stringify(value ?? null)) };
  } catch (error) {
    return fail((String(error).split('\n')[0] ?? '').replace(/:$/, ''));
  }
};

const PARSERS = { json: parseJson, yaml: parseYaml };

/** Why a file is not to be opened at all, which for some would wait for ever; `null` for one that is. */
export const whyNotOpened = (file: string): string | null => {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return stat.isDirectory() ? 'it is a folder' : 'it is no regular file';
    return stat.size > MAX_BYTES ? `it is larger than ${MAX_BYTES / 1024 ** 2} MB` : null;
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'there is no such file' : messageOf(error);
  }
};

/** Reads a file of JSON or YAML. What is wrong is told with its line and column. */
export const readDataFile = async (file: string, kind: 'json' | 'yaml'): Promise<DataReading> => {
  const reason = whyNotOpened(file);
  if (reason !== null) return fail(reason);
  try {
    return await PARSERS[kind](readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return fail(messageOf(error));
  }
};
