import type { ExplainedProcess, WhyResult } from '../model/results.ts';
import { formatBytes } from '../util/bytes.ts';
import { formatDuration } from '../util/duration.ts';
import { plural } from '../util/plural.ts';
import { labelled, labelledCommand, paragraph } from './lines.ts';
import { tildify, type Look, type Paint } from './look.ts';
import { chainText } from './port-finding-lines.ts';
import { prettyFinding } from './pretty-finding.ts';

const INDENT = 2;
const SHOWN = 5;

const some = (items: readonly string[]): string =>
  items.length <= SHOWN ? items.join(', ') : `${items.slice(0, SHOWN).join(', ')} and ${items.length - SHOWN} more`;

const processLines = (process: ExplainedProcess, look: Look, paint: Paint): readonly string[] => {
  const line = (label: string, text: string | null): readonly string[] =>
    text === null || text === '' ? [] : labelled(label, text, INDENT, look.width, paint.dim);
  const memory = process.memoryBytes === null ? '' : `, ${formatBytes(process.memoryBytes)}`;
  const project =
    process.project === null
      ? null
      : `${tildify(process.project, look)}${process.branch === null ? '' : `, branch ${process.branch}`}`;
  const ends = process.endedBy.map((text, index) =>
    /^(?:devdoctor|sudo|pm2|docker|podman|systemctl|supervisorctl|wsl|netsh) /.test(text)
      ? [labelledCommand(index === 0 ? 'ends by' : '', text, INDENT, paint.good, paint.command)]
      : labelled(index === 0 ? 'ends by' : '', text, INDENT, look.width, paint.good),
  );
  return [
    paint.strong(
      paragraph(`${process.pid} ${process.command === '' ? process.name : process.command}`, 0, look.width)
        .slice(0, 3)
        .join('\n'),
    ),
    ...line('project', project),
    ...line('folder', process.project === process.cwd || process.cwd === null ? null : tildify(process.cwd, look)),
    ...line('up', `${formatDuration(process.upMs)}${memory}${process.user === null ? '' : `, user ${process.user}`}`),
    ...line('started', chainText(process)),
    ...line('kept by', process.managedBy === null ? null : `${process.managedBy.kind}: ${process.managedBy.unit}`),
    ...line('listens', some(process.listens)),
    ...line('with it', some(process.children.map(({ pid, label }) => `${pid} ${label}`))),
    ...process.remarks.flatMap((remark) => line('note', remark)),
    ...ends.flat(),
  ];
};

const headOf = (result: WhyResult, look: Look, paint: Paint): readonly string[] => {
  const { target, finding, processes } = result;
  if (target.kind === 'name')
    return paragraph(`${plural(processes.length, 'process', 'processes')} named ${target.value}`, 0, look.width);
  if (target.kind === 'pid') return [];
  if (finding === null) return [`${paint.good('✔')} Port ${target.value} is free`];
  return finding.data.state === 'listening'
    ? paragraph(finding.summary, 0, look.width).map(paint.strong)
    : [prettyFinding(finding, look, paint)];
};

/** One screen about a port or a process. */
export const prettyWhy = (result: WhyResult, look: Look): string => {
  const { paint } = look;
  const listening = result.finding === null || result.finding.data.state === 'listening';
  const peers =
    result.connectedFrom.length === 0
      ? []
      : labelled(
          'clients',
          `${plural(result.connectedFrom.length, 'connection')}: ${some(result.connectedFrom)}`,
          INDENT,
          look.width,
          paint.dim,
        );
  const udp = result.udp.flatMap(({ address, pids }) =>
    paragraph(
      `note: UDP ${address} has the same number${pids.length === 0 ? '' : `, held by ${pids.join(', ')}`}; it does not block TCP`,
      0,
      look.width,
    ),
  );
  const blocks = [
    headOf(result, look, paint).join('\n'),
    ...(listening ? result.processes.map((process) => processLines(process, look, paint).join('\n')) : []),
    peers.join('\n'),
    [...udp, ...result.notes.flatMap((note) => paragraph(`note: ${note}`, 0, look.width))].map(paint.dim).join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};
