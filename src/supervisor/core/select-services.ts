import { DevdoctorError } from '../../model/error.ts';
import { didYouMean } from '../../util/did-you-mean.ts';

/** What a service is chosen by. */
export interface Selectable {
  readonly id: number;
  readonly name: string;
  readonly namespace: string;
  readonly configFile: string | null;
}

/** The flags that a regular expression may have; more letters after the last slash make it a path. */
const PATTERN = /^\/(.+)\/([dgimsuvy]*)$/s;

/** A pattern that is used again and again must not remember where it last matched. */
const STATEFUL = /[gy]/g;

const HINT = 'devdoctor list';

const patternOf = (target: string): RegExp | null => {
  const [, source, flags = ''] = PATTERN.exec(target) ?? [];
  if (source === undefined) return null;
  try {
    return new RegExp(source, flags.replace(STATEFUL, ''));
  } catch (cause) {
    throw new DevdoctorError('usage', `${target} is no regular expression`, HINT, cause);
  }
};

const noneMatches = (services: readonly Selectable[], target: string): DevdoctorError => {
  if (PATTERN.test(target)) return new DevdoctorError('usage', `no service has a name that matches ${target}`, HINT);
  if (/^\d+$/.test(target)) return new DevdoctorError('usage', `there is no service with the id ${target}`, HINT);
  const known = [...new Set(services.flatMap(({ name, namespace }) => [name, namespace]))];
  const meant = didYouMean(target, known);
  return new DevdoctorError(
    'usage',
    `there is no service "${target}"${meant === null ? '' : `; did you mean ${meant}?`}`,
    HINT,
  );
};

/** The first kind of word that a target is for any service: a file, an id, a pattern, a name, a namespace. */
const matchesOf = <T extends Selectable>(services: readonly T[], target: string): readonly T[] => {
  const fromFile = services.filter(({ configFile }) => configFile === target);
  if (fromFile.length > 0) return fromFile;
  if (/^\d+$/.test(target)) return services.filter(({ id }) => id === Number(target));
  const pattern = patternOf(target);
  if (pattern !== null) return services.filter(({ name }) => pattern.test(name));
  const named = services.filter(({ name }) => name === target);
  return named.length > 0 ? named : services.filter(({ namespace }) => namespace === target);
};

/**
 * The services that words name, each once and in the order they have: an id, `all`, a name with all its instances, a
 * namespace, `/a regular expression/`, or the absolute path of a configuration file. Throws when a word names none,
 * whatever the others do; `all` of none is none.
 */
export const selectServices = <T extends Selectable>(
  services: readonly T[],
  targets: readonly string[],
): readonly T[] => {
  const chosen = new Set<T>();
  for (const target of targets) {
    const matches = target === 'all' ? services : matchesOf(services, target);
    if (matches.length === 0 && target !== 'all') throw noneMatches(services, target);
    for (const service of matches) chosen.add(service);
  }
  return services.filter((service) => chosen.has(service));
};
