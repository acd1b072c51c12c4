import type { ServiceDetail } from '../../model/service.ts';
import { shownText } from '../../supervisor/log-view/line-text.ts';
import type { LogSource, ViewedLine } from '../../supervisor/log-view/types.ts';
import { KEPT_LINES, type OutputLine } from './monit-state.ts';

const TAB = '    ';
/** Characters of a line that are shown; nobody scrolls through more. */
const LONGEST = 4_096;

/** The files that have the output of a service. One with both streams is read where there is none for each. */
export const sourcesFor = ({ id, name, logs: { out, error, combined } }: ServiceDetail): readonly LogSource[] => {
  const source = { id, service: name, label: name };
  const own: readonly LogSource[] = [
    ...(out === null ? [] : [{ ...source, path: out, stream: 'out' as const }]),
    ...(error === null || error === out ? [] : [{ ...source, path: error, stream: 'err' as const }]),
  ];
  return own.length > 0 || combined === null ? own : [{ ...source, path: combined, stream: 'out' }];
};

const textOf = (line: ViewedLine): string => {
  const text = shownText(line, false).replaceAll('\t', TAB);
  return text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text;
};

/** Lines of logs as the pane shows them; of many at once only those that are kept. */
export const outputLines = (lines: readonly ViewedLine[]): readonly OutputLine[] =>
  lines
    // The end of a line that was shown already, because it was long in coming.
    .filter(({ continued, length }) => !continued || length > 0)
    .slice(-KEPT_LINES)
    .map((line) => ({ stream: line.source.stream, text: textOf(line) }));
