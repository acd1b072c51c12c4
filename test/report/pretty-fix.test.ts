import { describe, expect, it } from 'vitest';
import type { FixResult } from '../../src/model/results.ts';
import type { StepResult, Verdict } from '../../src/model/plan.ts';
import { prettyFix, prettyPlan } from '../../src/report/pretty-fix.ts';
import { aProcess } from '../helpers/a-process.ts';
import { aLeftover } from '../helpers/a-leftover.ts';
import { aFinding } from '../helpers/a-snapshot.ts';
import { aPlan, aStep, endingStep } from '../plan/a-step.ts';
import { fixOf, plainLook } from './lines-that-fit.ts';

const LOOK = plainLook(80);
const server = aProcess();

const fix = (said: Partial<FixResult> = {}, planShown = false): string => {
  const base: FixResult = {
    ...fixOf('yesterdays-server', true),
    findings: [aFinding([server])],
    plan: aPlan(endingStep([server])),
  };
  return prettyFix({ ...base, ...said }, LOOK, planShown);
};

const verdict = (status: Verdict['status'], detail: string): Verdict => ({
  finding: 'port-occupied:tcp:3000',
  status,
  detail,
});
const result = (status: StepResult['status'], detail: string): StepResult => ({ step: '1', status, detail });

describe('the plan', () => {
  it('names each process that would end, root first, and the conditions', () => {
    const text = prettyFix(fixOf('yesterdays-server', true), LOOK, false);
    expect(text).toBe(
      [
        'Plan',
        '  1. end 4290 npm run dev and its 3 children',
        '       4290 npm run dev',
        '       4301 sh -c node server.js',
        '       4312 node server.js',
        '       4320 /home/ada/shop/node_modules/@esbuild/linux-x64/bin/esbuild',
        '       --service=0.…',
        '     asks first, can be undone',
        '     only if they still are these processes and port 3000 is still theirs',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [
      'can be undone',
      { relaunch: { command: ['x'], cwd: '/', environment: {}, environmentNames: [] } },
      'asks first, can be undone',
    ],
    ['cannot be undone', {}, 'asks first, cannot be undone'],
    ['is refused', { consent: 'refuse', refusal: 'it is a process of root' }, 'refused: it is a process of root'],
    ['needs no consent', { consent: 'not-needed' }, 'needs no consent'],
  ] as const)('says of a step that it %s', (_, said, expected) => {
    expect(prettyPlan(aPlan(endingStep([server], said)), LOOK).split('\n')).toContain(`     ${expected}`);
  });

  it('promises no undo of what a manager stops', () => {
    const remedy = {
      kind: 'stop-with-manager',
      manager: 'pm2',
      unit: 'x',
      run: ['pm2'],
      risk: 'disruptive',
      rationale: '',
      commands: [],
    } as const;
    expect(prettyPlan(aPlan(aStep({ remedy })), LOOK)).not.toContain('undone');
  });

  it('makes no port a condition of what is ended for itself', () => {
    const step = endingStep([server], { resolves: ['orphan-process:100'], guards: [] });
    expect(prettyPlan(aPlan(step), LOOK).split('\n').at(-1)).toBe('     only if it still is this process');
  });

  it('shows eight members and counts the rest', () => {
    const many = Array.from({ length: 11 }, (_, index) => aProcess({ pid: 100 + index }));
    const [first = server, ...rest] = many;
    const text = prettyPlan(aPlan(endingStep([first, ...rest])), LOOK);
    expect(text.match(/^ {7}1\d\d /gm)).toHaveLength(8);
    expect(text).toContain('       and 3 more');
  });

  it('leaves to the person what only a person should do', () => {
    const manual = {
      kind: 'manual',
      risk: 'safe',
      rationale: 'nothing holds it',
      instructions: 'Wait.',
      commands: ['true'],
    } as const;
    const text = prettyPlan({ basedOn: 0, steps: [], leftToYou: [manual] }, LOOK);
    expect(text).toBe('Left to you\n    why      nothing holds it\n    do       Wait.\n    fix      true');
  });
});

describe('the outcome', () => {
  it('says what was done and what the second look told', () => {
    const told = fix({
      dryRun: false,
      results: [result('done', 'asked politely, 1 process gone after 4 ms')],
      verdicts: [verdict('resolved', 'port 3000 is free, watched for a second')],
    });
    expect(told).toMatch(
      / {2}✔ asked politely, 1 process gone after 4 ms\n {2}✔ port 3000 is free, watched for a second\n$/,
    );
  });

  it.each([
    ['withheld', 'persists', '  ▲ withheld: why', '  ✖ port 3000 is not free: still held by 100'],
    ['failed', 'unverified', '  ✖ failed: why', '  ▲ port 3000 is not known to be free: still held by 100'],
    ['declined', 'persists', '  ▲ declined: why', '  ✖ port 3000 is not free: still held by 100'],
  ] as const)('calls a step %s and a port that %s by their names', (status, seen, first, second) => {
    const told = fix({
      dryRun: false,
      results: [result(status, 'why')],
      verdicts: [verdict(seen, 'still held by 100')],
    });
    expect(told.split('\n').slice(-3, -1)).toEqual([first, second]);
  });

  it.each([
    ['resolved', '  ✔ 100 has ended'],
    ['persists', '  ✖ 100 is still there'],
    ['unverified', '  ▲ 100 is still there'],
  ] as const)('says of a process that was itself the finding how it is, and nothing of a port: %s', (status, line) => {
    const orphan = aLeftover(server);
    const detail = status === 'resolved' ? '100 has ended' : '100 is still there';
    const told = fix({
      dryRun: false,
      findings: [aFinding([server]), orphan],
      results: [result('done', 'x')],
      verdicts: [{ finding: orphan.id, status, detail }],
    });
    expect(told.split('\n').at(-2)).toBe(line);
  });

  it('tells each verdict of its own finding where there are both kinds', () => {
    const orphan = aLeftover(server);
    const told = fix({
      dryRun: false,
      findings: [orphan, aFinding([server])],
      results: [result('failed', 'x')],
      verdicts: [
        { finding: orphan.id, status: 'persists', detail: '100 is still there' },
        verdict('persists', 'still held by 100'),
      ],
    });
    expect(told.split('\n').slice(-3, -1)).toEqual([
      '  ✖ 100 is still there',
      '  ✖ port 3000 is not free: still held by 100',
    ]);
  });

  it('numbers the steps only where there are several', () => {
    const results = [result('done', 'one'), { ...result('done', 'two'), step: '2' }];
    expect(fix({ dryRun: false, results })).toMatch(/✔ 1\. one\n {2}✔ 2\. two\n$/);
    expect(fix({ dryRun: false, results: results.slice(0, 1) })).toMatch(/✔ one\n$/);
  });

  it('does not repeat a plan that was shown to be consented to', () => {
    expect(fix({ dryRun: false, results: [result('done', 'x')] }, true)).toBe('  ✔ x\n');
  });

  it('explains the finding where a step is refused', () => {
    const plan = aPlan(endingStep([server], { consent: 'refuse', refusal: 'it is a process of root' }));
    expect(fix({ plan })).toMatch(/^✖ Port 3000 is held by node server\.js\n/);
    expect(fix()).not.toContain('✖');
  });

  it('explains a left-over, its reasons and what speaks against it, where a step is refused', () => {
    const plan = aPlan(endingStep([server], { consent: 'refuse', refusal: '100 is not of this project' }));
    const told = fix({ plan, findings: [aLeftover(server)] });
    expect(told).toMatch(/^▲ 100 node server\.js was left behind: /);
    expect(told).toContain('    against  2 connections to its port\n');
    expect(told).toContain('     refused: 100 is not of this project\n');
  });

  it('has nothing to fix where all is clear, and says so only then', () => {
    const clear = { findings: [], plan: aPlan(), outcomes: [{ check: 'port-occupied', status: 'clear' }] } as const;
    expect(fix(clear)).toBe('✔ Nothing to fix\n');
    expect(fix({ ...clear, outcomes: [{ check: 'port-occupied', status: 'skipped', because: 'EMFILE' }] })).toBe(
      '▲ port-occupied was skipped: EMFILE\n',
    );
  });
});
