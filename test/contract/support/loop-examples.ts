import type { ServiceLog } from '../../../src/model/log.ts';
import type { PortOccupancy } from '../../../src/model/port.ts';
import { aCause, aLine, aServiceLog, DOUBT, logFacts, NO_CAUSE } from '../../helpers/a-service-log.ts';
import { anOccupancy, FREE, heldBy } from '../../helpers/a-snapshot.ts';
import { context, ESCAPES, NO_FACTS, process, type Example } from './facts.ts';

const HELD = anOccupancy({ sockets: [heldBy([process()])] });

const example = (
  name: string,
  said: Partial<ServiceLog>,
  logPorts: readonly PortOccupancy[] = [],
  named = true,
): Example => ({
  name,
  facts: { ...NO_FACTS, logs: logFacts([aServiceLog(said)], { named }), logPorts, processes: [process()] },
  context: context(),
});

const OVER = { restartLoop: false, pastLoop: true, stillGoing: false } as const;
const CRASHED = { restartLoop: false, restarts: 0, unplanned: 0, windowSeconds: null } as const;

/** Services that loop, gave up, have recovered, crashed once, or of which the log cannot tell. */
export const loops: readonly Example[] = [
  example('a loop on a port that is held', {}, [HELD]),
  example('a loop on a port that is free again', {}, [anOccupancy({ probes: [FREE] })]),
  example('a loop that the runner gave up', { gaveUp: true, stillGoing: false }),
  example('a loop that was found and is old', { stillGoing: false }, [], false),
  example('a loop that is over', OVER),
  example('a loop without a time and without a name', { service: null, windowSeconds: null }),
  example('a loop of which no cause is told', {
    rootCause: NO_CAUSE,
    words: null,
    evidence: [aLine({ text: 'exited with code 1', line: null, role: 'end' })],
  }),
  example('a loop with a place to look at', {
    rootCause: aCause({ code: 'MISSING_ENV', detail: { variable: 'DATABASE_URL' } }),
    alternatives: [aCause({ code: 'UNCAUGHT_EXCEPTION', confidence: 'C', detail: {} })],
    location: { path: '/home/ada/shop/server.js', line: 3, column: 9 },
  }),
  example('what the log cannot tell', { restartLoop: false, ambiguous: DOUBT, edits: 3 }),
  example('what the log cannot tell, without a cause', {
    restartLoop: false,
    ambiguous: DOUBT,
    rootCause: NO_CAUSE,
    words: null,
  }),
  example('a single crash', CRASHED),
  example('hostile names', {
    service: `web${ESCAPES}`,
    files: [`logs/${ESCAPES}.log`],
    rootCause: aCause({ code: 'MISSING_ENV', detail: { variable: ESCAPES } }),
    evidence: [aLine({ text: ESCAPES, file: ESCAPES })],
  }),
  example('a hostile name of a file', { service: null, files: [`logs/${ESCAPES}.log`] }),
];

/** A service that was restarted once and is well. */
export const quiet: Example = example('a service that was restarted by hand', {
  ...CRASHED,
  restarts: 1,
  rootCause: NO_CAUSE,
  words: null,
  evidence: [],
});
