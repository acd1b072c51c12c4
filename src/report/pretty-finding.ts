import type { Finding, PortHolder, Severity } from '../model/finding.ts';
import type { Remedy } from '../model/remedy.ts';
import { sanitize } from '../util/sanitize.ts';
import { truncate } from '../util/fit-text.ts';
import { labelled, labelledCommand, paragraph } from './lines.ts';
import { tildify, type Look, type Paint } from './look.ts';

const INDENT = 4;
const SHOWN_HOLDERS = 6;

/** Ancestors up to and including the last that is a person's or the machine's explain where it came from. */
const OUTSIDE = new Set([
  'init',
  'service-manager',
  'multiplexer',
  'terminal',
  'remote-login',
  'editor',
  'agent',
  'shell',
  'process-manager',
]);

const marks = (paint: Paint): Readonly<Record<Severity, string>> => ({
  error: paint.bad('✖'),
  warning: paint.warn('▲'),
  info: paint.dim('ℹ'),
});

/** The chain from the nearest outside ancestor down to the process. */
export const chainText = ({ chain, name, pid }: Pick<PortHolder, 'chain' | 'name' | 'pid'>): string => {
  const start = Math.max(
    0,
    chain.findLastIndex(({ role }) => OUTSIDE.has(role)),
  );
  const links = [...chain.slice(start), { name, pid }];
  return links.map((link) => `${link.name} (${link.pid})`).join(' → ');
};

const holderLines = (holder: PortHolder, finding: Finding, look: Look, paint: Paint): readonly string[] => {
  const room = look.width - INDENT - 8;
  const pid = String(holder.pid).padEnd(7);
  const command = truncate(sanitize(holder.command === '' ? holder.name : holder.command), room);
  const seen = finding.evidence.filter(({ source }) => source === `process ${holder.pid}`).map(({ text }) => text);
  const [facts = '', ...remarks] = seen;
  const where = [
    ...(holder.cwd === null ? [] : [tildify(holder.cwd, look)]),
    ...(holder.user === null ? [] : [`user ${holder.user}`]),
    ...(facts === '' ? [] : [facts]),
  ];
  const started =
    holder.chain.length === 0 ? [] : labelled('started', chainText(holder), INDENT, look.width, paint.dim);
  return [
    `${' '.repeat(INDENT)}${paint.strong(pid)} ${command}`,
    ...paragraph(where.join(', '), INDENT + 8, look.width).map(paint.dim),
    ...remarks.flatMap((text) => labelled('because', text, INDENT, look.width, paint.dim)),
    ...started,
  ];
};

const otherEvidence = (finding: Finding): readonly string[] => {
  const listening = finding.data.state === 'listening';
  const ofHolder = (source: string): boolean => finding.data.holders.some(({ pid }) => source === `process ${pid}`);
  return finding.evidence
    .filter(
      ({ source, text }) => !ofHolder(source) && (!listening || (source !== 'bind probe' && !/ listening/.test(text))),
    )
    .map(({ text }) => text);
};

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

/** A finding top-down: what, who, why, what to do, the command. */
export const prettyFinding = (finding: Finding, look: Look, paint: Paint): string => {
  const { holders } = finding.data;
  const heading = paragraph(finding.summary, 2, look.width).map((line, index) =>
    index === 0 ? `${marks(paint)[finding.severity]} ${paint.strong(line.trim())}` : `  ${paint.strong(line.trim())}`,
  );
  const more = holders.length - SHOWN_HOLDERS;
  return [
    ...heading,
    ...holders.slice(0, SHOWN_HOLDERS).flatMap((holder) => holderLines(holder, finding, look, paint)),
    ...(more > 0 ? [`${' '.repeat(INDENT)}and ${more} more`] : []),
    ...otherEvidence(finding).flatMap((text) => labelled('because', text, INDENT, look.width, paint.dim)),
    ...uniqueLines(finding.remedies.flatMap((remedy) => remedyLines(remedy, look, paint))),
  ].join('\n');
};
