import prompts from 'prompts';
import { DevdoctorError } from '../model/error.ts';
import type { Step } from '../model/plan.ts';
import { truncate } from '../util/fit-text.ts';

const cancelled = (): never => {
  throw new DevdoctorError('cancelled', 'cancelled: nothing was changed');
};

/** A prompt that was given up shows what it would have taken for an answer, unless it is told there is none. */
function forgetOnAbort(this: { aborted?: boolean; value?: unknown }): void {
  if (this.aborted === true) this.value = false;
}

/** Asks whether to do what was just shown. */
export const askToGoAhead = async (message: string, initial: boolean = true): Promise<boolean> => {
  const question = {
    type: 'confirm',
    name: 'go',
    message,
    initial,
    onRender: forgetOnAbort,
    stdout: process.stderr,
  } as const;
  const { go } = await prompts(question, { onCancel: cancelled });
  return go === true;
};

/** Columns that the prompt's own marks take. */
const MARKS = 12;

/** Asks which steps to take. One step is a yes or no; several are a list to choose from. */
export const askForConsent = async (steps: readonly Step[], columns: number): Promise<ReadonlySet<string>> => {
  const [only] = steps;
  if (only !== undefined && steps.length === 1) {
    return new Set((await askToGoAhead('Go ahead?', only.certainty !== 'possible')) ? [only.id] : []);
  }
  const choices = steps.map(({ id, title, certainty }) => ({
    title: truncate(`${id}. ${title}`, columns - MARKS),
    value: id,
    selected: certainty !== 'possible',
  }));
  const question = {
    type: 'multiselect',
    name: 'chosen',
    message: 'Which of these?',
    instructions: false,
    hint: 'space to choose, enter to go ahead',
    choices,
    stdout: process.stderr,
  } as const;
  const { chosen } = (await prompts(question, { onCancel: cancelled })) as { chosen?: readonly string[] };
  return new Set(chosen ?? []);
};
