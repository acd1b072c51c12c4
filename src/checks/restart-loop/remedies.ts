import type { ServiceLog } from '../../model/log.ts';
import type { ManualRemedy } from '../../model/remedy.ts';
import type { Join } from './joins.ts';
import { mayBeEdits, nameOf } from './words.ts';

const manual = (instructions: string, rationale: string, commands: readonly string[]): ManualRemedy => ({
  kind: 'manual',
  risk: 'safe',
  instructions,
  rationale,
  commands,
});

/** A port that is held is freed by fix, which knows whose it is and how to end it. */
const freePort = (port: number): ManualRemedy =>
  manual(`Free port ${port}, or choose another for one of the two.`, `port ${port} is held now`, [
    `devdoctor fix --port ${port}`,
  ]);

/** What mends the cause, the most likely first, and where it is told at length. */
export const remediesFor = (service: ServiceLog, { heldPort }: Join): readonly ManualRemedy[] => {
  const { rootCause, words, ambiguous } = service;
  if (ambiguous !== null && (!service.restartLoop || mayBeEdits(service))) {
    return [manual(ambiguous.watch, ambiguous.why, words === null ? [] : [`devdoctor explain ${rootCause.code}`])];
  }
  const first = heldPort === null ? [] : [freePort(heldPort)];
  if (words === null) return first;
  const [best = words.title] = words.remedy;
  return [
    ...first,
    ...(heldPort === null ? [manual(best, words.title, [])] : []),
    manual(`Read what else may be behind it in ${nameOf(service)}.`, words.title, [
      `devdoctor explain ${rootCause.code}`,
    ]),
  ];
};
