import { isPortFinding, isProcessFinding, type Finding, type Severity } from '../model/finding.ts';
import type { Remedy } from '../model/remedy.ts';
import { labelled, labelledCommand, paragraph } from './lines.ts';
import type { Look, Paint } from './look.ts';
import { portFindingLines } from './port-finding-lines.ts';
import { loopFindingLines } from './loop-finding-lines.ts';
import { processFindingLines } from './process-finding-lines.ts';

const INDENT = 4;

const marks = (paint: Paint): Readonly<Record<Severity, string>> => ({
  error: paint.bad('✖'),
  warning: paint.warn('▲'),
  info: paint.dim('ℹ'),
});

/** One remedy as lines: what to do, and the command for it. */
export const remedyLines = (remedy: Remedy, look: Look, paint: Paint): readonly string[] => {
  const commands = remedy.commands.map((command, index) =>
    labelledCommand(index === 0 ? 'fix' : '', command, INDENT, paint.good, paint.command),
  );
  if (remedy.kind !== 'manual') return commands;
  return [
    ...labelled(commands.length === 0 ? 'fix' : 'do', remedy.instructions, INDENT, look.width, paint.good),
    ...commands,
  ];
};

const uniqueLines = (lines: readonly string[]): readonly string[] => [...new Set(lines)];

const bodyOf = (finding: Finding, look: Look, paint: Paint): readonly string[] => {
  if (isPortFinding(finding)) return portFindingLines(finding, look, paint);
  return isProcessFinding(finding) ? processFindingLines(finding, look, paint) : loopFindingLines(finding, look, paint);
};

/** A finding top-down: what, who, why, what to do, the command. */
export const prettyFinding = (finding: Finding, look: Look, paint: Paint): string => {
  const heading = paragraph(finding.summary, 2, look.width).map((line, index) =>
    index === 0 ? `${marks(paint)[finding.severity]} ${paint.strong(line.trim())}` : `  ${paint.strong(line.trim())}`,
  );
  return [
    ...heading,
    ...bodyOf(finding, look, paint),
    ...uniqueLines(finding.remedies.flatMap((remedy) => remedyLines(remedy, look, paint))),
  ].join('\n');
};
