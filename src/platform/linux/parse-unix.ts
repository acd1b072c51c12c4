/** A row of the table of unix sockets. */
const ROW = /^[0-9a-f]+: ([0-9A-F]{8}) [0-9A-F]{8} [0-9A-F]{8} 0001 ([0-9A-F]{2}) +(\d+)/i;

const CONNECTED = '03';

/** The kernel counts the owner's file, its own table, and the peer, who lets go when it is closed. */
const WITH_PEER = 3;

/**
 * Reads /proc/net/unix: for each connected stream socket, by inode, whether its other end is gone. Node connects
 * children by pairs of such sockets.
 */
export const parseUnixSockets = (text: string): ReadonlyMap<number, boolean> => {
  const abandoned = new Map<number, boolean>();
  for (const line of text.split('\n')) {
    const match = ROW.exec(line);
    if (match === null || match[2] !== CONNECTED) continue;
    abandoned.set(Number(match[3]), Number.parseInt(match[1] ?? '', 16) < WITH_PEER);
  }
  return abandoned;
};
