import { basename, parse } from 'node:path';

const MOST_BYTES = 200;

/** What no name may be, and why: names are typed after `stop`, and are parts of file names. */
const RULES: readonly (readonly [refused: RegExp | ((name: string) => boolean), why: string])[] = [
  [/^\s*$/, 'it is empty'],
  [/^all$/, '"all" means every service'],
  [/^\d+$/, 'a number is the id of a service'],
  [/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/, 'it has a control character in it'],
  [/^\/.*\/[a-z]*$/, '/…/ is a pattern over names'],
  [/[/\\]/, 'it has a slash in it'],
  [/^-/, 'what begins with "-" is an option'],
  [/^\./, 'it begins with a dot'],
  [(name) => !name.isWellFormed(), 'it is no whole text'],
  [(name) => Buffer.byteLength(name) > MOST_BYTES, `it is longer than ${MOST_BYTES} bytes`],
];

/** Why a text cannot name a service or a namespace; `null` for one that can. */
export const nameFault = (name: string): string | null =>
  RULES.find(([refused]) => (typeof refused === 'function' ? refused(name) : refused.test(name)))?.[1] ?? null;

/** The name of an app that has none: its file without the ending, its folder, or the first word of its line. */
export const usualName = (script: string, folder: string, isLine: boolean): string => {
  const plain = (isLine ? (script.trim().split(/\s/)[0] ?? '') : script).replace(/[/\\]+$/, '');
  const name = /(?:^|[/\\])\.{0,2}$/.test(plain) ? '' : parse(plain).name.replace(/^\.+/, '');
  return name === '' ? basename(folder) : name;
};

/** A name as part of the name of a file: letters of any script, digits and pictures stay. */
export const fileNameOf = (name: string): string =>
  name.replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}\u200d._@-]/gu, '-');
