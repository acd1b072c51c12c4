import { describe, expect, it } from 'vitest';
import type { LogCause } from '../../src/model/log.ts';
import { localPortOf, portsNamedIn } from '../../src/programs/log-ports.ts';
import { aCause, aServiceLog, logFacts, NO_CAUSE } from '../helpers/a-service-log.ts';

const taken = (detail: LogCause['detail']): number | null => localPortOf(aCause({ detail }));
const refused = (detail: LogCause['detail']): number | null => localPortOf(aCause({ code: 'ECONNREFUSED_DB', detail }));

describe('the port of this machine that a cause is about', () => {
  it.each(['127.0.0.1', '127.8.0.1', 'localhost', '::1', '[::1]', '0.0.0.0', '::', '*', ''])(
    'is on the address "%s"',
    (address) => {
      expect(taken({ port: '5000', address })).toBe(5000);
      expect(refused({ port: '5432', host: address })).toBe(5432);
    },
  );

  it.each(['db.example.com', '10.0.0.5', '192.168.1.2', 'localhost.example.com', 'postgres', '1270.0.0.1', 'fe80::1'])(
    'is not on %s, which is another machine',
    (address) => {
      expect(taken({ port: '5000', address })).toBeNull();
      expect(refused({ port: '5432', host: address })).toBeNull();
    },
  );

  it('needs no address', () => {
    expect(taken({ port: '5000' })).toBe(5000);
  });

  it.each(['0', '65536', '-1', '3.5', 'http', '', ' '])('is not "%s"', (port) => {
    expect(taken({ port })).toBeNull();
  });

  it('takes the first and the last that there are', () => {
    expect([taken({ port: '1' }), taken({ port: '65535' })]).toEqual([1, 65_535]);
  });

  it('is none where none is named, and none for causes that are about something else', () => {
    expect(taken({})).toBeNull();
    for (const code of ['EACCES_PORT', 'MISSING_ENV', 'NONE', 'DNS_FAILURE']) {
      expect(localPortOf(aCause({ code, detail: { port: '80' } }))).toBeNull();
    }
  });
});

it('the ports that logs name are told once each, in their order', () => {
  const services = [
    aServiceLog({ rootCause: aCause({ detail: { port: '5000' } }) }),
    aServiceLog({ rootCause: NO_CAUSE }),
    aServiceLog({ rootCause: aCause({ code: 'ECONNREFUSED_DB', detail: { port: '5432', host: 'localhost' } }) }),
    aServiceLog({ rootCause: aCause({ detail: { port: '5000', address: '::' } }) }),
    aServiceLog({ rootCause: aCause({ detail: { port: '9', address: 'db' } }) }),
  ];
  expect(portsNamedIn(logFacts(services))).toEqual([5000, 5432]);
  expect(portsNamedIn(logFacts([]))).toEqual([]);
});
