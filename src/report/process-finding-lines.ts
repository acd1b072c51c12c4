import type { LeftoverFinding, MemoryFinding } from '../model/finding.ts';
import { truncate } from '../util/fit-text.ts';
import { sanitize } from '../util/sanitize.ts';
import { labelled, paragraph } from './lines.ts';
import { tildify, type Look, type Paint } from './look.ts';

const INDENT = 4;

/** Facts about the process stand under its name; everything else seen is a reason. */
const FACTS = 'facts';

const against = (finding: LeftoverFinding | MemoryFinding): readonly string[] =>
  'blockedBy' in finding.data ? finding.data.blockedBy : [];

/** Which process it is, why it is told, and what speaks against it. */
export const processFindingLines = (
  finding: LeftoverFinding | MemoryFinding,
  look: Look,
  paint: Paint,
): readonly string[] => {
  const { pid, command } = finding.data;
  const facts = finding.evidence.filter(({ source }) => source === FACTS).map(({ text }) => tildify(text, look));
  const reasons = finding.evidence.filter(({ source }) => source !== FACTS).map(({ text }) => text);
  return [
    `${' '.repeat(INDENT)}${paint.strong(String(pid).padEnd(7))} ${truncate(sanitize(command), look.width - INDENT - 8)}`,
    ...paragraph(facts.join(', '), INDENT + 8, look.width).map(paint.dim),
    ...reasons.flatMap((text) => labelled('because', text, INDENT, look.width, paint.dim)),
    ...against(finding).flatMap((text) => labelled('against', text, INDENT, look.width, paint.dim)),
  ];
};
