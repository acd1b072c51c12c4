import { defineCheck, type Check, type CheckContext } from '../model/check.ts';
import type { MemoryFinding } from '../model/finding.ts';
import { refOf } from '../model/process.ts';
import { judgeMemory, type Judged } from './memory-overrun/judge.ts';
import { remediesFor } from './memory-overrun/remedies.ts';
import { evidenceFor, summaryFor } from './memory-overrun/words.ts';

const ID = 'memory-overrun';

const findingOf = (judged: Judged, id: string, context: CheckContext): MemoryFinding => {
  const { memory, limit, trend, severity, service, treeBytes } = judged;
  const process = memory.tree.members.find(({ pid }) => pid === limit.pid) ?? memory.tree.root;
  const own = memory.members.find(({ pid }) => pid === process.pid);
  return {
    id,
    check: ID,
    severity: severity ?? 'info',
    subject: { kind: 'process', pid: process.pid },
    summary: summaryFor(judged),
    evidence: evidenceFor(judged, context.now),
    data: {
      ...refOf(process),
      command: process.command.join(' '),
      project: memory.cwd === null ? null : context.projectOf(memory.cwd),
      service,
      rssBytes: own?.rssBytes ?? process.memoryBytes ?? 0,
      pssBytes: own?.pssBytes ?? null,
      treeBytes,
      limitBytes: limit.limitBytes,
      limitSource: limit.source,
      trend,
    },
    remedies: remediesFor(judged),
  };
};

/** Of several instances of a service the largest has its name. */
const idsOf = (told: readonly Judged[]): readonly string[] =>
  told.map(({ service, memory }, index) => {
    const first = told.findIndex((other) => other.service === service) === index;
    return `${ID}:${service !== null && first ? service : memory.tree.root.pid}`;
  });

/** Does a dev server use more memory than it may, or grow until it will? */
export const memoryOverrun: Check<'memory'> = defineCheck({
  id: ID,
  title: 'No dev server uses more memory than it may',
  needs: ['memory'],
  examine: ({ memory }, context) => {
    const judged = judgeMemory(memory, context);
    const wrong = judged.filter(({ severity }) => severity !== null);
    // Who watches wants to see something: the largest, with how it goes.
    const told = wrong.length > 0 ? wrong : judged.filter(({ trend }) => trend !== null).slice(0, 1);
    const ids = idsOf(told);
    return told.map((one, index) => findingOf(one, ids[index] ?? '', context));
  },
});
