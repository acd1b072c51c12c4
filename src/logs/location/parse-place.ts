import type { Place } from './place.ts';

/** Where in a trace a line of this form stands. */
export type PlaceKind = 'header' | 'newest-first' | 'newest-last';

/** A place as one line of a trace tells it. */
export interface TracedPlace extends Place {
  readonly kind: PlaceKind;
}

const FILE = String.raw`(?:file:\/\/\/?)?(?:[A-Za-z]:)?[^\s:()"'][^:()"']*`;

interface Form {
  readonly kind: PlaceKind;
  readonly pattern: RegExp;
}

const form = (kind: PlaceKind, source: string): Form => ({ kind, pattern: new RegExp(source) });

/** Every form of a place, by the programs that print it; what matches first is meant. */
const FORMS: readonly Form[] = [
  // Java: the class tells the folder, the brackets only the name of the file
  form(
    'newest-first',
    String.raw`^\s+at (?:[\w.-]*(?:@[\w.]+)?\/){0,2}(?<class>[\w$.]+)\.[\w$<>]+\((?<path>[\w$]+\.(?:java|kt|scala|groovy)):(?<line>\d+)\)`,
  ),
  // Node
  form('newest-first', String.raw`^\s+at (?:.*\()?(?<path>${FILE}):(?<line>\d+):(?<column>\d+)\)?(?:\s*\{)?$`),
  // Next.js, Webpack: a layer in brackets before the path
  form(
    'newest-first',
    String.raw`^\s+at .*?\(?webpack(?:-internal)?:\/\/\/?(?:\([\w-]+\)\/)?(?<path>[^:()]+):(?<line>\d+):(?<column>\d+)\)?$`,
  ),
  form('newest-last', String.raw`^\s*File "(?<path>[^"]+)", line (?<line>\d+)`),
  // Go
  form('newest-first', String.raw`^\s+(?<path>\S+\.go):(?<line>\d+)(?: \+0x[0-9a-f]+)?$`),
  // Ruby
  form('newest-first', String.raw`^(?:\s*(?:\d+: )?from )?(?<path>(?:[A-Za-z]:)?[^\s:]+\.r[bu]):(?<line>\d+):in `),
  // compilers: TypeScript, then esbuild, Go, Java, Ruby
  form('header', String.raw`^(?<path>[^\s()]+\.[cm]?tsx?)\((?<line>\d+),(?<column>\d+)\): error `),
  form(
    'header',
    String.raw`^(?<path>(?:[A-Za-z]:)?[^\s:]+\.\w+):(?<line>\d+)(?::(?<column>\d+))?(?:: (?:ERROR|error|syntax error)| - error )`,
  ),
  // the line above quoted source
  form('header', String.raw`^(?<path>${FILE}\.(?:[cm]?[jt]sx?|json|vue|svelte)):(?<line>\d+)$`),
];

const CAUSED_BY = /^Caused by: /;

const withoutScheme = (path: string): string => {
  const bare = path
    .replace(/^file:\/\/(?:\/(?=[A-Za-z]:))?/, '')
    .replace(/^webpack(?:-internal)?:\/\/\/?(?:\([\w-]+\)\/)?/, '');
  if (!path.startsWith('file:') || !bare.includes('%')) return bare;
  return bare.replace(/%(?:20|5B|5D|23|25|28|29|40)/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
};

const folderOf = (className: string | undefined): string => {
  const parts = (className ?? '').split('.').slice(0, -1);
  return parts.length === 0 ? '' : `${parts.join('/')}/`;
};

/** The place a line of a trace tells; `null` where it tells none. */
export const parsePlace = (text: string): TracedPlace | null => {
  for (const { kind, pattern } of FORMS) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const { path = '', line, column } = groups;
    return {
      kind,
      path: `${folderOf(groups['class'])}${withoutScheme(path)}`,
      line: Number(line),
      column: column === undefined ? null : Number(column),
    };
  }
  return null;
};

/** Whether a line begins the error that another one was thrown for. */
export const isCausedBy = (text: string): boolean => CAUSED_BY.test(text);
