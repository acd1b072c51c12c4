import type { InitHook, InitResult } from '../model/results.ts';
import { displayWidth } from '../util/display-width.ts';
import { wrap } from '../util/fit-text.ts';
import { sanitize } from '../util/sanitize.ts';
import { labelledCommand, paragraph } from './lines.ts';
import { tildify, type Look } from './look.ts';

const INDENT = '  ';

/** Whoever consents to a line must see all of it, even in a manifest of one long line. */
const LONGEST = 100_000;

/** One line of the diff, with its indent kept and continued where it takes several. */
const diffLine = (line: string, { paint, width }: Look): readonly string[] => {
  const sign = line.slice(0, 1);
  const color = sign === '+' ? paint.good : sign === '-' ? paint.bad : paint.dim;
  const [, tabs = '', text = ''] = /^(\s*)(.*)$/s.exec(line.slice(1)) ?? [];
  const indent = tabs.replaceAll('\t', INDENT).replace(/[^ ]/g, '');
  const room = width - INDENT.length - 1 - indent.length;
  const told = sanitize(text, LONGEST);
  const [first = '', ...rest] = displayWidth(told) <= room ? [told] : wrap(told, room - INDENT.length);
  // Only the first of them is a line of the file.
  return [`${sign}${indent}${first}`, ...rest.map((part) => ` ${indent}${INDENT}${part}`)].map(
    (part) => `${INDENT}${color(part.trimEnd())}`,
  );
};

/** What would change, for a person to consent to. */
export const prettyDiff = (file: string, diff: readonly string[], look: Look): string =>
  [
    ...paragraph(tildify(file, look), 0, look.width).map(look.paint.strong),
    ...diff.flatMap((line) => diffLine(line, look)),
  ].join('\n');

const HOOK_TEXT: Readonly<Record<InitHook['status'], (hook: InitHook) => string>> = {
  added: ({ hook, script }) => `${hook} frees the ports before ${script}`,
  extended: ({ hook }) => `${hook} frees the ports first, then does what it did`,
  kept: ({ hook }) => `${hook} runs devdoctor fix already, and is left as it is`,
};

const hookLines = ({ hooks, status }: InitResult, { paint, width }: Look): readonly string[] =>
  hooks
    .filter((hook) => status === 'written' || hook.status === 'kept')
    .flatMap((hook) =>
      paragraph(HOOK_TEXT[hook.status](hook), 2, width).map((line, index) =>
        index === 0 ? `${paint.good('✔')} ${line.trim()}` : line,
      ),
    );

const closing = ({ status }: InitResult, shown: boolean, { paint }: Look): readonly string[] => {
  if (status === 'planned') return ['Nothing was changed: this is what devdoctor init would write.'];
  if (status === 'unchanged') return ['There is nothing to change.'];
  if (status === 'written') return [];
  return shown
    ? [`${paint.warn('▲')} Nothing was changed.`]
    : [
        `${paint.warn('▲')} Nothing was changed: there is nobody to ask.`,
        labelledCommand('agree', 'devdoctor init --yes', 2, paint.dim, paint.command),
      ];
};

/** The whole of an init for a person. The diff is left out where it was shown already, to be consented to. */
export const prettyInit = (result: InitResult, look: Look, diffShown: boolean): string => {
  const { diff, file, notes, status } = result;
  const blocks = [
    diffShown || diff.length === 0 ? '' : prettyDiff(file, diff, look),
    hookLines(result, look).join('\n'),
    closing(result, diffShown, look).join('\n'),
    ...(status === 'declined'
      ? []
      : notes.map((note) =>
          paragraph(note, 2, look.width)
            .map((line, index) => (index === 0 ? `${look.paint.warn('▲')} ${line.trim()}` : line))
            .join('\n'),
        )),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};
