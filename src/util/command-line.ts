const PLAIN = /^[\w@%+=:,./~-]+$/;

/** An argument as a POSIX shell needs it: names come from the machine and may hold anything. */
const quoteArgument = (argument: string): string =>
  PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;

/** Writes an argument vector as a line to copy into a POSIX shell. */
export const commandLine = (command: readonly string[]): string => command.map(quoteArgument).join(' ');
