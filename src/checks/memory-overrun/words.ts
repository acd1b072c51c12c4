import type { Evidence, LimitSource, MemoryTrend } from '../../model/finding.ts';
import { labelOf } from '../../programs/label-of.ts';
import { formatBytes } from '../../util/bytes.ts';
import { formatDuration } from '../../util/duration.ts';
import { plural } from '../../util/plural.ts';
import type { Judged } from './judge.ts';
import type { Limit } from './limits.ts';

const NAME_LIMIT = 48;
const MB = 1024 ** 2;
const MINUTE = 60_000;
const LONGEST_TOLD_MINUTES = 7 * 24 * 60;

/** `9 MB a minute`; slow growth with a digit more. */
const rateText = (bytesPerMinute: number): string => {
  const megabytes = bytesPerMinute / MB;
  return `${megabytes < 2 ? megabytes.toFixed(1) : Math.round(megabytes)} MB a minute`;
};

const LIMIT_TEXT: Readonly<Record<LimitSource, (size: string) => string>> = {
  settings: (size) => `its limit of ${size}`,
  max_memory_restart: (size) => `its max_memory_restart of ${size}`,
  'control-group': (size) => `the ${size} of its control group`,
  'heap-flag': (size) => `its heap limit of ${size}`,
  'heap-default': (size) => `Node's heap limit of ${size}`,
  machine: (size) => `the ${size} that the machine has for it`,
  none: (size) => size,
};

const limitText = ({ source, limitBytes }: Limit): string => LIMIT_TEXT[source](formatBytes(limitBytes));

const nameOf = ({ service, memory: { tree } }: Judged): string =>
  service ?? `${tree.root.pid} ${labelOf(tree.root, NAME_LIMIT)}`;

const timeLeft = ({ minutesToLimit }: MemoryTrend, limit: Limit): string => {
  if (minutesToLimit === null || minutesToLimit > LONGEST_TOLD_MINUTES) return '';
  return `, ${minutesToLimit < 1 ? 'under a minute' : formatDuration(minutesToLimit * MINUTE)} to ${limitText(limit)}`;
};

const isHeap = ({ source }: Limit): boolean => source === 'heap-flag' || source === 'heap-default';

const useText = (judged: Judged): string => {
  const { limit } = judged;
  const used = formatBytes(limit.usedBytes);
  const where = isHeap(limit) && limit.pid !== judged.memory.tree.root.pid ? ` in process ${limit.pid}` : '';
  if (limit.usedBytes > limit.limitBytes) return `uses ${used}${where}, over ${limitText(limit)}`;
  return `uses ${used}${where}, ${Math.floor((limit.usedBytes / limit.limitBytes) * 100)} % of ${limitText(limit)}`;
};

/** One line that says what is wrong with a tree. */
export const summaryFor = (judged: Judged): string => {
  const { trend, limit, severity, treeBytes } = judged;
  const name = nameOf(judged);
  if (severity === null) return `${name} is the largest dev server here: ${formatBytes(treeBytes)}, and steady`;
  const grows = trend !== null && trend.verdict !== 'steady';
  if (!grows) return `${name} ${useText(judged)}`;
  const rate = rateText(trend.bytesPerMinute);
  if (limit.usedBytes > limit.limitBytes) return `${name} ${useText(judged)}, and grows ${rate}`;
  const verb = trend.verdict === 'leak' ? 'leaks' : 'grows';
  return `${name} ${verb} ${rate}${timeLeft(trend, limit)}`;
};

const trendText = ({ bytesPerMinute, verdict, minutes }: MemoryTrend): string => {
  const over = `over ${formatDuration(minutes * MINUTE)} of samples`;
  if (verdict === 'steady') return `steady ${over}`;
  const first = `rises ${rateText(bytesPerMinute)} ${over}`;
  return verdict === 'leak'
    ? `${first}, evenly for an hour, under all that garbage collection gives back`
    : `${first}; a slow start, a cache that fills and a leak look the same for an hour`;
};

const limitNote = ({ limit }: Judged): readonly string[] => {
  if (isHeap(limit))
    return [
      `${limitText(limit)} is for each process and counts only JavaScript objects; ` +
        `buffers and code use memory besides`,
    ];
  return [];
};

/** What the finding rests on: facts first, then the reasons. */
export const evidenceFor = (judged: Judged, now: number): readonly Evidence[] => {
  const { memory, treeBytes, trend } = judged;
  const { tree, cwd, members } = memory;
  const exact = members.every(({ pssBytes }) => pssBytes !== null);
  const facts = [
    ...(cwd === null ? [] : [cwd]),
    `up ${formatDuration(now - tree.root.startedAt)}`,
    ...(members.length > 1 ? [plural(members.length, 'process', 'processes')] : []),
    `${formatBytes(treeBytes)}${exact ? '' : ' at most'}`,
  ];
  // What was watched for seconds only is no reason to believe anything.
  const isTold = trend !== null && (trend.minutes >= 1 || trend.verdict !== 'steady');
  const reasons = [...limitNote(judged), ...(isTold ? [trendText(trend)] : [])];
  return [
    ...facts.map((text) => ({ text, source: 'facts' })),
    ...reasons.map((text) => ({ text, source: `process ${judged.limit.pid}` })),
  ];
};
