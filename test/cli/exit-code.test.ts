import { describe, expect, it } from 'vitest';
import { checkExitCode, fixExitCode } from '../../src/cli/exit-code.ts';
import { EXIT } from '../../src/cli/exit-codes.ts';
import type { CheckOutcome } from '../../src/model/check.ts';
import type { Finding, Severity } from '../../src/model/finding.ts';
import type { StepResult, Verdict } from '../../src/model/plan.ts';
import { aFinding } from '../helpers/a-snapshot.ts';
import { aStep } from '../plan/a-step.ts';

const CLEAR: CheckOutcome = { status: 'clear', check: 'a' };
const SKIPPED: CheckOutcome = { status: 'skipped', check: 'b', because: 'EMFILE' };
const CRASHED: CheckOutcome = { status: 'crashed', check: 'c', error: new Error('x') };
const FOUND: CheckOutcome = { status: 'found', check: 'd', findings: [] };

const found = (...severities: readonly Severity[]): readonly Finding[] =>
  severities.map((severity) => aFinding([], { severity }));

it('the codes are those that scripts hold on to', () => {
  expect(EXIT).toEqual({ ok: 0, findings: 1, usage: 2, notLooked: 3, notResolved: 4, refused: 5, fault: 70 });
});

describe('the exit code of a look', () => {
  it.each<[number, string, readonly CheckOutcome[], readonly Severity[], boolean?]>([
    [0, 'all is clear', [CLEAR], []],
    [0, 'only what is as it should be was found', [FOUND], ['info']],
    [0, 'only a warning was found', [FOUND], ['warning']],
    [1, 'only a warning was found, strictly', [FOUND], ['warning'], true],
    [0, 'only information was found, strictly', [FOUND], ['info'], true],
    [1, 'an error was found', [FOUND], ['info', 'error']],
    [1, 'an error was found though another check was skipped', [FOUND, SKIPPED], ['error']],
    [1, 'an error was found though another check crashed', [FOUND, CRASHED], ['error']],
    [3, 'something could not be looked at, and nothing was found', [CLEAR, SKIPPED], []],
    [3, 'something could not be looked at, beside mere information', [FOUND, SKIPPED], ['info']],
    [70, 'a check crashed, and nothing was found', [CLEAR, CRASHED], []],
    [70, 'a check crashed and another was skipped', [SKIPPED, CRASHED], []],
  ])('is %i where %s', (code, _, outcomes, severities, strict = false) => {
    expect(checkExitCode(outcomes, found(...severities), strict)).toBe(code);
  });
});

describe('the exit code of a fix', () => {
  const results = (...statuses: readonly StepResult['status'][]): readonly StepResult[] =>
    statuses.map((status) => ({ step: '1', status, detail: '' }));
  const verdicts = (...statuses: readonly Verdict['status'][]): readonly Verdict[] =>
    statuses.map((status) => ({ finding: 'port-occupied:tcp:3000', status, detail: '' }));

  it.each<[number, string, readonly StepResult['status'][], readonly Verdict['status'][]]>([
    [0, 'everything is resolved', ['done'], ['resolved']],
    [0, 'the port was free again before anything was done', ['withheld'], ['resolved']],
    [0, 'what failed resolved itself', ['failed'], ['resolved']],
    [4, 'it was done and the port was taken again', ['done'], ['persists']],
    [4, 'it was done and cannot be verified', ['done'], ['unverified']],
    [4, 'one of two is not resolved', ['done', 'done'], ['resolved', 'persists']],
    [4, 'it survived', ['failed'], ['persists']],
    [4, 'one step was taken and another withheld', ['done', 'withheld'], ['resolved', 'persists']],
    [5, 'it was refused', ['withheld'], ['persists']],
    [5, 'consent is missing', ['declined'], ['persists']],
    [5, 'there is nothing but what a person should do', [], ['persists']],
    [5, 'nothing was done and nothing can be said', [], ['unverified']],
  ])('is %i where %s', (code, _, steps, seen) => {
    expect(fixExitCode([FOUND], results(...steps), verdicts(...seen), { steps: [] })).toBe(code);
  });

  it.each<[number, string, StepResult['status'], Verdict['status']]>([
    [5, 'nobody said yes to a left-behind process, though another was ended', 'declined', 'persists'],
    [4, 'a left-behind process survived', 'failed', 'persists'],
    [0, 'every left-behind process has ended', 'done', 'resolved'],
  ])('is %i where %s', (code, _, status, seen) => {
    const steps = [
      aStep({ id: '1', resolves: ['orphan-process:1'] }),
      aStep({ id: '2', resolves: ['orphan-process:2'] }),
    ];
    const told: readonly StepResult[] = [
      { step: '1', status: 'done', detail: '' },
      { step: '2', status, detail: '' },
    ];
    const looked: readonly Verdict[] = [
      { finding: 'orphan-process:1', status: 'resolved', detail: '' },
      { finding: 'orphan-process:2', status: seen, detail: '' },
    ];
    expect(fixExitCode([FOUND], told, looked, { steps })).toBe(code);
  });

  it.each([
    [0, CLEAR],
    [3, SKIPPED],
    [70, CRASHED],
  ])('is %i where nothing was found, as of a look', (code, outcome) => {
    expect(fixExitCode([outcome], [], [], { steps: [] })).toBe(code);
  });
});
