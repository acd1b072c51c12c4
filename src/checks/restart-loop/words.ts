import type { ServiceLog } from '../../model/log.ts';
import { formatDuration } from '../../util/duration.ts';
import { plural } from '../../util/plural.ts';
import { sanitize } from '../../util/sanitize.ts';
import type { Join } from './joins.ts';

const SECOND = 1_000;
const DETAIL_LIMIT = 60;

/** What a person calls it: the service's name, or its log. */
export const nameOf = ({ service, files }: ServiceLog): string => sanitize(service ?? files[0] ?? 'the service');

const often = ({ restarts, windowSeconds }: ServiceLog): string => {
  const within = windowSeconds === null ? ', when is not told' : ` in ${formatDuration(windowSeconds * SECOND)}`;
  return `${plural(restarts, 'time')}${within}`;
};

/** What the cause is about: the port, the variable, the module, the path. */
const about = ({ rootCause }: ServiceLog): string => {
  const { port, variable, module, host, path } = rootCause.detail;
  const what = port === undefined ? (variable ?? module ?? host ?? path) : `on port ${port}`;
  return what === undefined ? '' : ` ${sanitize(what).slice(0, DETAIL_LIMIT)}`;
};

const causeText = (service: ServiceLog): string =>
  service.rootCause.code === 'NONE' ? '' : `${service.rootCause.code}${about(service)}`;

/** A watcher that restarts at even gaps may be a loop or a person at work; whatever else restarts so is a loop. */
export const mayBeEdits = ({ ambiguous, rootCause }: ServiceLog): boolean =>
  ambiguous !== null && rootCause.code === 'WATCH_SELF_TRIGGER';

/** One line that says what is wrong with a service. */
export const summaryFor = (service: ServiceLog, { holder }: Join): string => {
  const name = nameOf(service);
  const cause = causeText(service);
  const because = cause === '' ? '' : `: ${cause}`;
  if (service.restartLoop && !mayBeEdits(service)) {
    const verb = service.gaveUp ? 'was given up after restarting' : 'restarts again and again:';
    const by = holder === null ? '' : `, held by ${holder}`;
    return `${name} ${verb} ${often(service)}${cause === '' ? '' : `, always ${cause}`}${by}`;
  }
  if (service.ambiguous !== null) return `${name} restarted ${often(service)}, and the log cannot tell why${because}`;
  if (service.pastLoop)
    return `${name} was in a restart loop and has recovered: ${often(service)}${cause === '' ? '' : `, ${cause}`}`;
  if (service.restarts === 0) return `${name} has trouble and goes on${because}`;
  return `${name} failed and is in no restart loop: ${plural(service.restarts, 'restart')}${because}`;
};
