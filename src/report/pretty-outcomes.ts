import type { ActionCommand, ServiceOutcome } from '../model/service-results.ts';
import { labelledCommand, paragraph } from './lines.ts';
import type { Look } from './look.ts';

const INDENT = 2;

const DONE: Readonly<Record<ActionCommand | 'kill', string>> = {
  start: 'started',
  stop: 'stopped',
  restart: 'restarted',
  delete: 'deleted',
  scale: 'started',
  reset: 'counts from 0 again',
  'send-signal': 'got the signal',
  flush: 'has empty logs',
  resurrect: 'started',
  kill: 'stopped',
};

const UNCHANGED: Readonly<Partial<Record<ActionCommand | 'kill', string>>> = {
  start: 'runs already',
  resurrect: 'runs already',
  scale: 'stays',
  stop: 'was down already',
  kill: 'was down already',
};

const doneText = (command: ActionCommand | 'kill', { status, pid }: ServiceOutcome): string => {
  if (status === 'deleted') return 'deleted';
  const runs = status === 'online' || status === 'launching';
  const said = command === 'restart' || DONE[command] === 'started';
  return said && runs && pid !== null ? `${DONE[command]}, pid ${pid}` : DONE[command];
};

const stateText = (command: ActionCommand | 'kill', outcome: ServiceOutcome): string => {
  if (outcome.outcome === 'done') return doneText(command, outcome);
  if (outcome.outcome === 'unchanged') return UNCHANGED[command] ?? 'is unchanged';
  return `is ${outcome.status}`;
};

const lineText = (command: ActionCommand | 'kill', outcome: ServiceOutcome, name: string): string => {
  const { detail } = outcome;
  if (detail === null) return `${name} ${stateText(command, outcome)}`;
  return outcome.outcome === 'unchanged' ? `${name}: ${detail}` : `${name} ${stateText(command, outcome)}: ${detail}`;
};

const linesOf = (
  command: ActionCommand | 'kill',
  outcome: ServiceOutcome,
  name: string,
  { paint, width }: Look,
): readonly string[] => {
  const mark = outcome.outcome === 'failed' ? paint.bad('✖') : paint.good('✔');
  const [first = '', ...rest] = paragraph(lineText(command, outcome, name), INDENT, width);
  const hint = outcome.hint === null ? [] : [labelledCommand('try', outcome.hint, 4, paint.good, paint.command)];
  return [`${mark} ${first.trimStart()}`, ...rest, ...hint];
};

/** Copies of one service have one name, and are told apart by their numbers. */
const namesOf = (outcomes: readonly ServiceOutcome[]): readonly string[] => {
  const names = outcomes.map(({ name }) => name);
  return outcomes.map(({ id, name }) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${id})`));
};

/** How each service came out of a command: a line each, and the next command where one helps. */
export const prettyOutcomes = (
  command: ActionCommand | 'kill',
  outcomes: readonly ServiceOutcome[],
  look: Look,
): string => {
  if (outcomes.length === 0) return 'Nothing to do.\n';
  const names = namesOf(outcomes);
  const lines = outcomes.flatMap((outcome, index) => linesOf(command, outcome, names[index] ?? outcome.name, look));
  return `${lines.join('\n')}\n`;
};
