import { isAbsolute, relative } from 'node:path';
import { DevdoctorError } from '../../model/error.ts';
import { didYouMean } from '../../util/did-you-mean.ts';
import { appsIn, type AppEntry } from './apps-in.ts';
import type { AppOptions } from './fields/index.ts';
import { absolutePath, isFile } from './find-program.ts';
import { problemsError, shown, type Problem } from './problem.ts';
import { readApp, type AppReading } from './read-app.ts';
import { nameFault, usualName } from './service-name.ts';
import { cwdOf, specOfApp } from './spec-of-app.ts';
import type { SpecRequest, SpecsReading } from './spec-request.ts';

interface NamedApp {
  readonly where: string | null;
  readonly reading: AppReading;
  readonly name: string;
}

/** The file as people know it from where they are. */
const sourceOf = ({ file, folder }: SpecRequest): string | null => {
  if (file === null) return null;
  const near = relative(folder, file);
  return near.startsWith('..') || isAbsolute(near) ? file : near;
};

const nameOf = (options: AppOptions, request: SpecRequest): string => {
  const { name, script, name_prefix: prefix, append_env_to_name: append } = options;
  const cwd = cwdOf(options, request);
  const isLine = script !== null && /\s/.test(script) && !isFile(absolutePath(script, cwd, request.shell['HOME']));
  const own = name ?? (script === null ? '' : usualName(script, cwd, isLine));
  return `${prefix}${own}${append && request.profile !== null ? `-${request.profile}` : ''}`;
};

const faultsOfNames = ({ reading: { options, written }, name }: NamedApp): readonly string[] => {
  const namespace = nameFault(options.namespace);
  const fault = options.name === null && options.script === null ? null : nameFault(name);
  return [
    ...(fault === null ? [] : [`${written('name')} cannot be ${shown(name)}: ${fault}`]),
    ...(namespace === null ? [] : [`${written('namespace')} cannot be ${shown(options.namespace)}: ${namespace}`]),
  ];
};

const problemsOf = (app: NamedApp): readonly Problem[] =>
  [...app.reading.problems, ...faultsOfNames(app)].map((text) => ({
    where: text.startsWith('--') ? null : app.where,
    text,
  }));

/** A flag is the same for all apps, and so is what is wrong with it. */
const withoutRepeats = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(
    ({ where, text }, index) => index === problems.findIndex((other) => other.where === where && other.text === text),
  );

const duplicates = (apps: readonly NamedApp[]): readonly Problem[] => {
  const names = apps.filter(({ reading }) => reading.options.script !== null).map(({ name }) => name);
  const double = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...double].map((name) => ({
    where: null,
    text: `${names.filter((other) => other === name).length} apps are named ${shown(name)}: give each a name of its own`,
  }));
};

const listed = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.join(', '));

const chosen = (apps: readonly NamedApp[], { only }: SpecRequest, source: string | null): readonly NamedApp[] => {
  if (only.length === 0) return apps;
  const names = apps.map(({ name }) => name);
  const isCalled = (app: NamedApp, word: string): boolean => app.name === word || app.reading.options.name === word;
  const unknown = only.find((word) => !apps.some((app) => isCalled(app, word)));
  if (unknown === undefined) return apps.filter((app) => only.some((word) => isCalled(app, word)));
  const meant = didYouMean(unknown, names);
  throw new DevdoctorError(
    'usage',
    `--only ${unknown}: ${source ?? 'the command line'} has no app of this name${meant === null ? '' : `; did you mean ${meant}?`}`,
    `its apps: ${listed(names)}`,
  );
};

/** The names that `--env` may have for what a file holds. */
const profilesIn = (apps: readonly NamedApp[]): readonly string[] => [
  ...new Set(apps.flatMap(({ reading }) => Object.keys(reading.profiles))),
];

const refuseUnknownProfile = (apps: readonly NamedApp[], { profile }: SpecRequest, source: string | null): void => {
  const known = profilesIn(apps);
  if (profile === null || known.includes(profile)) return;
  const meant = didYouMean(profile, known);
  throw new DevdoctorError(
    'usage',
    source === null
      ? `--env ${profile}: this needs an ecosystem file that has env_${profile}`
      : `--env ${profile}: no app of ${source} has env_${profile}${meant === null ? '' : `; did you mean ${meant}?`}`,
    source === null ? 'devdoctor start --help' : `its profiles: ${listed(known)}`,
  );
};

const ignoredNotice = (apps: readonly NamedApp[], source: string | null): readonly string[] => {
  const ignored = [...new Set(apps.flatMap(({ reading }) => reading.ignored))];
  return ignored.length === 0
    ? []
    : [`${source === null ? '' : `${source}: `}ignored, as only PM2's own services use it: ${ignored.join(', ')}`];
};

const readEntry = ({ where, fields }: AppEntry, request: SpecRequest): NamedApp => {
  const reading = readApp({ file: fields, flags: request.overrides });
  return { where, reading, name: nameOf(reading.options, request) };
};

/** Makes services of apps that were found. All that is wrong is told at once, and then there are none. */
export const servicesOfApps = (
  entries: readonly AppEntry[],
  around: readonly Problem[],
  request: SpecRequest,
): SpecsReading => {
  const source = sourceOf(request);
  const apps = entries.map((entry) => readEntry(entry, request));
  const problems = [...around, ...apps.flatMap(problemsOf), ...duplicates(apps)];
  const wanted = chosen(apps, request, source);
  if (problems.length === 0) refuseUnknownProfile(apps, request, source);
  const answers = wanted.map(({ reading, name, where }) => ({ where, answer: specOfApp(reading, name, request) }));
  const missing = answers.flatMap(({ where, answer }) =>
    answer.ok ? [] : answer.problems.map((text) => ({ where, text })),
  );
  const all = withoutRepeats([...problems, ...missing]);
  if (all.length > 0) throw problemsError(all, source);
  return {
    specs: answers.flatMap(({ answer }) => (answer.ok ? [answer.spec] : [])),
    notices: [
      ...ignoredNotice(apps, source),
      ...answers.flatMap(({ where, answer }) => (answer.ok ? answer.notices.map((text) => `${where}: ${text}`) : [])),
    ],
  };
};

/** Makes services of what a configuration file holds. */
export const servicesOf = (value: unknown, request: SpecRequest): SpecsReading => {
  const { apps, problems, notices } = appsIn(value);
  const reading = servicesOfApps(apps, problems, request);
  return { ...reading, notices: [...notices, ...reading.notices] };
};
