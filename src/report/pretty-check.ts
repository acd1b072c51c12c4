import type { CheckResult } from '../model/results.ts';
import { plural } from '../util/plural.ts';
import { troubleLines } from './trouble-lines.ts';
import { paragraph } from './lines.ts';
import type { Look, Paint } from './look.ts';
import { prettyFinding } from './pretty-finding.ts';

const portList = (ports: CheckResult['ports']): string => {
  const numbers = ports.map(({ port }) => port);
  const last = numbers.at(-1);
  return numbers.length < 2 ? `port ${last}` : `ports ${numbers.slice(0, -1).join(', ')} and ${last}`;
};

/** What is well, in words, by the checks that say so; only what was looked at is called well. */
const WELL: readonly (readonly [check: string, words: (result: CheckResult) => string])[] = [
  ['port-occupied', ({ ports }) => `${portList(ports)} free`],
  ['restart-loop', () => 'no restart loops'],
  ['orphan-process', () => 'nothing left behind'],
  ['memory-overrun', () => 'memory within its limits'],
];

const clearLine = (result: CheckResult, look: Look, paint: Paint): readonly string[] => {
  const clear = new Set(result.outcomes.flatMap(({ check, status }) => (status === 'clear' ? [check] : [])));
  if (clear.size === 0) return [];
  const well = WELL.flatMap(([check, words]) => (clear.has(check) ? [words(result)] : []));
  const text =
    result.findings.length === 0
      ? ['Nothing stands in the way', ...(well.length === 0 ? [] : [well.join(', ')])].join(': ')
      : `${plural(clear.size, 'other check')} clear`;
  return paragraph(text, 2, look.width).map((line, index) =>
    index === 0 ? `${paint.good('✔')} ${line.trim()}` : line,
  );
};

/** A check's result for a person: findings first, then what could not be looked at, then what is well. */
export const prettyCheck = (result: CheckResult, look: Look): string => {
  const { paint } = look;
  const blocks = [
    ...result.findings.map((finding) => prettyFinding(finding, look, paint)),
    ...troubleLines(result.outcomes, look),
    clearLine(result, look, paint).join('\n'),
    result.notes
      .flatMap((note) => paragraph(`note: ${note}`, 2, look.width))
      .map(paint.dim)
      .join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};
