import type { ManualRemedy, Remedy } from '../../model/remedy.ts';
import { formatBytes } from '../../util/bytes.ts';
import { commandLine } from '../../util/command-line.ts';
import { defaultHeapLimit } from './heap-limit.ts';
import type { Judged } from './judge.ts';
import { isNear } from './limits.ts';

const MB = 1024 ** 2;
/** What of a container may be heap; the rest is for buffers, code and the kernel. */
const HEAP_SHARE = 0.75;

const manual = (instructions: string, rationale: string, commands: readonly string[] = []): ManualRemedy => ({
  kind: 'manual',
  risk: 'safe',
  instructions,
  rationale,
  commands,
});

/** The command line that started it, with one more option for its runtime; the same option on the line itself would win. */
const startedWith = ({ memory }: Judged, option: string): string => {
  const [name = ''] = option.split('=');
  const { command } = memory.tree.root;
  const given = command.findIndex((word) => word.startsWith(`${name}=`));
  return given < 0 ? `NODE_OPTIONS=${option} ${commandLine(command)}` : commandLine(command.with(given, option));
};

const snapshots = (judged: Judged): Remedy =>
  manual(
    'Start it with heap snapshots near the limit, and compare two of them in the memory panel of Chrome.',
    'what grows between two snapshots is what is kept',
    [startedWith(judged, '--heapsnapshot-near-heap-limit=2')],
  );

const heapOption = (bytes: number): string => `--max-old-space-size=${Math.floor(bytes / MB)}`;

const forGroup = (judged: Judged): readonly Remedy[] => {
  const { limitBytes } = judged.limit;
  const commands = [startedWith(judged, heapOption(limitBytes * HEAP_SHARE))];
  // In a small container Node allows itself more than there is.
  return defaultHeapLimit(limitBytes) >= limitBytes
    ? [
        manual(
          'Raise the limit of the control group, or give Node a heap limit below it: the kernel kills it without a word before V8 can say that its heap is full.',
          'the default heap limit is above that of the control group',
          commands,
        ),
      ]
    : [
        manual(
          'Raise the limit of the control group, or keep the heap below it: at the limit the kernel kills it without a word (exit code 137).',
          'buffers and code count there too, not the heap alone',
          commands,
        ),
      ];
};

const raise = (judged: Judged): readonly Remedy[] => {
  const { source, limitBytes, usedBytes } = judged.limit;
  const enough = Math.ceil((Math.max(usedBytes, limitBytes) * 1.5) / (64 * MB)) * 64 * MB;
  switch (source) {
    case 'settings':
      return [
        manual(
          `If the work needs that much, raise the limit to ${formatBytes(enough)} or so.`,
          'the limit may be too small for the work',
        ),
      ];
    case 'max_memory_restart':
      return [
        manual(
          `If the work needs that much, raise max_memory_restart to ${Math.round(enough / MB)}M or so.`,
          'at the limit it is restarted, which hides a leak and ends requests',
        ),
      ];
    case 'heap-flag':
    case 'heap-default':
      return [
        manual(
          'If the work needs that much, give each process a larger heap, and less than its container has.',
          'at the limit V8 ends the process (exit code 134)',
          [startedWith(judged, heapOption(enough))],
        ),
      ];
    case 'control-group':
      return forGroup(judged);
    case 'machine':
      return [manual('End what is not needed, or restart this one.', 'the machine has little memory left')];
    case 'none':
      return [];
  }
};

/** What would help: to find out what is kept where it grows, else to fit limit and need to each other. */
export const remediesFor = (judged: Judged): readonly Remedy[] => {
  const { limit, trend, severity } = judged;
  if (severity === null) return [];
  if (trend === null || trend.verdict === 'steady') return [...raise(judged), snapshots(judged)];
  return [snapshots(judged), ...(isNear(limit) || limit.source === 'control-group' ? raise(judged) : [])];
};
