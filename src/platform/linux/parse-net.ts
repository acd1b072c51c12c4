import type { Protocol, SocketState } from '../../model/port.ts';

/** One row of /proc/net/{tcp,tcp6,udp,udp6}. */
export interface NetRow {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly state: SocketState;
  readonly established: boolean;
  readonly uid: number;
  readonly inode: number;
}

const ROW = /^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2}) \S+ \S+ \S+ +(\d+) +\d+ (\d+)/;

const LISTEN = '0A';
const TIME_WAIT = '06';
const ESTABLISHED = '01';

const stateOf = (code: string, protocol: Protocol): SocketState => {
  if (protocol === 'udp') return code === ESTABLISHED ? 'connected' : 'listening';
  if (code === LISTEN) return 'listening';
  return code === TIME_WAIT ? 'time-wait' : 'connected';
};

/** The kernel prints each 32-bit word in its own byte order; Linux on Node's platforms is little-endian, but for s390x. */
const wordBytes = (word: string): number[] => [6, 4, 2, 0].map((at) => Number.parseInt(word.slice(at, at + 2), 16));

/** The longest run of zero groups is written `::`, as RFC 5952 has it. */
const ipv6Text = (groups: readonly string[]): string => {
  const runs = [...` ${groups.join(' ')} `.matchAll(/(?: 0)(?: 0)+(?= )/g)].map((run) => run[0]);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  const spaced = ` ${groups.join(' ')}`;
  if (longest === '') return groups.join(':');
  const at = spaced.indexOf(longest);
  const part = (text: string): string => text.trim().replaceAll(' ', ':');
  return `${part(spaced.slice(0, at))}::${part(spaced.slice(at + longest.length))}`;
};

/** Turns the kernel's hexadecimal address into the usual text; IPv4 in IPv6 stays recognisable. */
export const parseHexAddress = (hex: string): string => {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap(wordBytes);
  if (bytes.length === 4) return bytes.join('.');
  const mapped = hex.startsWith('0000000000000000FFFF0000');
  if (mapped) return `::ffff:${bytes.slice(12).join('.')}`;
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return ipv6Text(groups);
};

/** Reads one row; `null` for a heading or a torn line. */
export const parseNetRow = (line: string, protocol: Protocol): NetRow | null => {
  const match = ROW.exec(line);
  if (match === null) return null;
  const [, address = '', port = '', remoteAddress = '', remotePort = '', state = '', uid, inode] = match;
  return {
    protocol,
    address: parseHexAddress(address),
    port: Number.parseInt(port, 16),
    remoteAddress: parseHexAddress(remoteAddress),
    remotePort: Number.parseInt(remotePort, 16),
    state: stateOf(state, protocol),
    established: state === ESTABLISHED,
    uid: Number(uid),
    inode: Number(inode),
  };
};
