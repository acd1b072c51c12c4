const PLAIN = /^[\w@%+=:,./~-]+$/;

/** Writes an argument as a POSIX shell would need it. */
export const quoteArgument = (argument: string): string =>
  PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
