import { expect } from 'vitest';
import type { FixJson } from '../helpers/cli-json.ts';
import { FOLDER, type ScenarioResult } from '../helpers/in-namespace.ts';
import { childrenOf, describeTrials, itself, PORT, type Trial } from '../helpers/trial.ts';
import { start, startOrphaned } from '../helpers/trial-steps.ts';

const server = [itself('server')];

const listening: Trial['check'] = { exit: 1, state: 'listening', holders: server };

const namesBoth = ({ programs }: ScenarioResult, told: FixJson): void => {
  const respawner = programs['respawner'];
  const verdict = told.verdicts.find(({ status }) => status === 'persists');
  const named = verdict?.detail.match(/\d+/g)?.map(Number);
  expect(respawner?.latest.others).not.toEqual(respawner?.first.others);
  expect(named).toEqual(expect.arrayContaining([respawner?.first.pid, ...(respawner?.latest.others ?? [])]));
};

describeTrials('how they end', [
  {
    name: '(g) a listener that nobody owns any more',
    steps: [startOrphaned('server', 'listen.mjs', PORT)],
    check: listening,
    fix: { exit: 0, ended: server },
  },
  {
    name: 'a listener that takes its time to end',
    steps: [start('server', 'finish-slowly.mjs', PORT, `${FOLDER}/note`)],
    check: listening,
    fix: { exit: 0, ended: server, also: ({ note }) => expect(note).toBe('finished\n') },
  },
  {
    name: '(j) SIGTERM ignored',
    steps: [start('server', 'ignore-sigterm.mjs', PORT, `${FOLDER}/note`)],
    check: listening,
    fix: { exit: 0, ended: server, also: ({ note }) => expect(note).toMatch(/^SIGTERM\n/) },
  },
  {
    name: '(k) a child that is started again 5 ms after its death',
    steps: [start('respawner', 'respawn-child.mjs', PORT)],
    check: { ...listening, holders: [childrenOf('respawner')] },
    fix: { exit: 4, ended: [childrenOf('respawner')], also: namesBoth },
  },
]);
