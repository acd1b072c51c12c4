import { defineCheck, type Check, type CheckContext } from '../model/check.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { PortOccupancy } from '../model/port.ts';
import { tableOf, type ProcessTable } from '../programs/lineage.ts';
import { classify, type Classification } from './port-occupied/classify.ts';
import { evidenceFor } from './port-occupied/evidence.ts';
import { holdersOf, type Held } from './port-occupied/holders.ts';
import { remediesFor } from './port-occupied/remedies.ts';
import { summaryFor } from './port-occupied/summary.ts';

const ID = 'port-occupied';

/** This project's own service, running under a manager that was asked to run it, is as it should be. */
const isOwnHealthyService = ({ holder, process }: Held, { project }: CheckContext): boolean =>
  holder.managedBy !== null &&
  project !== null &&
  holder.project === project &&
  process?.state !== 'stopped' &&
  process?.state !== 'zombie';

const severityOf = ({ state }: Classification, held: readonly Held[], context: CheckContext): Severity =>
  state === 'listening' && held.length > 0 && held.every((one) => isOwnHealthyService(one, context)) ? 'info' : 'error';

const hiddenOwnerOf = ({ state, sockets }: Classification): string | null => {
  const [socket] = sockets;
  if (state !== 'hidden' || socket === undefined) return null;
  return socket.user ?? (socket.uid === null ? null : String(socket.uid));
};

const examinePort = (occupancy: PortOccupancy, table: ProcessTable, context: CheckContext): Finding[] => {
  const classification = classify(occupancy);
  if (classification === null) return [];
  const { port } = occupancy;
  const held = holdersOf(occupancy, classification.sockets, table, context);
  return [
    {
      id: `${ID}:tcp:${port}`,
      check: ID,
      severity: severityOf(classification, held, context),
      subject: { kind: 'port', port },
      summary: summaryFor(occupancy, classification, held, context),
      evidence: evidenceFor(occupancy, classification, held, context.now),
      data: {
        port,
        protocol: 'tcp',
        state: classification.state,
        holders: held.map(({ holder }) => holder),
        hiddenOwner: hiddenOwnerOf(classification),
      },
      remedies: remediesFor(occupancy, classification, held, context),
    },
  ];
};

/** Can the project's ports be bound, and if not, who or what holds them? */
export const portOccupied: Check<'ports' | 'processes'> = defineCheck({
  id: ID,
  title: 'The ports this project needs are free',
  needs: ['ports', 'processes'],
  examine: ({ ports, processes }, context) => {
    const table = tableOf(processes);
    return ports.flatMap((occupancy) => examinePort(occupancy, table, context));
  },
});
