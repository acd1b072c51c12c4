import type { NamedPort } from './script-ports.ts';

const USUAL_PORT = 3000;

const scriptOf = ({ source }: NamedPort): string | null => /^package\.json script "(.+)"$/.exec(source)?.[1] ?? null;

const isPartOf = (name: string, script: string, command: string): boolean => {
  const own = name.replace(/^pre/, '') === script || name === script || name.startsWith(`${script}:`);
  return own || command.split(/[\s"'&|;:]+/).includes(name);
};

/**
 * The ports to free before a script: those the project names, but not those that only other scripts use, because a
 * server of such a script may run on purpose beside it. Where that leaves none, every port it names; and without any, 3000.
 */
export const hookPorts = (named: readonly NamedPort[], script: string, command: string): readonly number[] => {
  const known = named.filter(({ source }) => source !== 'default');
  const fitting = known.filter((port) => {
    const name = scriptOf(port);
    return name === null || isPartOf(name, script, command);
  });
  const ports = (fitting.length > 0 ? fitting : known).map(({ port }) => port);
  return ports.length === 0 ? [USUAL_PORT] : [...new Set(ports)];
};
