import type { Paint } from '../../report/look.ts';
import { truncate, wrap } from '../../util/fit-text.ts';
import { jumpTo } from './cells.ts';
import { detailPane } from './detail-pane.ts';
import { footerOf, headerOf } from './frame-edges.ts';
import { layoutOf, SMALLEST, type Box, type Layout } from './layout.ts';
import { logPane } from './log-pane.ts';
import type { MonitState, Size } from './monit-state.ts';
import { servicePane } from './service-pane.ts';
import { shownServices } from './shown-services.ts';

const tooSmall = ({ columns, rows }: Size): readonly string[] =>
  wrap(`make the window larger: ${SMALLEST.columns} x ${SMALLEST.rows}; q quits`, columns)
    .slice(0, rows)
    .map((line) => truncate(line, columns));

const filled = (lines: readonly string[], { height }: Box): readonly string[] =>
  Array.from({ length: height }, (_, index) => lines[index] ?? '');

const panes = (state: MonitState, { services, details, log }: Layout, paint: Paint): readonly string[] => {
  const left = filled(servicePane(state, services, paint), services);
  const right = details === null ? [] : filled(detailPane(state, details, paint), details);
  const bottom = filled(logPane(state, log, paint), log);
  if (details === null || details.column === 1) return [...left, ...right, ...bottom];
  const border = paint.dim('│');
  const together = left.map(
    (line, index) => `${line}${jumpTo(details.column - 2)}${border}${jumpTo(details.column)}${right[index] ?? ''}`,
  );
  return [...together, ...bottom];
};

/** What the window shows: one text for each of its rows. */
export const render = (state: MonitState, paint: Paint): readonly string[] => {
  const layout = layoutOf(state.size, shownServices(state).length);
  if (layout === null) return tooSmall(state.size);
  return [headerOf(state, paint), ...panes(state, layout, paint), footerOf(state, paint)];
};
