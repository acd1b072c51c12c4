import type { CheckContext } from '../../model/check.ts';
import type { PortOccupancy, PublishedContainer } from '../../model/port.ts';
import { refOf, type ProcessInfo } from '../../model/process.ts';
import type { ManualRemedy, Remedy } from '../../model/remedy.ts';
import { frontManOf } from '../../programs/front-men.ts';
import { stopCommand } from '../../programs/recognize-manager.ts';
import { commandLine } from '../../util/command-line.ts';
import type { Classification } from './classify.ts';
import type { Held } from './holders.ts';

/** How long a server may take to close its connections and files. */
const GRACE_MS = 3_000;

const manual = (instructions: string, rationale: string, commands: readonly string[]): ManualRemedy => ({
  kind: 'manual',
  risk: 'safe',
  instructions,
  rationale,
  commands,
});

/** The engine itself named the container, so it can be asked to stop it. */
const containerRemedy = ({ engine, name }: PublishedContainer): Remedy => {
  const run = [engine, 'stop', name] as const;
  return {
    kind: 'stop-with-manager',
    risk: 'disruptive',
    rationale: `the container ${name} publishes the port`,
    commands: [commandLine(run)],
    manager: engine,
    unit: name,
    run,
  };
};

const frontManRemedy = ({ published, port }: PortOccupancy, process: ProcessInfo): Remedy | null => {
  const front = frontManOf(process);
  if (front === null) return null;
  if (published !== null) return containerRemedy(published);
  return manual(front.instructions, `${process.name} ${front.does}`, front.commands(port));
};

const managerRemedy = ({ holder }: Held, context: CheckContext): Remedy | null => {
  if (holder.managedBy === null) return null;
  const { kind, unit } = holder.managedBy;
  const run = stopCommand(holder.managedBy);
  const rationale = `${kind} keeps ${unit} alive and would start it again`;
  if (kind === 'systemd' && context.uid !== 0) {
    return manual(`Stop the unit ${unit}, with the rights it needs.`, rationale, [commandLine(['sudo', ...run])]);
  }
  return {
    kind: 'stop-with-manager',
    risk: 'disruptive',
    rationale,
    commands: [commandLine(run)],
    manager: kind,
    unit,
    run,
  };
};

const foreignRemedy = (port: number, { holder, process }: Held, context: CheckContext): Remedy | null => {
  if (process === null || context.uid === null || process.uid === null || process.uid === context.uid) return null;
  const user = holder.user ?? String(process.uid);
  return manual(`Ask ${user}, or act with the rights of ${user}.`, `it is a process of ${user}`, [
    commandLine(['sudo', '-u', user, 'devdoctor', 'fix', '--port', String(port)]),
  ]);
};

const terminateRemedy = (port: number, process: ProcessInfo, root: ProcessInfo): Remedy => ({
  kind: 'terminate',
  certainty: 'certain',
  risk: 'disruptive',
  rationale: `ends ${root.pid === process.pid ? 'the process' : 'the whole dev server'} that holds port ${port}`,
  commands: [`devdoctor fix --port ${port}`],
  target: refOf(root),
  tree: true,
  graceMs: GRACE_MS,
});

/** What helps against one holder: its manager, the one it speaks for, its owner, or ending it. */
const holderRemedy = (occupancy: PortOccupancy, held: Held, context: CheckContext): Remedy[] => {
  const { process, root } = held;
  if (process === null || root === null) return [];
  return [
    frontManRemedy(occupancy, process) ??
      managerRemedy(held, context) ??
      foreignRemedy(occupancy.port, held, context) ??
      terminateRemedy(occupancy.port, process, root),
  ];
};

/** A socket of one's own without a process in sight belongs to a process in another pid namespace: a container. */
const lookElsewhere = ({ port }: PortOccupancy, { sockets }: Classification, context: CheckContext): ManualRemedy => {
  const own = context.uid !== null && sockets.some(({ uid }) => uid === context.uid);
  return own
    ? manual('It is out of sight, as the processes of a container are: look there.', 'no process in sight holds it', [
        `docker ps --filter publish=${port}`,
      ])
    : manual('Look again with the rights to see every process.', 'the owner is not visible to this user', [
        `sudo devdoctor why ${port}`,
      ]);
};

const hiddenRemedies = (
  occupancy: PortOccupancy,
  classification: Classification,
  context: CheckContext,
): readonly Remedy[] => {
  const { port } = occupancy;
  const look = lookElsewhere(occupancy, classification, context);
  const foreign = classification.sockets.some(({ uid }) => context.uid !== null && uid !== null && uid !== context.uid);
  if (foreign) return [look];
  return [
    look,
    {
      kind: 'kill-by-port',
      risk: 'destructive',
      rationale: 'the last resort: ends by force whatever is found on the port, unidentified',
      commands: [`devdoctor fix --port ${port} --force`],
      port,
    },
  ];
};

const HIGHEST_PORT = 65_535;

const otherPort = (port: number): string => {
  const next = port < 1024 ? port + 8000 : port + 1;
  return `PORT=${next > HIGHEST_PORT ? port - 1 : next} npm run dev`;
};

const reservedRemedies = ({ port, firstUnprivilegedPort }: PortOccupancy, { privileged }: Classification): Remedy[] =>
  privileged
    ? [
        manual(
          `Use a port of ${firstUnprivilegedPort} or above, or let a proxy serve the low one.`,
          `ports below ${firstUnprivilegedPort} need rights that a dev server should not have`,
          [otherPort(port)],
        ),
      ]
    : [
        manual('Wait a moment and look again, or use another port.', 'no socket shows who holds it', [
          `devdoctor check --port ${port}`,
        ]),
      ];

/** What would help, by the state of the port. */
export const remediesFor = (
  occupancy: PortOccupancy,
  classification: Classification,
  held: readonly Held[],
  context: CheckContext,
): readonly Remedy[] => {
  const { port } = occupancy;
  switch (classification.state) {
    case 'listening':
      return held.flatMap((one) => holderRemedy(occupancy, one, context));
    case 'connected':
      return [
        manual(
          'Close the connection in the program that has it, or use another port; a client is not ended for its port.',
          'a connection that happened to get this local port blocks binding it',
          [otherPort(port)],
        ),
      ];
    case 'time-wait':
      return [
        manual(
          'Wait: the kernel lets the port go within a minute.',
          'nothing holds the port, so nothing can be ended',
          [`devdoctor check --port ${port}`],
        ),
      ];
    case 'hidden':
      return hiddenRemedies(occupancy, classification, context);
    case 'reserved':
      return reservedRemedies(occupancy, classification);
  }
};
