import { OBSERVED_VARIABLES } from '../../model/environment.ts';

/** The observed values of a process's environment, and the names of all of it. */
export interface Environment {
  readonly values: Readonly<Record<string, string>>;
  readonly names: readonly string[];
}

/** Reads the NUL-separated /proc/PID/environ; values that explain nothing are never kept. */
export const parseEnvironment = (text: string): Environment => {
  const values: Record<string, string> = {};
  const names: string[] = [];
  for (const entry of text.split('\0')) {
    const equals = entry.indexOf('=');
    if (equals < 1) continue;
    const name = entry.slice(0, equals);
    names.push(name);
    if (OBSERVED_VARIABLES.has(name)) values[name] = entry.slice(equals + 1);
  }
  return { values, names };
};
