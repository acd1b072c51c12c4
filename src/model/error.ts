export type ErrorCode = 'usage' | 'configuration' | 'environment' | 'not-permitted' | 'cancelled';

/** An error a person can act on: what was tried, why it failed, and the next command to type. */
export class DevdoctorError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | null;
  /** What the message sums up, a line each. */
  readonly details: readonly string[];

  constructor(
    code: ErrorCode,
    message: string,
    hint: string | null = null,
    cause?: unknown,
    details: readonly string[] = [],
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DevdoctorError';
    this.code = code;
    this.hint = hint;
    this.details = details;
  }
}

/** Is this one of ours, to be told in a line, and not a fault of the program? By name: each bundled chunk has its own class. */
export const isKnownError = (error: unknown): error is DevdoctorError =>
  error instanceof Error && error.name === 'DevdoctorError';
