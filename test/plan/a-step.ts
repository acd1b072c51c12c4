import type { Plan, Step } from '../../src/model/plan.ts';
import { refOf, type ProcessInfo } from '../../src/model/process.ts';
import type { TerminateRemedy } from '../../src/model/remedy.ts';

/** A remedy that ends one process. */
export const terminating = (target: ProcessInfo, said: Partial<TerminateRemedy> = {}): TerminateRemedy => ({
  kind: 'terminate',
  certainty: 'certain',
  risk: 'disruptive',
  rationale: 'ends the process that holds port 3000',
  commands: ['devdoctor fix --port 3000'],
  target: refOf(target),
  tree: true,
  graceMs: 3_000,
  ...said,
});

/** A step that only a person could take, but for what is said. */
export const aStep = (said: Partial<Step> = {}): Step => ({
  id: '1',
  title: 'end 100 node server.js',
  remedy: { kind: 'manual', risk: 'safe', rationale: 'why', commands: [], instructions: 'do' },
  resolves: ['port-occupied:tcp:3000'],
  guards: [],
  consent: 'ask',
  certainty: 'certain',
  refusal: null,
  members: [],
  spared: [],
  relaunch: null,
  ...said,
});

/** A step that ends some processes, leaf first. */
export const endingStep = (members: readonly [ProcessInfo, ...ProcessInfo[]], said: Partial<Step> = {}): Step =>
  aStep({
    remedy: terminating(members.at(-1) ?? members[0]),
    members: members.map((process) => ({ ...refOf(process), label: process.command.join(' ') })),
    ...said,
  });

/** A plan of some steps. */
export const aPlan = (...steps: readonly Step[]): Plan => ({ basedOn: 0, steps, leftToYou: [] });
