import type { Paint } from '../../report/look.ts';
import { truncate } from '../../util/fit-text.ts';
import { plural } from '../../util/plural.ts';
import { sanitize } from '../../util/sanitize.ts';
import { titleOf } from './cells.ts';
import { insideOf, type Box } from './layout.ts';
import { GUTTER, linesBelow, visibleRows, type LogRow } from './log-rows.ts';
import type { MonitState } from './monit-state.ts';
import { selectedService } from './shown-services.ts';

const rowText = ({ stream, starts, text }: LogRow, { bad }: Paint): string => {
  if (stream === 'out') return `${' '.repeat(GUTTER)}${text}`;
  return bad(`${(starts ? 'err' : '').padEnd(GUTTER)}${text}`);
};

const paneTitle = (state: MonitState): string => {
  const service = selectedService(state);
  if (service === null) return 'log';
  const { anchor } = state.log;
  const how = anchor === null ? 'following' : `paused, ${plural(linesBelow(state.log), 'line')} below`;
  return `log of ${truncate(sanitize(service.name), 24)} · ${how}`;
};

/** The output of the chosen service, both streams, each line of the error stream marked. */
export const logPane = (state: MonitState, box: Box, paint: Paint): readonly string[] => {
  const focused = state.pane === 'log';
  const title = titleOf(paneTitle(state), box.width, focused);
  const head = focused ? paint.strong(title) : paint.dim(title);
  const rows = visibleRows(state.log, insideOf(box)).map((row) => rowText(row, paint));
  if (rows.length > 0 || state.log.note === null) return [head, ...rows];
  return [head, paint.dim(truncate(`    ${sanitize(state.log.note)}`, box.width))];
};
