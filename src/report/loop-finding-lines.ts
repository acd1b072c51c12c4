import type { LoopFinding } from '../model/finding.ts';
import { truncate } from '../util/fit-text.ts';
import { sanitize } from '../util/sanitize.ts';
import { labelled } from './lines.ts';
import { tildify, type Look, type Paint } from './look.ts';

const INDENT = 4;
const SHOWN_LINES = 2;

/** Lines of a log stand as they are, with their place; what the machine shows now is a reason. */
export const loopFindingLines = (finding: LoopFinding, look: Look, paint: Paint): readonly string[] => {
  const cited = new Set(finding.data.evidence);
  const lines = finding.evidence.filter(({ text }) => cited.has(text));
  const reasons = finding.evidence.filter(({ text }) => !cited.has(text));
  const room = look.width - INDENT;
  const indent = ' '.repeat(INDENT);
  return [
    ...lines
      .slice(0, SHOWN_LINES)
      .flatMap(({ text, source }) => [
        `${indent}${paint.dim(truncate(sanitize(tildify(source, look)), room))}`,
        `${indent}  ${truncate(sanitize(text), room - 2)}`,
      ]),
    ...reasons.flatMap(({ text }) => labelled('because', tildify(text, look), INDENT, look.width, paint.dim)),
  ];
};
