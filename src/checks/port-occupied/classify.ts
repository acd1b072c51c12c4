import type { PortState } from '../../model/finding.ts';
import type { PortOccupancy, PortSocket } from '../../model/port.ts';

/** What keeps a port from being bound, and the sockets that show it. */
export interface Classification {
  readonly state: PortState;
  readonly sockets: readonly PortSocket[];
  /** No process could be named because binding the port needs rights. */
  readonly privileged: boolean;
}

const isHeld = ({ holders }: PortSocket): boolean => holders.length > 0;

/** Classifies an occupied port; `null` for a free one. Only the bind probes can call a port free. */
export const classify = ({ probes, sockets, blindSpots }: PortOccupancy): Classification | null => {
  const inUse = probes.some(({ outcome }) => outcome === 'in-use');
  const privileged = probes.some(({ outcome }) => outcome === 'not-permitted');
  if (!inUse && !privileged) return null;
  const listeners = sockets.filter(({ state }) => state === 'listening');
  if (listeners.some(isHeld)) return { state: 'listening', sockets: listeners, privileged };
  if (listeners.length > 0) return { state: 'hidden', sockets: listeners, privileged };
  if (!inUse) return { state: 'reserved', sockets: [], privileged };
  const connected = sockets.filter(({ state }) => state === 'connected');
  if (connected.length > 0) return { state: 'connected', sockets: connected, privileged };
  const waiting = sockets.filter(({ state }) => state === 'time-wait');
  if (waiting.length > 0) return { state: 'time-wait', sockets: waiting, privileged };
  // Not having been able to look is no reason to say that nobody is there.
  return { state: blindSpots.length > 0 ? 'hidden' : 'reserved', sockets: [], privileged };
};
