import { describe, expect, it } from 'vitest';
import { findCause } from '../../../src/logs/causes/index.ts';

const CRASHED = { exitCode: 1, signal: null, crashed: true, runner: null };
const refused = 'Error: connect ECONNREFUSED 127.0.0.1:6379';

describe('the detail', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    [
      'a port from another line',
      ['Address already in use', 'Port 5000 is in use by another program.'],
      { port: '5000' },
    ],
    ['the usual service of a port', [refused], { address: '127.0.0.1', port: '6379', service: 'Redis' }],
    [
      'an address of IPv6',
      ['Error: connect ECONNREFUSED ::1:5432'],
      { address: '::1', port: '5432', service: 'PostgreSQL' },
    ],
    [
      'no service of an unusual port',
      ['Error: connect ECONNREFUSED 10.0.0.1:4711'],
      { address: '10.0.0.1', port: '4711' },
    ],
    [
      'all variables that are missing',
      [' Missing environment variables:', '    S3_BUCKET: undefined', '    S3_REGION: bucket region'],
      { variable: 'S3_BUCKET', variables: 'S3_BUCKET, S3_REGION' },
    ],
    [
      'only the names that Pydantic lists',
      ['ValidationError: 1 validation error for Settings', 'database_url', '  Field required [type=missing]', 'bye'],
      { variable: 'database_url' },
    ],
    [
      'the size of the heap',
      [
        '[1:0x1] 578 ms: Mark-Compact (reduce) 47.1 (51.4) -> 46.7 (50.4) MB, 31.35 / 0.00 ms',
        'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      ],
      { heapMb: '47.1', heapCommittedMb: '51.4' },
    ],
  ])('has %s', (_, block, detail) => {
    expect(findCause(block, CRASHED)?.detail).toEqual(detail);
  });
});
