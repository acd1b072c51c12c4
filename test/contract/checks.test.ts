import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { parseFast } from '../../src/cli/parse-fast.ts';
import { fixes } from '../../src/fixes/index.ts';
import type { Check } from '../../src/model/check.ts';
import { isPortFinding, type Finding } from '../../src/model/finding.ts';
import type { FactName, Facts } from '../../src/model/snapshot.ts';
import { ROOT } from '../helpers/paths.ts';
import { membersOf } from './support/model-types.ts';
import { SCHEMAS } from './support/schemas.ts';
import type { Example } from './support/facts.ts';
import { EXAMPLES } from './support/snapshots.ts';

const FACTS: ReadonlySet<string> = new Set((membersOf('snapshot.ts', 'Facts')[0] ?? []).map(({ name }) => name));
const UNPRINTABLE = /\p{Cc}|[\u2028-\u202e\u2066-\u2069]/u;
const COLUMNS = 80;

const namesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map(({ name }) => basename(name, ending))
    .toSorted();

const ids = checks.map(({ id }) => id);

describe('the registry', () => {
  test('is alphabetical and names each check once', () => {
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  test('holds exactly the files of src/checks, each under its own name', () => {
    expect(namesIn('src/checks', '.ts').filter((name) => name !== 'index')).toEqual(ids);
  });

  test('has exactly one page for each check', () => {
    expect(namesIn('docs/checks', '.md')).toEqual(ids);
  });

  test('has examples for each check', () => {
    expect(Object.keys(EXAMPLES).toSorted()).toEqual(ids);
  });
});

/** Facts that cannot be changed, and of which only the declared ones can be read. */
const sealed = ({ facts }: Example, needs: readonly FactName[]): Facts => {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  };
  freeze(facts);
  return new Proxy(facts, {
    get: (target, name) => {
      if (!(needs as readonly (string | symbol)[]).includes(name)) throw new Error(`${String(name)} is not declared`);
      return target[name as FactName];
    },
  });
};

const examine = (check: Check, example: Example): readonly Finding[] => [
  ...check.examine(sealed(example, check.needs), example.context),
];

const named = (all: readonly Example[]): readonly (readonly [string, Example])[] =>
  all.map((example) => [example.name, example] as const);

/** How an id names its subject after the check. */
const SUBJECT_IN_ID: Readonly<Record<Finding['subject']['kind'], string>> = {
  port: 'tcp:[0-9]+',
  process: '[0-9]+',
  service: '[^\\p{Cc}]+',
};

const subjectOf = ({ subject }: Finding): string => {
  if (subject.kind === 'service') return subject.service;
  return String(subject.kind === 'port' ? subject.port : subject.pid);
};

/** The words of which a summary must name one: the port, the service, or a process of the tree. */
const namedBy = (finding: Finding): readonly string[] =>
  'members' in finding.data ? finding.data.members.map(({ pid }) => String(pid)) : [subjectOf(finding)];

/** A service is called as its owner wrote it; every other sentence begins like one. */
const opening = (finding: Finding): RegExp =>
  finding.subject.kind === 'service' ? /^\S.{10,}[^.\s]$/u : /^[A-Z0-9].{10,}[^.\s]$/u;

const expectGoodFindings = (check: Check, example: Example): void => {
  const findings = examine(check, example);
  expect(findings.length).toBeGreaterThan(0);
  expect(examine(check, example)).toEqual(findings);
  expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
  for (const finding of findings) {
    expect(finding.check).toBe(check.id);
    expect(finding.id).toMatch(new RegExp(`^${check.id}:${SUBJECT_IN_ID[finding.subject.kind]}$`, 'u'));
    expect(finding.evidence.length).toBeGreaterThan(0);
    expect(finding.summary).not.toMatch(UNPRINTABLE);
    expect(finding.summary).toMatch(opening(finding));
    expect(namedBy(finding).some((word) => finding.summary.includes(word))).toBe(true);
    expect(finding.id.endsWith(`:${subjectOf(finding)}`)).toBe(true);
  }
};

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const { finds, clear } = EXAMPLES[id] ?? { finds: [], clear: undefined };

  test('has an id and a title in the style of the house', () => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(check.title).toMatch(/^[A-Z][^.!?]{8,60}[^.!?\s]$/);
  });

  test('declares which facts it needs, each once', () => {
    expect(check.needs.length).toBeGreaterThan(0);
    expect(check.needs.filter((name, index) => !FACTS.has(name) || check.needs.indexOf(name) !== index)).toEqual([]);
  });

  test('has a page that starts with its id and fits a terminal', () => {
    const lines = readFileSync(join(ROOT, 'docs/checks', `${id}.md`), 'utf8').split('\n');
    expect(lines[0]).toBe(`# ${id}`);
    expect(lines.filter((line) => line.length > COLUMNS)).toEqual([]);
    expect(lines.length).toBeGreaterThan(20);
  });

  test('finds nothing where all is well', () => {
    expect(clear).toBeDefined();
    if (clear !== undefined) expect(examine(check, clear)).toEqual([]);
  });

  test.each(named(finds))('finds %s, and tells it well', (_, example) => {
    expectGoodFindings(check, example);
  });
});

/** What every check finds in its examples; made inside the tests, so that one check that throws fails them alone. */
const foundInExamples = (): readonly Finding[] =>
  checks.flatMap((check) => (EXAMPLES[check.id]?.finds ?? []).flatMap((one) => examine(check, one)));
const kinds = membersOf('remedy.ts', 'Remedy').flatMap(
  (fields) => fields.find(({ name }) => name === 'kind')?.words ?? [],
);

describe('remedies', () => {
  test('each kind has a fix, but what only a person can do', () => {
    expect(Object.keys(fixes).toSorted()).toEqual(kinds.filter((kind) => kind !== 'manual').toSorted());
    expect(Object.values(fixes).every((fix) => typeof fix === 'function')).toBe(true);
  });

  test('each kind is offered by some check', () => {
    const offered = new Set(foundInExamples().flatMap(({ remedies }) => remedies.map(({ kind }) => kind)));
    expect([...offered].toSorted()).toEqual(kinds.toSorted());
  });

  test('each shows only commands of ours that there are', () => {
    const shown = foundInExamples().flatMap(({ remedies }) => remedies.flatMap(({ commands }) => commands));
    const own = shown
      .map((line) => line.replace(/^sudo (?:-u \S+ )?/, ''))
      .filter((line) => line.startsWith('devdoctor '));
    expect(own.length).toBeGreaterThan(3);
    expect(own.filter((line) => parseFast(line.split(' ').slice(1)) === null)).toEqual([]);
  });

  test('each says why it would help', () => {
    expect(
      foundInExamples()
        .flatMap(({ remedies }) => remedies)
        .filter(({ rationale }) => rationale.length < 10),
    ).toEqual([]);
  });
});

test('the examples reach every state of a port and every severity', () => {
  const states = SCHEMAS.get('common')?.$defs?.['portState']?.enum ?? [];
  expect(states.length).toBeGreaterThan(0);
  const examples = foundInExamples();
  expect(new Set(examples.filter(isPortFinding).map(({ data }) => data.state))).toEqual(new Set(states));
  expect(new Set(examples.map(({ severity }) => severity))).toEqual(new Set(['error', 'warning', 'info']));
});

test('every page that explain prints is there', () => {
  expect(ids.filter((id) => !existsSync(join(ROOT, 'docs/checks', `${id}.md`)))).toEqual([]);
});
