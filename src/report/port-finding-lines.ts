import type { PortFinding, PortHolder } from '../model/finding.ts';
import { sanitize } from '../util/sanitize.ts';
import { truncate } from '../util/fit-text.ts';
import { labelled, paragraph } from './lines.ts';
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

/** The chain from the nearest outside ancestor down to the process. */
export const chainText = ({ chain, name, pid }: Pick<PortHolder, 'chain' | 'name' | 'pid'>): string => {
  const start = Math.max(
    0,
    chain.findLastIndex(({ role }) => OUTSIDE.has(role)),
  );
  const links = [...chain.slice(start), { name, pid }];
  return links.map((link) => `${link.name} (${link.pid})`).join(' → ');
};

const holderLines = (holder: PortHolder, finding: PortFinding, look: Look, paint: Paint): readonly string[] => {
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

const otherEvidence = (finding: PortFinding): readonly string[] => {
  const listening = finding.data.state === 'listening';
  const ofHolder = (source: string): boolean => finding.data.holders.some(({ pid }) => source === `process ${pid}`);
  return finding.evidence
    .filter(
      ({ source, text }) => !ofHolder(source) && (!listening || (source !== 'bind probe' && !/ listening/.test(text))),
    )
    .map(({ text }) => text);
};

/** Who holds the port, and what else was seen of it. */
export const portFindingLines = (finding: PortFinding, look: Look, paint: Paint): readonly string[] => {
  const { holders } = finding.data;
  const more = holders.length - SHOWN_HOLDERS;
  return [
    ...holders.slice(0, SHOWN_HOLDERS).flatMap((holder) => holderLines(holder, finding, look, paint)),
    ...(more > 0 ? [`${' '.repeat(INDENT)}and ${more} more`] : []),
    ...otherEvidence(finding).flatMap((text) => labelled('because', text, INDENT, look.width, paint.dim)),
  ];
};
