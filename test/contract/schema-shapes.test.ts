import { describe, expect, test } from 'vitest';
import { elementOf, membersOf, type Field } from './support/model-types.ts';
import { SCHEMAS, validatorOf, type Schema } from './support/schemas.ts';

const RESULTS = 'results.ts';
const OF_SERVICES = 'service-results.ts';

/** Each shape of the model with the part of the schemas, or the parts, that say the same. */
const SHAPES: readonly (readonly [file: string, type: string, schema: string])[] = [
  [RESULTS, 'CheckResult', 'check.json'],
  [RESULTS, 'FixResult', 'fix.json'],
  [RESULTS, 'WhyResult', 'why.json'],
  [RESULTS, 'ExplainedProcess', 'why.json#/$defs/explainedProcess'],
  [RESULTS, 'PortsResult', 'ports.json'],
  [RESULTS, 'PortRow', 'ports.json#/$defs/portRow'],
  [RESULTS, 'HistoryResult', 'history.json'],
  [RESULTS, 'HistoryRow', 'history.json#/$defs/historyRow'],
  [RESULTS, 'UndoResult', 'undo.json'],
  [RESULTS, 'InitResult', 'init.json'],
  [RESULTS, 'InitHook', 'init.json#/$defs/initHook'],
  [RESULTS, 'ChecksResult', 'checks.json'],
  [RESULTS, 'ExplainResult', 'explain.json'],
  [OF_SERVICES, 'StartResult', 'start.json'],
  [OF_SERVICES, 'StopResult', 'stop.json'],
  [OF_SERVICES, 'RestartResult', 'restart.json'],
  [OF_SERVICES, 'DeleteResult', 'delete.json'],
  [OF_SERVICES, 'ScaleResult', 'scale.json'],
  [OF_SERVICES, 'ResetResult', 'reset.json'],
  [OF_SERVICES, 'SendSignalResult', 'send-signal.json'],
  [OF_SERVICES, 'FlushResult', 'flush.json'],
  [OF_SERVICES, 'ResurrectResult', 'resurrect.json'],
  [OF_SERVICES, 'ListResult', 'list.json'],
  [OF_SERVICES, 'ShowResult', 'show.json'],
  [OF_SERVICES, 'EnvResult', 'env.json'],
  [OF_SERVICES, 'ServiceEnvironment', 'env.json#/$defs/serviceEnvironment'],
  [OF_SERVICES, 'PidResult', 'pid.json'],
  [OF_SERVICES, 'ServicePid', 'pid.json#/$defs/servicePid'],
  [OF_SERVICES, 'SaveResult', 'save.json'],
  [OF_SERVICES, 'PingResult', 'ping.json'],
  [OF_SERVICES, 'KillResult', 'kill.json'],
  [OF_SERVICES, 'ServiceOutcome', 'services.json#/$defs/serviceOutcome'],
  [OF_SERVICES, 'SupervisorRef', 'services.json#/$defs/supervisorRef'],
  ['service.ts', 'ServiceRow', 'services.json#/$defs/serviceRow'],
  ['service.ts', 'ServiceDetail', 'services.json#/$defs/serviceDetail'],
  ['service.ts', 'ServiceSpec', 'services.json#/$defs/serviceSpec'],
  ['service.ts', 'LogSpec', 'services.json#/$defs/logSpec'],
  ['service.ts', 'RotationSpec', 'services.json#/$defs/rotationSpec'],
  ['service.ts', 'WatchSpec', 'services.json#/$defs/watchSpec'],
  ['service.ts', 'LastExit', 'services.json#/$defs/lastExit'],
  ['service.ts', 'PortBlock', 'services.json#/$defs/portBlock'],
  ['pm2-process.ts', 'Pm2Process', 'jlist.json#/$defs/pm2Process'],
  ['pm2-process.ts', 'Pm2Environment', 'jlist.json#/$defs/pm2Environment'],
  [RESULTS, 'OutcomeSummary', 'common.json#/$defs/outcomeSummary'],
  ['finding.ts', 'Finding', 'common.json#/$defs/finding'],
  ['finding.ts', 'Evidence', 'common.json#/$defs/evidence'],
  ['finding.ts', 'ChainLink', 'common.json#/$defs/chainLink'],
  ['finding.ts', 'PortHolder', 'common.json#/$defs/portHolder'],
  ['finding.ts', 'PortOccupiedData', 'common.json#/$defs/portOccupiedData'],
  ['finding.ts', 'LeftoverData', 'common.json#/$defs/leftoverData'],
  ['finding.ts', 'MemoryData', 'common.json#/$defs/memoryData'],
  ['finding.ts', 'MemoryTrend', 'common.json#/$defs/memoryTrend'],
  ['finding.ts', 'PortFinding', 'common.json#/$defs/portFinding'],
  ['finding.ts', 'LeftoverFinding', 'common.json#/$defs/leftoverFinding'],
  ['finding.ts', 'MemoryFinding', 'common.json#/$defs/memoryFinding'],
  ['finding.ts', 'LoopFinding', 'common.json#/$defs/loopFinding'],
  ['finding.ts', 'RestartLoopData', 'common.json#/$defs/restartLoopData'],
  [
    'finding.ts',
    'Subject',
    'common.json#/$defs/portSubject | common.json#/$defs/processSubject | common.json#/$defs/serviceSubject',
  ],
  ['log.ts', 'CodePlace', 'common.json#/$defs/codePlace'],
  ['manager.ts', 'ManagedBy', 'common.json#/$defs/managedBy'],
  ['process.ts', 'ProcessRef', 'common.json#/$defs/processRef'],
  ['remedy.ts', 'Remedy', 'common.json#/$defs/remedy'],
  ['plan.ts', 'Guard', 'common.json#/$defs/guard'],
  ['plan.ts', 'StepMember', 'common.json#/$defs/stepMember'],
  ['plan.ts', 'Relaunch', 'common.json#/$defs/relaunch'],
  ['plan.ts', 'Step', 'common.json#/$defs/step'],
  ['plan.ts', 'Plan', 'common.json#/$defs/plan'],
  ['plan.ts', 'StepResult', 'common.json#/$defs/stepResult'],
  ['plan.ts', 'Verdict', 'common.json#/$defs/verdict'],
];

/** Shapes that the model writes in place, inside another. */
const INNER: readonly (readonly [type: string, field: string, schema: string, file: string])[] = [
  ['Pm2Process', 'monit', 'jlist.json#/$defs/load', 'pm2-process.ts'],
  ['CheckResult', 'ports', 'check.json#/$defs/namedPort', RESULTS],
  ['WhyResult', 'target', 'why.json#/$defs/target', RESULTS],
  ['WhyResult', 'udp', 'why.json#/$defs/udpSocket', RESULTS],
  ['ExplainedProcess', 'children', 'common.json#/$defs/endedProcess', RESULTS],
  ['HistoryRow', 'ended', 'common.json#/$defs/endedProcess', RESULTS],
  ['ChecksResult', 'checks', 'checks.json#/$defs/catalogueEntry', RESULTS],
];

interface Located {
  readonly file: string;
  readonly schema: Schema;
}

const locate = (reference: string, from: string): Located => {
  const [named = '', part] = reference.split('#/$defs/');
  const file = named === '' ? from : named.replace(/\.json$/, '');
  const root = SCHEMAS.get(file);
  const schema = part === undefined ? root : root?.$defs?.[part];
  if (schema === undefined) throw new Error(`${reference} points to nothing`);
  return { file, schema };
};

const resolved = ({ file, schema }: Located): Located =>
  schema.$ref === undefined ? { file, schema } : resolved(locate(schema.$ref, file));

const allowsNull = ({ schema }: Located): boolean =>
  [schema.type].flat().includes('null') || (schema.anyOf ?? []).some((branch) => [branch.type].flat().includes('null'));

const wordsOf = (located: Located): readonly string[] | null => {
  const { enum: words, const: word } = resolved(located).schema;
  const texts = [words ?? [], word ?? []].flat().filter((each) => typeof each === 'string');
  return texts.length === 0 ? null : texts.toSorted();
};

const fieldsOf = ({ file, schema }: Located): readonly Field[] =>
  Object.entries(schema.properties ?? {})
    .map(([name, property]) => ({
      name,
      optional: schema.required?.includes(name) !== true,
      nullable: allowsNull(resolved({ file, schema: property })),
      words: wordsOf({ file, schema: property }),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name));

/** The objects that a part says there may be: itself, or what its branches lead to. */
const branchesOf = (located: Located): readonly Located[] =>
  located.schema.oneOf?.flatMap((schema) => branchesOf(resolved({ file: located.file, schema }))) ?? [located];

const membersOfSchema = (reference: string): readonly (readonly Field[])[] =>
  reference.split(' | ').flatMap((one) => branchesOf(locate(one, '')).map(fieldsOf));

const byWords = (members: readonly (readonly Field[])[]): readonly string[] =>
  members.map((member) => JSON.stringify(member)).toSorted();

describe('the schemas say what the model says', () => {
  test.each(SHAPES)('%s: %s', (file, type, reference) => {
    expect(byWords(membersOfSchema(reference))).toEqual(byWords(membersOf(file, type)));
  });

  test.each(INNER)('%s.%s', (type, field, reference, file) => {
    expect(membersOfSchema(reference)).toEqual([elementOf(file, type, field)]);
  });
});

interface Part extends Located {
  readonly path: string;
}

const partsBelow = (file: string, schema: Schema, path: string): Part[] => {
  const children = [
    ...Object.entries(schema.properties ?? {}),
    ...Object.entries(schema.$defs ?? {}),
    ...(schema.items === undefined ? [] : [['[]', schema.items] as const]),
    ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].map((branch, index) => [`|${index}`, branch] as const),
  ];
  return [{ file, schema, path }, ...children.flatMap(([name, child]) => partsBelow(file, child, `${path}/${name}`))];
};

const PARTS = [...SCHEMAS].flatMap(([file, schema]) => partsBelow(file, schema, file));

describe('every schema', () => {
  test.each([...SCHEMAS.keys()])('%s compiles in strict mode', (name) => {
    expect(validatorOf(name)).toBeTypeOf('function');
  });

  test('describes each field and each part', () => {
    const silent = PARTS.flatMap(({ path, schema }) => [
      ...Object.entries({ ...schema.properties, ...schema.$defs })
        .filter(([, part]) => (part.description ?? '') === '')
        .map(([name]) => `${path}/${name}`),
      ...(path.includes('/') || schema.description !== undefined ? [] : [path]),
    ]);
    expect(silent).toEqual([]);
  });

  test('names a unit in each field that is a time or a size', () => {
    const unit = /milliseconds|bytes|ISO 8601/i;
    const measures = PARTS.flatMap(({ schema }) => Object.entries(schema.properties ?? {})).filter(([name]) =>
      /(?:Ms|Bytes|At|^at|basedOn)$/.test(name),
    );
    expect(measures.length).toBeGreaterThan(8);
    expect(measures.filter(([, { description }]) => !unit.test(description ?? ''))).toEqual([]);
  });

  test('lets no unknown field into any object', () => {
    const open = PARTS.filter(({ schema }) => schema.type === 'object' && schema.additionalProperties !== false);
    expect(open.map(({ path }) => path).toSorted()).toEqual([
      'common/relaunch/environment',
      'common/restartLoopData/detail',
      'env/serviceEnvironment/env',
      'jlist/pm2Environment/env',
      'services/lastExit/detail',
      'services/serviceDetail/env',
      'services/serviceSpec/env',
    ]);
  });

  test('points only to parts that exist, and each part is pointed to', () => {
    const pointers = PARTS.flatMap(({ file, schema }) =>
      schema.$ref === undefined ? [] : [{ file, to: schema.$ref }],
    );
    const used = new Set(pointers.map(({ file, to }) => locate(to, file).schema));
    const defined = [...SCHEMAS.values()].flatMap(({ $defs }) => Object.entries($defs ?? {}));
    expect(defined.filter(([, part]) => !used.has(part)).map(([name]) => name)).toEqual([]);
  });
});
