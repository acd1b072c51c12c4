import { defineCheck, type Check } from '../model/check.ts';
import type { Evidence, LoopFinding, Severity } from '../model/finding.ts';
import type { LogFacts, LogLine, ServiceLog } from '../model/log.ts';
import type { PortOccupancy } from '../model/port.ts';
import { tableOf, type ProcessTable } from '../programs/lineage.ts';
import { joinOf, type Join } from './restart-loop/joins.ts';
import { remediesFor } from './restart-loop/remedies.ts';
import { mayBeEdits, nameOf, summaryFor } from './restart-loop/words.ts';

const ID = 'restart-loop';

/** A loop of a log that was found, and that nobody wrote to for long, is a matter of the past; one that was named is not. */
const severityOf = (service: ServiceLog, { named }: LogFacts): Severity => {
  const { restartLoop: isLoop, stillGoing, gaveUp } = service;
  if (!isLoop || mayBeEdits(service)) return 'info';
  return named || gaveUp || stillGoing !== false ? 'error' : 'warning';
};

const placeOf = ({ file, line }: LogLine): string => (line === null ? file : `${file}:${line}`);

/** What it rests on most comes first; the lines around an error explain it last. */
const ROLES: readonly LogLine['role'][] = ['cause', 'end', 'start', 'context'];

const citedOf = ({ evidence }: ServiceLog): readonly LogLine[] =>
  evidence.toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));

const evidenceFor = (service: ServiceLog, join: Join): readonly Evidence[] => [
  ...citedOf(service).map((line) => ({ text: line.text, source: placeOf(line) })),
  ...(service.location === null
    ? []
    : [{ text: `look at ${service.location.path}:${service.location.line}`, source: 'the trace' }]),
  ...join.evidence,
];

const dataOf = (service: ServiceLog): LoopFinding['data'] => ({
  service: service.service,
  files: service.files,
  restarts: service.restarts,
  windowSeconds: service.windowSeconds,
  rootCause: service.rootCause.code,
  alternatives: service.alternatives.map(({ code }) => code),
  evidence: citedOf(service).map(({ text }) => text),
  location: service.location,
  gaveUp: service.gaveUp,
  ambiguous: service.ambiguous !== null,
  loop: service.restartLoop,
  past: service.pastLoop,
  unplanned: service.unplanned,
  edits: service.edits,
  confidence: service.rootCause.confidence,
  detail: service.rootCause.detail,
  fingerprint: service.fingerprint,
});

/** PM2's own log tells of the apps of every project; only beside an app's logs is it about this one. */
const isOfAnother = ({ files }: ServiceLog, { named }: LogFacts): boolean =>
  !named && files.every((file) => /[\\/]pm2\.log[^\\/]*$/.test(file));

/** A service that was started once and runs, or was restarted by hand, has nothing to tell. */
const isWorthTelling = ({ restartLoop, pastLoop, ambiguous, rootCause }: ServiceLog): boolean =>
  restartLoop || pastLoop || ambiguous !== null || rootCause.code !== 'NONE';

const findingOf = (
  service: ServiceLog,
  facts: LogFacts,
  ports: readonly PortOccupancy[],
  table: ProcessTable,
): LoopFinding => {
  const join = joinOf(service, facts, ports, table);
  const name = nameOf(service);
  return {
    id: `${ID}:${name}`,
    check: ID,
    severity: severityOf(service, facts),
    subject: { kind: 'service', service: name },
    summary: summaryFor(service, join),
    evidence: evidenceFor(service, join),
    data: dataOf(service),
    remedies: remediesFor(service, join),
  };
};

/** Services that are started again and again, read from their logs, with the cause. */
export const restartLoop: Check<'logs' | 'logPorts' | 'processes'> = defineCheck({
  id: ID,
  title: 'No service is started again and again',
  needs: ['logs', 'logPorts', 'processes'],
  examine: ({ logs, logPorts, processes }) => {
    const table = tableOf(processes);
    return logs.services
      .filter((service) => isWorthTelling(service) && !isOfAnother(service, logs))
      .map((service) => findingOf(service, logs, logPorts, table));
  },
});
