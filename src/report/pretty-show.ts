import type { ShowResult } from '../model/service-results.ts';
import type { LogSpec, ServiceDetail, ServiceSpec } from '../model/service.ts';
import { formatBytes } from '../util/bytes.ts';
import { commandLine } from '../util/command-line.ts';
import { formatDuration } from '../util/duration.ts';
import { plural } from '../util/plural.ts';
import { labelled, labelledCommand, paragraph } from './lines.ts';
import { tildify, type Look } from './look.ts';
import { causeText, exitText, statusText } from './service-words.ts';

const INDENT = 2;

type Fact = readonly [label: string, text: string | null];

const runText = ({ pid, uptimeMs, memoryBytes, cpuPercent, pids }: ServiceDetail): string | null => {
  if (pid === null) return null;
  const parts = [
    `pid ${pid}`,
    uptimeMs === null ? null : `up ${formatDuration(uptimeMs)}`,
    pids.length > 1 ? plural(pids.length, 'process', 'processes') : null,
    memoryBytes === null ? null : formatBytes(memoryBytes),
    cpuPercent === null ? null : `${cpuPercent.toFixed(1)}% of a core`,
  ];
  return parts.filter((part) => part !== null).join(', ');
};

const logFacts = ({ out, error, combined, dateFormat, type, rotation }: LogSpec, look: Look): readonly Fact[] => {
  const file = (path: string | null): string => (path === null ? 'thrown away' : tildify(path, look));
  const shape = type === 'json' ? 'one JSON object for each line' : null;
  return [
    ['out', file(out)],
    ['err', file(error)],
    ['both', combined === null ? null : file(combined)],
    ['stamps', dateFormat ?? shape],
    [
      'rotates',
      rotation === null
        ? 'never'
        : `at ${formatBytes(rotation.maxBytes)}${rotation.maxAgeMs === null ? '' : ` or after ${formatDuration(rotation.maxAgeMs)}`}, ${rotation.retain} kept${rotation.compress ? ', compressed' : ''}`,
    ],
  ];
};

const delayText = ({ expBackoffMs, restartDelayMs }: ServiceSpec): string => {
  if (expBackoffMs > 0) return `, waiting longer each time from ${expBackoffMs} ms on`;
  return restartDelayMs > 0 ? `, ${restartDelayMs} ms after each end` : '';
};

const policyText = (spec: ServiceSpec): string => {
  if (!spec.autorestart) return 'left down when it ends';
  const except = spec.stopExitCodes.length === 0 ? '' : `, but not after exit ${spec.stopExitCodes.join(', ')}`;
  return `started again when it ends${except}${delayText(spec)}; given up after ${plural(spec.maxRestarts, 'unstable restart')} (up less than ${formatDuration(spec.minUptimeMs)})`;
};

const specFacts = ({ spec, instance, mode }: ServiceDetail, look: Look): readonly Fact[] => [
  ['script', spec.script],
  ['command', commandLine(spec.command)],
  ['folder', tildify(spec.cwd, look)],
  ['runs on', spec.interpreter],
  ['file', spec.configFile === null ? 'none: it was named on the command line' : tildify(spec.configFile, look)],
  ['profile', spec.profile],
  ['copies', mode === 'fork' && spec.instances === 1 ? null : `${spec.instances}, ${mode}; this is number ${instance}`],
  ['needs', spec.port === null ? null : `port ${spec.port}`],
  ['policy', policyText(spec)],
  ['limit', spec.maxMemoryBytes === null ? null : `${formatBytes(spec.maxMemoryBytes)} for it and all below it`],
  ['watches', spec.watch === null ? null : spec.watch.paths.map((path) => tildify(path, look)).join(' ')],
  ['cron', spec.cron],
  ['ends by', `${spec.killSignal}, forced after ${spec.killTimeoutMs} ms`],
];

const factLines = (facts: readonly Fact[], look: Look): readonly string[] =>
  facts.flatMap(([label, text]) =>
    text === null || text === '' ? [] : labelled(label, text, INDENT, look.width, look.paint.dim),
  );

const lastExitLines = ({ lastExit }: ServiceDetail, now: number, look: Look): readonly string[] => {
  if (lastExit === null) return [];
  const { paint, width } = look;
  const cause = causeText(lastExit);
  const ago = formatDuration(now - Date.parse(lastExit.at));
  const [line, because] = [lastExit.evidence, cause];
  return [
    ...labelled('ended', `${exitText(lastExit)}, ${ago} ago`, INDENT, width, paint.dim),
    ...(because === null ? [] : labelled('because', because, INDENT, width, paint.bad)),
    ...(line === null ? [] : labelled('says', line, INDENT, width, paint.dim)),
    ...(lastExit.rootCause === null
      ? []
      : [labelledCommand('why', `devdoctor explain ${lastExit.rootCause}`, INDENT, paint.good, paint.command)]),
  ];
};

const blockLines = ({ blockedBy, reason }: ServiceDetail, { paint, width }: Look): readonly string[] => [
  ...(reason === null ? [] : labelled('reason', reason, INDENT, width, paint.bad)),
  ...(blockedBy === null
    ? []
    : [
        ...labelled('waits', `port ${blockedBy.port} is held by ${blockedBy.holder}`, INDENT, width, paint.bad),
        labelledCommand('fix', `devdoctor fix --port ${blockedBy.port}`, INDENT, paint.good, paint.command),
      ]),
];

const headOf = (service: ServiceDetail, { paint, width }: Look): readonly string[] => {
  const counts = `${plural(service.restarts, 'restart')}, ${service.unstableRestarts} unstable in a row`;
  const where = service.namespace === 'default' ? '' : ` of ${service.namespace}`;
  return paragraph(`${service.id} ${service.name}${where}: ${statusText(service)}, ${counts}`, 0, width).map(
    paint.strong,
  );
};

const variableLines = ({ env, spec }: ServiceDetail, { paint, width }: Look): readonly string[] => {
  const own = Object.entries(env).filter(([name]) => spec.ownVariables.includes(name));
  return own.flatMap(([name, value], index) =>
    labelled(index === 0 ? 'env' : '', `${name}=${value}`, INDENT, width, paint.dim),
  );
};

const serviceLines = (service: ServiceDetail, look: Look, now: number): string =>
  [
    ...headOf(service, look),
    ...factLines(
      [
        ['runs', runText(service)],
        ['ports', service.ports.join(', ')],
      ],
      look,
    ),
    ...blockLines(service, look),
    ...lastExitLines(service, now, look),
    ...factLines([...specFacts(service, look), ...logFacts(service.logs, look)], look),
    ...variableLines(service, look),
    labelledCommand('all env', `devdoctor env ${service.id}`, INDENT, look.paint.dim, look.paint.command),
  ].join('\n');

/** Everything about some services, a block for each. */
export const prettyShow = ({ services }: Pick<ShowResult, 'services'>, look: Look, now: number): string =>
  `${services.map((service) => serviceLines(service, look, now)).join('\n\n')}\n`;
