import type { Fields } from './fields/field.ts';
import { isObject } from './fields/readers.ts';
import { faultBesideApps, meaningOf } from './keys.ts';
import { shown, type Problem } from './problem.ts';

/** One app of a file, and how it is spoken of. */
export interface AppEntry {
  readonly where: string | null;
  readonly fields: Fields;
}

/** The apps of a file, and what is wrong around them. */
export interface AppsReading {
  readonly apps: readonly AppEntry[];
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
}

const NONE: Pick<AppsReading, 'apps' | 'notices'> = { apps: [], notices: [] };

const fault = (text: string): AppsReading => ({ ...NONE, problems: [{ where: null, text }] });

const whereOf = (fields: Fields, index: number): string => {
  const { name } = fields;
  return typeof name === 'string' && name.trim() !== '' ? `app ${shown(name)}` : `app ${index + 1}`;
};

const KIND_OF_LIST = 'apps must be a list of apps: apps: [{ name, script }]';

const entriesIn = (list: readonly unknown[]): AppsReading => {
  const problems: Problem[] = [];
  const apps = list.flatMap((item, index): readonly AppEntry[] => {
    if (!isObject(item)) {
      problems.push({ where: `app ${index + 1}`, text: `an app must be an object, and this is ${shown(item)}` });
      return [];
    }
    return [{ where: whereOf(item, index), fields: item }];
  });
  return { apps, problems, notices: [] };
};

/** `apps: { web: {…}, api: {…} }`: apps by their names, as no supervisor reads them. */
const isByName = (value: Fields): boolean =>
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([key, part]) => isObject(part) && meaningOf(key).kind !== 'field');

const appsUnder = (key: string, value: unknown): AppsReading => {
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    return list.length === 0 ? fault(`it has no apps: ${key} is an empty list`) : entriesIn(list);
  }
  if (!isObject(value)) return fault(`${KIND_OF_LIST}; ${key} is ${shown(value)}`);
  if (Object.hasOwn(value, 'apps')) return fault(`${key} holds another "apps"; take one of the two away`);
  if (isByName(value)) return fault(`${KIND_OF_LIST}; here they are an object, by their names`);
  return entriesIn([value]);
};

/** Parts of PM2's file that this supervisor does not act upon, when they say something. */
const noticesOf = (value: Fields): readonly string[] => {
  const { static: pages } = value;
  return pages === undefined || pages === null ? [] : ['"static" is ignored: files are not served'];
};

const withSiblings = (value: Fields, key: 'apps' | 'pm2'): AppsReading => {
  const inside = appsUnder(key, value[key]);
  const around = Object.keys(value).flatMap((name): readonly Problem[] => {
    const text = faultBesideApps(name);
    return text === null ? [] : [{ where: null, text }];
  });
  return { apps: inside.apps, problems: [...around, ...inside.problems], notices: noticesOf(value) };
};

const SIBLINGS = new Set(['deploy', 'static', 'doctor']);

/** One app, or nothing but what may stand beside apps. */
const oneObject = (value: Fields): AppsReading => {
  const own = Object.entries(value).filter(([name]) => !SIBLINGS.has(name));
  if (own.length === 0) return fault('it has no apps');
  const hasSetting = own.some(([name]) => meaningOf(name).kind === 'field');
  if (!hasSetting) {
    const told = own.map(([name]) => faultBesideApps(name)).find((text) => text !== null);
    return fault(`it has no apps${told === undefined || told === null ? '' : `: ${told}`}`);
  }
  return { ...entriesIn([Object.fromEntries(own)]), notices: noticesOf(value) };
};

/** Finds the apps in what a configuration file holds: `{ apps }`, `{ pm2 }`, a list, or one app. */
export const appsIn = (value: unknown): AppsReading => {
  if (Array.isArray(value)) return appsUnder('the file', value);
  if (!isObject(value)) return fault(`it has no apps: it must hold an object, and holds ${shown(value ?? null)}`);
  if (Object.hasOwn(value, 'apps')) return withSiblings(value, 'apps');
  if (Object.hasOwn(value, 'pm2')) return withSiblings(value, 'pm2');
  return oneObject(value);
};
