import { isPortFinding } from '../model/finding.ts';
import type { Plan, Step, StepResult, Verdict } from '../model/plan.ts';
import type { FixResult } from '../model/results.ts';
import { labelled, paragraph } from './lines.ts';
import type { Look, Paint } from './look.ts';
import { troubleLines } from './trouble-lines.ts';
import { prettyFinding, remedyLines } from './pretty-finding.ts';

const SHOWN_MEMBERS = 8;

/** Who has to say yes, by how sure it is that this is wanted. */
const ASKS: Readonly<Record<Step['certainty'], string>> = {
  certain: 'asks first',
  likely: 'asks first, with --yes too',
  possible: 'only if you choose it, for it may be wanted',
};

const consentText = ({ consent, refusal, relaunch, remedy, certainty }: Step): string => {
  if (consent === 'refuse') return `refused: ${refusal}`;
  const undo = remedy.kind === 'terminate' ? (relaunch === null ? ', cannot be undone' : ', can be undone') : '';
  return consent === 'ask' ? `${ASKS[certainty]}${undo}` : 'needs no consent';
};

const guardText = (step: Step): string | null => {
  const ports = step.guards.flatMap((guard) => (guard.kind === 'still-listening' ? [guard.port] : []));
  if (step.consent === 'refuse' || step.members.length === 0) return null;
  const same = step.members.length === 1 ? 'it still is this process' : 'they still are these processes';
  return `only if ${same}${ports.length === 0 ? '' : ` and port ${ports.join(', ')} is still theirs`}`;
};

/** Who asked for a port knows why; what was found beside it is told with its reason. */
const reasonLines = ({ guards, remedy }: Step, look: Look): readonly string[] =>
  remedy.kind === 'terminate' && !guards.some(({ kind }) => kind === 'still-listening')
    ? paragraph(remedy.rationale, 5, look.width)
    : [];

const stepLines = (step: Step, look: Look, paint: Paint): readonly string[] => {
  const title = paragraph(`${step.id}. ${step.title}`, 2, look.width).map((line) => paint.strong(line));
  const members = step.members.length < 2 ? [] : step.members.toReversed();
  const guard = guardText(step);
  return [
    ...title,
    ...members.slice(0, SHOWN_MEMBERS).flatMap(({ pid, label }) => paragraph(`${pid} ${label}`, 7, look.width)),
    ...(members.length > SHOWN_MEMBERS ? [`       and ${members.length - SHOWN_MEMBERS} more`] : []),
    ...reasonLines(step, look),
    ...paragraph(consentText(step), 5, look.width).map(step.consent === 'refuse' ? paint.warn : paint.dim),
    ...(guard === null ? [] : paragraph(guard, 5, look.width).map(paint.dim)),
  ];
};

/** The plan, exactly as it would be carried out. */
export const prettyPlan = ({ steps, leftToYou }: Plan, look: Look): string => {
  const { paint } = look;
  const left = leftToYou.filter(({ kind }) => kind === 'manual');
  const blocks = [
    steps.length === 0
      ? ''
      : [paint.strong('Plan'), ...steps.flatMap((step) => stepLines(step, look, paint))].join('\n'),
    left.length === 0
      ? ''
      : [
          paint.strong('Left to you'),
          ...left.flatMap((remedy) => [
            ...labelled('why', remedy.rationale, 4, look.width, paint.dim),
            ...remedyLines(remedy, look, paint),
          ]),
        ].join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
};

const mark = (status: StepResult['status'] | Verdict['status'], paint: Paint): string => {
  if (status === 'done' || status === 'resolved') return paint.good('✔');
  return status === 'failed' || status === 'persists' ? paint.bad('✖') : paint.warn('▲');
};

const marked = (symbol: string, text: string, look: Look): readonly string[] =>
  paragraph(text, 4, look.width).map((line, index) => (index === 0 ? `  ${symbol} ${line.trim()}` : line));

/** What was done, and what a second look told. */
export const prettyOutcome = ({ results, verdicts, findings }: FixResult, look: Look): string => {
  const { paint } = look;
  const ports = new Map(
    findings.flatMap((finding) => (isPortFinding(finding) ? [[finding.id, finding.data.port]] : [])),
  );
  const unresolved = (finding: string, status: Verdict['status']): string => {
    const port = ports.get(finding);
    if (port === undefined) return '';
    return `port ${port} ${status === 'persists' ? 'is not free' : 'is not known to be free'}: `;
  };
  const done = results.flatMap(({ step, status, detail }) =>
    marked(
      mark(status, paint),
      `${results.length > 1 ? `${step}. ` : ''}${status === 'done' ? '' : `${status}: `}${detail}`,
      look,
    ),
  );
  const seen = verdicts.flatMap(({ finding, status, detail }) =>
    marked(mark(status, paint), status === 'resolved' ? detail : `${unresolved(finding, status)}${detail}`, look),
  );
  return [...done, ...seen].join('\n');
};

const isRefused = ({ steps }: Plan): boolean => steps.length === 0 || steps.some(({ consent }) => consent === 'refuse');

/**
 * The whole of a fix for a person. The plan is left out where it was shown already, to be consented to. Where
 * something is refused, the findings say why and what to do instead.
 */
export const prettyFix = (result: FixResult, look: Look, planShown: boolean): string => {
  const { findings, outcomes, plan, dryRun } = result;
  const nothing = findings.length === 0 && outcomes.every(({ status }) => status === 'clear');
  if (nothing) return `${look.paint.good('✔')} Nothing to fix\n`;
  const refused = isRefused(plan);
  const blocks = [
    ...(refused ? findings.map((finding) => prettyFinding(finding, look, look.paint)) : []),
    planShown ? '' : prettyPlan(refused ? { ...plan, leftToYou: [] } : plan, look),
    dryRun ? '' : prettyOutcome(result, look),
    ...troubleLines(outcomes, look),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};
