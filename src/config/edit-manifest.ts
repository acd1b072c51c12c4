import type { InitHook } from '../model/results.ts';
import { manifestError, type Manifest, type ScriptPlace } from './parse-manifest.ts';

/** The scripts that start a server, in the order they are told. */
export const SERVER_SCRIPTS = ['dev', 'start'] as const;

/** Where the hook goes: into a script that the runner runs before, or, where it runs none, into the script itself. */
export type HookStyle = 'before' | 'inside';

/** What to add: how, and which ports to free for which script. */
export interface HookWish {
  readonly style: HookStyle;
  readonly portsOf: (script: string) => readonly number[];
}

/** An edited manifest: the whole text, and what became of each hook. */
export interface EditedManifest {
  readonly text: string;
  readonly hooks: readonly InitHook[];
}

interface Insertion {
  readonly offset: number;
  readonly text: string;
}

interface Edit {
  readonly hook: InitHook;
  readonly insertions: readonly Insertion[];
}

const OURS = /(?:^|[\s/\\;&|("'])devdoctor(?:\.\w+|@[^\s"']+)?["']?\s+fix(?=$|[\s;&|)"'])/;

/** After `ours && …` these would run although ours failed, so they are held together. */
const NEEDS_BRACKETS = /\|\||;|\n|(?<!&)&(?!&)/;

/** Inside a script nothing tells that this is a hook, so consent is limited by name. */
const commandFor = (script: string, { style, portsOf }: HookWish): string =>
  [
    'devdoctor fix',
    ...portsOf(script).map((port) => `--port ${port}`),
    ...(style === 'inside' ? ['--own'] : []),
    '--yes',
  ].join(' ');

const textOf = ({ value, valueStart }: ScriptPlace, name: string, { file, text }: Manifest): string => {
  if (typeof value === 'string') return value;
  throw manifestError(
    file,
    text,
    valueStart,
    `the script "${name}" must be a text, and is ${JSON.stringify(value) ?? 'none'}`,
  );
};

/** As JSON writes it inside quotes. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Puts a command before the text of a script, and leaves every character of that text as it is written. */
const putBefore = (command: string, place: ScriptPlace, old: string): { text: string; insertions: Insertion[] } => {
  const [open, close] = [place.valueStart + 1, place.valueEnd - 1];
  if (old.trim() === '') return { text: `${command}${old}`, insertions: [{ offset: open, text: escaped(command) }] };
  if (!NEEDS_BRACKETS.test(old))
    return { text: `${command} && ${old}`, insertions: [{ offset: open, text: escaped(`${command} && `) }] };
  // A comment would swallow the bracket.
  const end = /(?:^|\s)#/.test(old) ? '\n)' : ')';
  return {
    text: `${command} && (${old}${end}`,
    insertions: [
      { offset: open, text: escaped(`${command} && (`) },
      { offset: close, text: escaped(end) },
    ],
  };
};

/** Adds a property just before that of the script, set apart as that one is. */
const addBefore = (name: string, command: string, place: ScriptPlace, { text }: Manifest): Insertion => {
  const gap = /[ \t\r\n]*$/.exec(text.slice(0, place.keyStart))?.[0] ?? '';
  const lastLine = /\r?\n[ \t]*$/.exec(gap)?.[0] ?? gap;
  const colon = text.slice(place.keyEnd, place.valueStart);
  return { offset: place.keyStart, text: `${JSON.stringify(name)}${colon}${JSON.stringify(command)},${lastLine}` };
};

const editScript = (script: string, place: ScriptPlace, manifest: Manifest, wish: HookWish): Edit => {
  const own = textOf(place, script, manifest);
  const pre = `pre${script}`;
  const prePlace = manifest.scripts.get(pre);
  const preText = prePlace === undefined ? null : textOf(prePlace, pre, manifest);
  const kept = (hook: string, command: string): Edit => ({
    hook: { script, hook, status: 'kept', command },
    insertions: [],
  });
  if (OURS.test(own)) return kept(script, own);
  if (wish.style === 'before' && preText !== null && OURS.test(preText)) return kept(pre, preText);
  const command = commandFor(script, wish);
  if (wish.style === 'before' && prePlace === undefined)
    return {
      hook: { script, hook: pre, status: 'added', command },
      insertions: [addBefore(pre, command, place, manifest)],
    };
  const [hook, into, old] =
    wish.style === 'inside' || prePlace === undefined ? [script, place, own] : [pre, prePlace, preText ?? ''];
  const { text, insertions } = putBefore(command, into, old);
  return { hook: { script, hook, status: 'extended', command: text }, insertions };
};

const apply = (text: string, insertions: readonly Insertion[]): string =>
  insertions
    .toSorted((a, b) => b.offset - a.offset)
    .reduce((edited, { offset, text: added }) => edited.slice(0, offset) + added + edited.slice(offset), text);

/**
 * Makes the scripts that start a server free their ports first. Text in, text out: nothing but the hooks is touched.
 * A hook that is there already stays as it is.
 */
export const editManifest = (manifest: Manifest, wish: HookWish): EditedManifest => {
  const edits = SERVER_SCRIPTS.flatMap((script) => {
    const place = manifest.scripts.get(script);
    return place === undefined ? [] : [editScript(script, place, manifest, wish)];
  });
  return {
    text: apply(
      manifest.text,
      edits.flatMap(({ insertions }) => insertions),
    ),
    hooks: edits.map(({ hook }) => hook),
  };
};
