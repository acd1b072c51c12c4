import type { ProcessRef } from './process.ts';

export type Protocol = 'tcp' | 'udp';

/** What binding one address of a port told. */
export interface BindProbe {
  readonly address: string;
  readonly outcome: 'free' | 'in-use' | 'not-permitted' | 'unavailable';
  /** The system's error code, when it gave one. */
  readonly code: string | null;
}

export type SocketState = 'listening' | 'connected' | 'time-wait';

/** One socket whose local port is the port in question. */
export interface PortSocket {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  readonly state: SocketState;
  /** Connected both ways; half-closed connections hold a port, but nobody talks on them. */
  readonly established: boolean;
  /** The other end; `null` for a listener. */
  readonly remote: { readonly address: string; readonly port: number } | null;
  /** Owner as the kernel recorded it at creation. */
  readonly uid: number | null;
  readonly user: string | null;
  /** Processes that hold the socket. Empty where none could be seen. */
  readonly holders: readonly ProcessRef[];
}

/** A published container port behind a forwarding process. */
export interface PublishedContainer {
  readonly engine: 'docker' | 'podman';
  readonly id: string;
  readonly name: string;
}

/** Everything one look at one port told. */
export interface PortOccupancy {
  readonly port: number;
  readonly probes: readonly BindProbe[];
  /** Listening, connected and waiting TCP sockets with this local port; not read when every probe found the port free. */
  readonly sockets: readonly PortSocket[];
  /** Established connections to the port; `null` when the table was too long to be counted. */
  readonly connections: number | null;
  /** Ports handed out to clients, inclusive; `null` if unknown. */
  readonly ephemeralRange: readonly [number, number] | null;
  /** The first port an unprivileged process may bind. */
  readonly firstUnprivilegedPort: number;
  /** The container behind a forwarder, when its engine told. */
  readonly published: PublishedContainer | null;
  /** Why some holders may be missing, such as processes that could not be read. */
  readonly blindSpots: readonly string[];
}
