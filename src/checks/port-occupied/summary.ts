import type { CheckContext } from '../../model/check.ts';
import type { PortOccupancy } from '../../model/port.ts';
import type { PortHolder } from '../../model/finding.ts';
import { frontManOf } from '../../programs/front-men.ts';
import { truncate } from '../../util/fit-text.ts';
import { sanitize } from '../../util/sanitize.ts';
import type { Classification } from './classify.ts';
import { isFamilyConflict } from './evidence.ts';
import type { Held } from './holders.ts';

const DAY_MS = 86_400_000;
const NAME_LIMIT = 60;

const short = (text: string): string => truncate(sanitize(text), NAME_LIMIT);

/** `node server.js` for `/usr/bin/node /home/me/shop/server.js 3000`. */
const shortCommand = ({ command, name }: PortHolder): string => {
  if (command === '') return name;
  const [program = name, ...rest] = command.split(' ');
  // What follows a flag may be code (`node -e …`), which names nothing.
  const [script] = rest[0]?.startsWith('-') === true ? [] : rest;
  return [program, ...(script === undefined ? [] : [script])].map(folderName).join(' ');
};

const folderName = (path: string): string => path.replace(/^.*[\\/](?=.)/, '');

const isYoungerThanADay = (startedAt: number, now: number): boolean => now - startedAt < DAY_MS;

const oneHolder = (held: Held, context: CheckContext): string => {
  const { holder, process } = held;
  if (process === null) return 'was held by a process that ended meanwhile';
  const front = frontManOf(process);
  if (front !== null) return `is held by ${short(holder.name)}, which ${front.does}`;
  if (holder.managedBy !== null)
    return `is held by ${short(holder.managedBy.unit)}, which ${holder.managedBy.kind} keeps alive`;
  return unmanaged(held, context);
};

const isOwn = ({ project }: PortHolder, context: CheckContext): boolean =>
  context.project !== null && project === context.project;

const unmanaged = ({ holder, abandoned }: Held, context: CheckContext): string => {
  const own = isOwn(holder, context);
  if (own && abandoned) return 'is still held by an earlier server of this project';
  if (own && !isYoungerThanADay(holder.startedAt, context.now)) return 'is held by an old server of this project';
  if (own) return 'is held by a server of this project';
  const project = holder.project === null ? '' : ` of ${short(folderName(holder.project))}`;
  return `is held by ${short(shortCommand(holder))}${project}`;
};

const listening = (held: readonly Held[], occupancy: PortOccupancy, context: CheckContext): string => {
  const [first] = held;
  if (first === undefined) return 'is held';
  if (occupancy.published !== null) return `is published by the container ${short(occupancy.published.name)}`;
  if (held.length === 1) return oneHolder(first, context);
  if (isFamilyConflict(held)) return `is held by ${held.length} processes, one for IPv4 and one for IPv6`;
  return `is held by ${held.length} processes that share it`;
};

/** One line that says what is wrong with a port. */
export const summaryFor = (
  occupancy: PortOccupancy,
  { state, sockets, privileged }: Classification,
  held: readonly Held[],
  context: CheckContext,
): string => {
  const port = `Port ${occupancy.port}`;
  switch (state) {
    case 'listening':
      return `${port} ${listening(held, occupancy, context)}`;
    case 'connected':
      return `${port} is in use by a connection of ${short(held[0]?.holder.name ?? 'an unseen process')}, not by a server`;
    case 'time-wait':
      return `${port} is blocked for up to a minute by a connection that was just closed`;
    case 'hidden':
      return `${port} is occupied, and its owner is not visible to you${sockets[0]?.user == null ? '' : `: a process of ${short(sockets[0].user)}`}`;
    case 'reserved':
      return privileged
        ? `${port} needs rights that this user does not have`
        : `${port} cannot be bound, and no socket shows why`;
  }
};
