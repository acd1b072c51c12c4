import { catalogue } from './catalogue/index.ts';
import type { CauseMatch, Signature } from './cause.ts';
import { looksHandled } from './handled.ts';
import { quotedSource } from './quoted-source.ts';

/** One signature found in one line. */
export interface Candidate extends CauseMatch {
  /** The program told of it and went on. */
  readonly handled: boolean;
  /** Says nothing unless the program ended. */
  readonly onlyInCrash: boolean;
}

const LINES_ABOVE = 12;
const LINES_BELOW = 3;

const STACK_FRAME = /^\s+(?:at\s|from\s|\d+: 0x|\.\.\. \d+ )/;
/** Kernel, runtime and supervisor speak of an end, whatever level they give it. */
const ALWAYS_MEANT: ReadonlySet<string> = new Set(['SIGKILL', 'SIGSEGV', 'SIGABRT', 'WATCHDOG_TIMEOUT', 'OOM_KILLED']);

const someLine = (block: readonly string[], from: number, to: number, pattern: RegExp): boolean => {
  for (let index = Math.max(0, from); index < Math.min(block.length, to); index += 1) {
    if (pattern.test(block[index] ?? '')) return true;
  }
  return false;
};

const neighboursAgree = (signature: Signature, block: readonly string[], index: number): boolean =>
  (signature.below === undefined || someLine(block, index - LINES_ABOVE, index, signature.below)) &&
  (signature.above === undefined || someLine(block, index + 1, index + 1 + LINES_BELOW, signature.above));

const detailOf = (groups: Readonly<Record<string, string | undefined>> | undefined): Record<string, string> => {
  const detail: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups ?? {})) {
    if (value !== undefined && value !== '') detail[name.replace(/\d$/, '')] ??= value;
  }
  return detail;
};

interface LineMatch {
  readonly code: CauseMatch['code'];
  readonly signature: Signature;
  readonly detail: Record<string, string>;
}

const matchesIn = (line: string): readonly LineMatch[] =>
  catalogue.flatMap(({ code, signatures }) =>
    signatures.flatMap((signature): LineMatch[] => {
      const match = signature.pattern.exec(line);
      if (match === null || signature.unless?.test(line) === true) return [];
      return [{ code, signature, detail: detailOf(match.groups) }];
    }),
  );

/** Lives that fail alike tell the same lines again and again. */
const REMEMBERED_LINES = 256;
const remembered = new Map<string, readonly LineMatch[]>();

const matchesOf = (line: string): readonly LineMatch[] => {
  const known = remembered.get(line);
  if (known !== undefined) return known;
  const matches = matchesIn(line);
  if (remembered.size >= REMEMBERED_LINES) remembered.clear();
  remembered.set(line, matches);
  return matches;
};

/** Every signature found in the block, in the order of its lines. Quoted source and stack frames say nothing. */
export const candidatesIn = (block: readonly string[]): readonly Candidate[] => {
  const quoted = quotedSource(block);
  const found: Candidate[] = [];
  for (const [index, line] of block.entries()) {
    if (quoted.has(index) || STACK_FRAME.test(line)) continue;
    for (const { code, signature, detail } of matchesOf(line)) {
      if (!neighboursAgree(signature, block, index)) continue;
      const { confidence, specificity } = signature;
      found.push({
        code,
        confidence,
        line: index,
        specificity,
        detail,
        handled: !ALWAYS_MEANT.has(code) && looksHandled(line),
        onlyInCrash: signature.onlyInCrash === true,
      });
    }
  }
  return found;
};
