import type { ServiceDetail, ServiceRow, ServiceSample } from '../../model/service.ts';
import type { Paint } from '../../report/look.ts';
import { formatDuration } from '../../util/duration.ts';
import { truncate, wrap } from '../../util/fit-text.ts';
import { sanitize } from '../../util/sanitize.ts';
import { fit, jumpTo, titleOf } from './cells.ts';
import { detailWords } from './detail-words.ts';
import { percent, size } from './figures.ts';
import type { Box } from './layout.ts';
import type { MonitState } from './monit-state.ts';
import { selectedService } from './shown-services.ts';
import { chart, columnsOf, peakOf } from './spark.ts';

const LABEL = 7;
/** Room right of a chart for its numbers. */
const NUMBERS = 22;
const FEW_NUMBERS = 9;
const NARROW = 48;
/** Rows of a pane from which its charts have two rows. */
const ROOMY = 9;
/** Less than this share of a core fills no chart, or an idle service would look busy. */
const LEAST_CPU = 10;

interface Series {
  readonly label: string;
  /** `null` while nothing runs. */
  readonly now: number | null;
  readonly valueOf: (sample: ServiceSample) => number;
  readonly format: (value: number | null) => string;
  readonly leastTop: number;
}

const seriesOf = ({ cpuPercent, memoryBytes }: ServiceRow): readonly Series[] => [
  { label: 'cpu', now: cpuPercent, valueOf: (one) => one.cpuPercent, format: percent, leastTop: LEAST_CPU },
  { label: 'memory', now: memoryBytes, valueOf: (one) => one.memoryBytes, format: size, leastTop: 0 },
];

const chartWidth = (width: number): number => width - LABEL - (width < NARROW ? FEW_NUMBERS : NUMBERS);

const chartLines = (series: Series, state: MonitState, box: Box, height: number, paint: Paint): readonly string[] => {
  const columns = chartWidth(box.width);
  const samples = state.samples[String(state.selected)] ?? [];
  const values = columnsOf(samples, series.valueOf, { now: state.now, stepMs: state.stepMs, columns });
  // The list is newer than the last sample.
  const peak = peakOf([...values, series.now]);
  const current = series.format(series.now);
  const rows = chart(values, Math.max(series.leastTop, peak), height);
  const numbers = box.width < NARROW ? current : `${fit(current, 8)}${peak > 0 ? `peak ${series.format(peak)}` : ''}`;
  return rows.map((row, index) => {
    const last = index === rows.length - 1;
    const label = fit(last ? series.label : '', LABEL);
    return `${label}${paint.command(row)}${jumpTo(box.column + LABEL + columns)}${last ? ` ${numbers}` : ''}`;
  });
};

const wordLines = (
  row: ServiceRow,
  detail: ServiceDetail | null,
  now: number,
  box: Box,
  paint: Paint,
): readonly string[] =>
  detailWords(row, detail, now).flatMap(({ tone, text }) =>
    wrap(text, box.width).map((line) => (tone === null ? line : paint[tone](line))),
  );

/** The chosen service: charts of what it used, and what there is to say about it. */
export const detailPane = (state: MonitState, box: Box, paint: Paint): readonly string[] => {
  const row = selectedService(state);
  if (row === null) return [paint.dim(titleOf('details', box.width, false))];
  const span = formatDuration(chartWidth(box.width) * state.stepMs);
  const name = truncate(sanitize(row.name), Math.max(8, box.width - 24));
  const title = titleOf(`${name} (${row.id}) · last ${span}`, box.width, false);
  const height = box.height >= ROOMY ? 2 : 1;
  const charts = seriesOf(row).flatMap((series) => chartLines(series, state, box, height, paint));
  return [paint.dim(title), ...charts, ...wordLines(row, state.detail, state.now, box, paint)].slice(0, box.height);
};
