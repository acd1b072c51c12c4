import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { diagnoseLogs } from '../../../src/logs/diagnose-logs.ts';
import type { LogDiagnosis, LogReport, LogSource } from '../../../src/logs/types.ts';

/** The `expected.json` of a case. */
export interface ExpectedCase {
  readonly case: string;
  readonly files: readonly string[];
  readonly service: string | null;
  readonly restartLoop: boolean;
  readonly restarts: number;
  readonly rootCause: string;
  readonly alsoAccept?: readonly string[];
  readonly evidence: string | null;
  readonly ambiguousFromLogAlone?: boolean;
  readonly generator?: string;
}

/** How a diagnosis compares with what was expected. */
export interface CaseScore {
  readonly name: string;
  readonly loop: boolean;
  readonly falsePositive: boolean;
  readonly count: boolean;
  readonly cause: boolean;
  readonly evidence: boolean;
  readonly told: string;
}

/** The cases of a folder that hold their own logs, by name. */
export const casesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .toSorted();

export const expectedOf = (folder: string, name: string): ExpectedCase =>
  JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as ExpectedCase;

export const sourceOf = (path: string, name: string): LogSource => ({
  name,
  modifiedAt: statSync(path).mtimeMs,
  chunks: createReadStream(path, { highWaterMark: 65_536 }),
});

export const diagnoseCase = (folder: string, expected: ExpectedCase): Promise<LogReport> =>
  diagnoseLogs(
    expected.files.map((file) => sourceOf(join(folder, expected.case, file), file)),
    { now: null },
  );

const chosenOf = (diagnoses: readonly LogDiagnosis[], service: string | null): LogDiagnosis | undefined =>
  diagnoses.find((diagnosis) => service !== null && diagnosis.service === service) ?? diagnoses[0];

const NOTHING: Pick<LogDiagnosis, 'restartLoop' | 'restarts' | 'rootCause' | 'evidence' | 'ambiguous' | 'service'> = {
  restartLoop: false,
  restarts: 0,
  rootCause: { code: 'NONE', confidence: 'C', detail: {} },
  evidence: [],
  ambiguous: null,
  service: null,
};

const cites = (evidence: LogDiagnosis['evidence'], text: string | null): boolean =>
  text === null ||
  evidence
    .map((one) => one.text)
    .join('\n')
    .includes(text);

const scoreOf = (expected: ExpectedCase, diagnoses: readonly LogDiagnosis[]): CaseScore => {
  const found = chosenOf(diagnoses, expected.service) ?? NOTHING;
  const { restartLoop, restarts, rootCause, evidence, service } = found;
  const doubted = expected.ambiguousFromLogAlone === true && found.ambiguous !== null;
  const accepted = [expected.rootCause, ...(expected.alsoAccept ?? [])];
  return {
    name: expected.case,
    loop: doubted || restartLoop === expected.restartLoop,
    falsePositive: !expected.restartLoop && diagnoses.some((one) => one.restartLoop),
    count: Math.abs(restarts - expected.restarts) <= 1,
    cause: doubted || accepted.includes(rootCause.code),
    evidence: doubted || cites(evidence, expected.evidence),
    told: `loop ${restartLoop}/${expected.restartLoop} restarts ${restarts}/${expected.restarts} cause ${rootCause.code}/${expected.rootCause} service ${service}/${expected.service} of ${diagnoses.length}`,
  };
};

export const scoreCase = async (folder: string, name: string): Promise<CaseScore> => {
  const expected = expectedOf(folder, name);
  const { diagnoses } = await diagnoseCase(folder, expected);
  return scoreOf(expected, diagnoses);
};
