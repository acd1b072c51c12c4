import type { HistoryResult, HistoryRow, UndoResult } from '../model/results.ts';
import { plural } from '../util/plural.ts';
import { labelled, labelledCommand, paragraph } from './lines.ts';
import { tildify, type Look, type Paint } from './look.ts';

const INDENT = 2;

const stateOf = ({ undoneAt, relaunch }: HistoryRow): string => {
  if (undoneAt !== null) return 'started again since';
  return relaunch === null ? 'cannot be started again: how it was started could not be told' : '';
};

const entryLines = (entry: HistoryRow, look: Look, paint: Paint): string => {
  const state = stateOf(entry);
  const ports = entry.ports.length === 0 ? '' : `  port ${entry.ports.join(', ')}`;
  return [
    ...paragraph(`${entry.at}${ports}`, 0, look.width).map(paint.strong),
    ...paragraph(entry.title, INDENT, look.width),
    ...(entry.relaunch === null
      ? []
      : labelled('folder', tildify(entry.relaunch.cwd, look), INDENT, look.width, paint.dim)),
    ...(state === ''
      ? [labelledCommand('undo', `devdoctor undo ${entry.id}`, INDENT, paint.good, paint.command)]
      : labelled('undo', state, INDENT, look.width, paint.dim)),
  ].join('\n');
};

/** The history, newest first. */
export const prettyHistory = ({ entries, unreadableLines }: HistoryResult, look: Look): string => {
  const { paint } = look;
  const torn =
    unreadableLines === 0
      ? []
      : [
          paragraph(`${plural(unreadableLines, 'line')} of the history could not be read`, 0, look.width)
            .map(paint.warn)
            .join('\n'),
        ];
  const told =
    entries.length === 0
      ? ['Nothing was ended by devdoctor yet.']
      : entries.toReversed().map((entry) => entryLines(entry, look, paint));
  return `${[...told, ...torn].join('\n\n')}\n`;
};

/** What became of an undo. */
export const prettyUndo = (result: UndoResult, look: Look): string => {
  const { paint } = look;
  const mark = result.status === 'started' ? paint.good('✔') : paint.bad('✖');
  const [first = '', ...rest] = paragraph(result.detail, 2, look.width);
  const missing =
    result.missingVariables.length === 0
      ? []
      : labelled(
          'note',
          `it had variables this shell lacks: ${result.missingVariables.join(', ')}`,
          INDENT,
          look.width,
          paint.dim,
        );
  const log =
    result.logFile === null ? [] : labelled('log', tildify(result.logFile, look), INDENT, look.width, paint.dim);
  return `${[`${mark} ${first.trim()}`, ...rest, ...log, ...missing].join('\n')}\n`;
};
