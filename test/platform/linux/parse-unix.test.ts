import { describe, expect, it } from 'vitest';
import { parseUnixSockets } from '../../../src/platform/linux/parse-unix.ts';

const HEADING = 'Num       RefCount Protocol Flags    Type St Inode Path';

/** A row as the kernel prints it. */
const row = (count: number, type: string, state: string, inode: number, path = ''): string =>
  `0000000000000000: ${count.toString(16).padStart(8, '0').toUpperCase()} 00000000 00000000 ${type} ${state} ${inode}${path}`;

const parse = (...rows: readonly string[]) => [...parseUnixSockets([HEADING, ...rows, ''].join('\n'))];

describe('the table of unix sockets', () => {
  it.each<[string, string, readonly (readonly [number, boolean])[]]>([
    ['a pair with both ends', row(3, '0001', '03', 4711), [[4711, false]]],
    ['an end whose peer has gone', row(2, '0001', '03', 4711), [[4711, true]]],
    ['an end with more who use it', row(16, '0001', '03', 4711), [[4711, false]]],
    ['an end that was accepted under a path', row(3, '0001', '03', 4711, ' /run/dbus/socket'), [[4711, false]]],
    ['an inode with blanks before it', row(2, '0001', '03', 7).replace(' 7', '     7'), [[7, true]]],
    ['a listener', row(2, '0001', '01', 4711, ' /run/dbus/socket'), []],
    ['a socket that is not connected', row(2, '0001', '02', 4711), []],
    ['a socket for datagrams', row(2, '0002', '03', 4711), []],
    ['a torn row', '0000000000000000: 00000002 00000', []],
  ])('%s', (_, text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it('tells of each row', () => {
    expect(parse(row(2, '0001', '03', 1), row(3, '0001', '03', 2))).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('may be empty', () => {
    expect([...parseUnixSockets('')]).toEqual([]);
  });
});
