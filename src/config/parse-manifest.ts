import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { DevdoctorError } from '../model/error.ts';
import { messageOf } from '../util/error-code.ts';
import { placeIn } from './place-in-text.ts';

const BOM = '\uFEFF';

/** Where one script stands in the text. Offsets count from the start of the text. */
export interface ScriptPlace {
  /** A text, unless the manifest is wrong. */
  readonly value: unknown;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A manifest with where its scripts stand. */
export interface Manifest {
  readonly file: string;
  readonly text: string;
  readonly scripts: ReadonlyMap<string, ScriptPlace>;
  /** Where the scripts are, or would be. */
  readonly scriptsOffset: number;
}

/** An error that names the file and the place in it. */
export const manifestError = (file: string, text: string, offset: number, what: string): DevdoctorError =>
  new DevdoctorError('configuration', `${file}, ${placeIn(text, offset)}: ${what}`, `mend it, then: devdoctor init`);

/** `CommaExpected` as people say it. */
const inWords = ({ error }: ParseError): string =>
  printParseErrorCode(error)
    .replace(/(?!^)[A-Z]/g, ' $&')
    .toLowerCase();

const kindOf = ({ type }: Node): string => (type === 'array' ? 'a list' : type === 'null' ? 'null' : `a ${type}`);

/** The last of several properties of a name is the one that counts, as in JSON.parse. */
const propertiesOf = (node: Node): ReadonlyMap<string, readonly [key: Node, value: Node]> =>
  new Map(
    (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
      key === undefined || value === undefined ? [] : [[String(key.value), [key, value] as const] as const],
    ),
  );

const rootOf = (file: string, text: string, shift: number): Node => {
  const errors: ParseError[] = [];
  const root = parseTree(text.slice(shift), errors, { disallowComments: true });
  const first = errors.toSorted((a, b) => a.offset - b.offset)[0];
  if (first !== undefined) throw manifestError(file, text, first.offset + shift, `this is not JSON: ${inWords(first)}`);
  try {
    JSON.parse(text.slice(shift));
  } catch (error) {
    const offset = Number(/position (\d+)/.exec(messageOf(error))?.[1] ?? 0);
    throw manifestError(file, text, offset + shift, `this is not JSON: ${messageOf(error)}`);
  }
  if (root?.type !== 'object')
    throw manifestError(
      file,
      text,
      shift,
      `a manifest is an object { … }, and this is ${root ? kindOf(root) : 'empty'}`,
    );
  return root;
};

/** Finds the scripts of a manifest in its text. What is no manifest is told with its line and column. */
export const parseManifest = (text: string, file: string): Manifest => {
  const shift = text.startsWith(BOM) ? BOM.length : 0;
  const root = rootOf(file, text, shift);
  const [, node] = propertiesOf(root).get('scripts') ?? [];
  if (node !== undefined && node.type !== 'object')
    throw manifestError(file, text, node.offset + shift, `"scripts" must be an object { … }, and is ${kindOf(node)}`);
  const scripts = [...(node === undefined ? [] : propertiesOf(node))].map(
    ([name, [key, value]]) => [name, placeOf(key, value, shift)] as const,
  );
  return { file, text, scripts: new Map(scripts), scriptsOffset: (node ?? root).offset + shift };
};

const placeOf = (key: Node, node: Node, shift: number): ScriptPlace => ({
  value: node.value as unknown,
  keyStart: key.offset + shift,
  keyEnd: key.offset + key.length + shift,
  valueStart: node.offset + shift,
  valueEnd: node.offset + node.length + shift,
});
