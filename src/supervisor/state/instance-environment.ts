import type { ServiceSpec } from '../../model/service.ts';
import { MARK_VARIABLE, type Home } from './home.ts';

/** The value by which a service and all it starts are known. */
export const markOf = (home: Home, id: number): string => `${home.key}.${id}`;

/** The same as it stands in an environment. */
export const markEntryOf = (home: Home, id: number): string => `${MARK_VARIABLE}=${markOf(home, id)}`;

const grown = (value: string | undefined, by: number): string | undefined =>
  value !== undefined && /^\d+$/.test(value) ? String(Number(value) + by) : value;

/** The environment of one instance of a service, but for its mark. */
export const instanceEnvironment = (spec: ServiceSpec, instance: number): Readonly<Record<string, string>> => {
  const { env, incrementVariable, instanceVariable, cwd } = spec;
  const increment = incrementVariable === null ? undefined : grown(env[incrementVariable], instance);
  return {
    ...env,
    PWD: cwd,
    [instanceVariable]: String(instance),
    ...(incrementVariable === null || increment === undefined ? {} : { [incrementVariable]: increment }),
  };
};

/** The port that one instance needs; `null` when its configuration names none. */
export const neededPort = ({ port, incrementVariable }: ServiceSpec, instance: number): number | null =>
  port === null || incrementVariable !== 'PORT' ? port : port + instance;
