import { didYouMean } from '../../util/did-you-mean.ts';
import { FIELDS, KEYS, type Key } from './fields/index.ts';

/** PM2 takes these for its own services, or took them once; here they mean nothing. */
const LEGACY = [
  'pmx',
  'vizion',
  'automation',
  'trace',
  'disable_trace',
  'v8',
  'event_loop_inspector',
  'deep_monitoring',
  'io',
  'post_update',
  'install_url',
  'write',
  'execute_command',
  'username',
  'disable_source_map_support',
  'instrument',
  'instrument_http',
];

/** What stands beside the apps of a file, and not in one of them. */
const BESIDE_APPS: readonly string[] = ['apps', 'pm2', 'deploy', 'static', 'doctor'];

/** Room for a schema's address, for comments, and for what YAML files share between apps. */
const FREE = /^(?:\$schema$|x-|\/\/)/;

const PROFILE = /^env_(.+)$/s;

/** `max_restarts` as it is also written: `maxRestarts`. */
const camelCase = (key: string): string => key.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());

const both = (key: string): readonly string[] => [...new Set([key, camelCase(key)])];

const BY_NAME: ReadonlyMap<string, Key> = new Map(
  KEYS.flatMap((key) => [key, ...FIELDS[key].aliases].flatMap(both).map((name) => [name, key] as const)),
);

const LEGACY_NAMES: ReadonlySet<string> = new Set(LEGACY.flatMap(both));

/** One of several spellings, without what tells them apart. */
const bare = (key: string): string => key.toLowerCase().replace(/[-_ ]/g, '');

const BY_BARE: ReadonlyMap<string, string> = new Map(
  [...BY_NAME].map(([name, key]) => [bare(name), name === bare(name) ? name : key]),
);

/** What a key of an app is. */
export type KeyMeaning =
  | { readonly kind: 'field'; readonly key: Key }
  | { readonly kind: 'profile'; readonly profile: string }
  | { readonly kind: 'legacy' | 'free' }
  | { readonly kind: 'misplaced'; readonly where: string }
  | { readonly kind: 'unknown'; readonly meant: string | null };

const nearestOf = (name: string, known: readonly string[]): string | null => didYouMean(name, known);

const meaningOfOther = (name: string): KeyMeaning => {
  if (LEGACY_NAMES.has(name)) return { kind: 'legacy' };
  if (FREE.test(name)) return { kind: 'free' };
  if (BESIDE_APPS.includes(name))
    return { kind: 'misplaced', where: 'it belongs beside "apps", at the top of the file' };
  const bent = /^env[-A-Z](.+)$/s.exec(name);
  if (bent !== null) return { kind: 'unknown', meant: `env_${name.slice(3).replace(/^-/, '').toLowerCase()}` };
  const meant = BY_BARE.get(bare(name)) ?? nearestOf(name, [...BY_NAME.keys(), ...LEGACY]);
  if (meant === null && /^[A-Z][A-Z\d_]+$/.test(name)) return { kind: 'misplaced', where: 'variables belong in "env"' };
  return { kind: 'unknown', meant };
};

/** The setting that goes by this name; `null` for none. */
export const keyNamed = (name: string): Key | null => BY_NAME.get(name) ?? null;

/** What a key of an app means, whichever of its names is used. */
export const meaningOf = (name: string): KeyMeaning => {
  const key = keyNamed(name);
  if (key !== null) return { kind: 'field', key };
  const [, profile] = PROFILE.exec(name) ?? [];
  return profile === undefined ? meaningOfOther(name) : { kind: 'profile', profile };
};

/** What a key is that stands beside `apps`: nothing to say, or what is wrong with it. */
export const faultBesideApps = (name: string): string | null => {
  if (BESIDE_APPS.includes(name) || FREE.test(name)) return null;
  const { kind } = meaningOf(name);
  if (kind === 'field' || kind === 'profile' || kind === 'legacy')
    return `${name} stands beside "apps", where it does nothing; it belongs in an app`;
  const meant = nearestOf(name, BESIDE_APPS);
  return `${name} is no key of an ecosystem file${meant === null ? '' : `; did you mean ${meant}?`}`;
};

/** Names that no program takes for its variables, but that are settings of an app. */
const PLAIN_SETTINGS = new Set(['instances', 'autorestart', 'autostart', 'interpreter', 'treekill']);

/** Is this a setting, rather than a variable, although it stands among variables? Short words may be either. */
export const isSetting = (name: string): boolean => {
  const meaning = meaningOf(name);
  return (
    PLAIN_SETTINGS.has(name) ||
    (meaning.kind === 'field' && meaning.key.includes('_') && bare(name) === bare(meaning.key)) ||
    (meaning.kind === 'profile' && name === name.toLowerCase())
  );
};
