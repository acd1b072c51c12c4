import prompts from 'prompts';
import { DevdoctorError } from '../model/error.ts';

const cancelled = (): never => {
  throw new DevdoctorError('cancelled', 'cancelled: nothing was changed');
};

/** A prompt that was given up shows what it would have taken for an answer, unless it is told there is none. */
function forgetOnAbort(this: { aborted?: boolean; value?: unknown }): void {
  if (this.aborted === true) this.value = false;
}

/** Asks whether to do what was just shown. */
export const askToGoAhead = async (message: string): Promise<boolean> => {
  const question = {
    type: 'confirm',
    name: 'go',
    message,
    initial: true,
    onRender: forgetOnAbort,
    stdout: process.stderr,
  } as const;
  const { go } = await prompts(question, { onCancel: cancelled });
  return go === true;
};
