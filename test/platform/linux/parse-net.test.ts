import { describe, expect, it } from 'vitest';
import { parseHexAddress, parseNetRow } from '../../../src/platform/linux/parse-net.ts';

const HEADING4 =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     ';
const HEADING6 =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

const row = (local: string, remote: string, state: string, uid = '1000', inode = '123456'): string =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${uid.padStart(5)}        0 ${inode} 1 0000000057677350 100 0 0 10 0                       `;

const LISTENER = row('0100007F:0BB8', '00000000:0000', '0A');

describe('parseHexAddress', () => {
  it.each([
    ['0100007F', '127.0.0.1'],
    ['00000000', '0.0.0.0'],
    ['0501A8C0', '192.168.1.5'],
    ['FFFFFFFF', '255.255.255.255'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000001000000', '::1'],
    ['0000000000000000FFFF000004030201', '::ffff:1.2.3.4'],
    ['0000000000000000FFFF00000100007F', '::ffff:127.0.0.1'],
    ['000080FE00000000FF005452785634FE', 'fe80::5254:ff:fe34:5678'],
    ['000080FE000000000000000001000000', 'fe80::1'],
    ['B80D0120000000000000000001000000', '2001:db8::1'],
    ['B80D0120000001000000000001000000', '2001:db8:1::1'],
    ['B80D0120010000000000000000000000', '2001:db8:0:1::'],
    ['00000120010000000000000001000000', '2001:0:0:1::1'],
    ['00000120010000000000000001000100', '2001::1:0:0:1:1'],
    ['B80D0120010001000100010001000100', '2001:db8:1:1:1:1:1:1'],
    ['B80D0120000001000100010001000100', '2001:db8:1:0:1:1:1:1'],
  ])('turns %s into %s', (hex, text) => {
    expect(parseHexAddress(hex)).toBe(text);
  });
});

describe('parseNetRow', () => {
  it('reads a listener whole', () => {
    expect(parseNetRow(LISTENER, 'tcp')).toEqual({
      protocol: 'tcp',
      address: '127.0.0.1',
      port: 3000,
      remoteAddress: '0.0.0.0',
      remotePort: 0,
      state: 'listening',
      established: false,
      uid: 1000,
      inode: 123_456,
    });
  });

  it('reads a connection between two IPv6 ends', () => {
    const end = '00000000000000000000000001000000';
    expect(parseNetRow(row(`${end}:C350`, `${end}:0BB8`, '01'), 'tcp')).toMatchObject({
      address: '::1',
      port: 50_000,
      remoteAddress: '::1',
      remotePort: 3000,
      state: 'connected',
      established: true,
    });
  });

  it.each([
    ['01', 'connected', true],
    ['02', 'connected', false],
    ['03', 'connected', false],
    ['04', 'connected', false],
    ['05', 'connected', false],
    ['06', 'time-wait', false],
    ['08', 'connected', false],
    ['09', 'connected', false],
    ['0A', 'listening', false],
    ['0C', 'connected', false],
  ])('reads TCP state %s as %s', (code, state, established) => {
    expect(parseNetRow(row('0100007F:0BB8', '0100007F:C350', code), 'tcp')).toMatchObject({ state, established });
  });

  it.each([
    ['07', 'listening'],
    ['01', 'connected'],
  ])('reads UDP state %s as %s', (code, state) => {
    expect(parseNetRow(row('00000000:14E9', '00000000:0000', code), 'udp')).toMatchObject({ state, protocol: 'udp' });
  });

  it.each([
    ['a wide user id', row('0100007F:0BB8', '00000000:0000', '0A', '4294967294'), { uid: 4_294_967_294 }],
    ['a socket without an owner', row('0100007F:0BB8', '0100007F:C350', '06', '0', '0'), { inode: 0 }],
    ['a row number of many digits', LISTENER.replace('   0:', '123456:'), { port: 3000 }],
    ['the highest port', row('0100007F:FFFF', '00000000:0000', '0A'), { port: 65_535 }],
  ])('reads %s', (_, line, expected) => {
    expect(parseNetRow(line, 'tcp')).toMatchObject(expected);
  });

  it.each([HEADING4, HEADING6, '', 'garbage'])('is null for what is no row: %j', (line) => {
    expect(parseNetRow(line, 'tcp')).toBeNull();
  });

  it('is null for a line torn anywhere before the socket number', () => {
    const upToNumber = LISTENER.indexOf('123456');
    const torn = Array.from({ length: upToNumber }, (_, length) => LISTENER.slice(0, length));
    expect(torn.filter((line) => parseNetRow(line, 'tcp') !== null)).toEqual([]);
  });

  it('is null for the second half of a line torn in two', () => {
    const halves = Array.from({ length: 60 }, (_, at) => LISTENER.slice(at + 5));
    expect(halves.filter((line) => parseNetRow(line, 'tcp') !== null)).toEqual([]);
  });
});
