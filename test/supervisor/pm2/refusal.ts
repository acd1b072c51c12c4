import { isKnownError, type DevdoctorError } from '../../../src/model/error.ts';

/** The error that this throws, which must be one for people. */
export const refusalOf = (run: () => unknown): DevdoctorError => {
  try {
    run();
  } catch (error) {
    if (isKnownError(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

/** All that an error says, its details on lines of their own. */
export const saidBy = (run: () => unknown): string => {
  const { message, details } = refusalOf(run);
  return [message, ...details].join('\n');
};
