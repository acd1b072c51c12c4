import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnoseLogs } from '../../src/logs/diagnose-logs.ts';
import type { LogReport } from '../../src/logs/types.ts';
import { inPieces, textSource } from './support/diagnose-text.ts';
import { FIXTURES } from './support/paths.ts';

/** Another seed may be given; the one in use is in the name of each test. */
const seed = Number(process.env['DEVDOCTOR_SEED'] ?? Date.now() % 1_000_000_000);
const numRuns = Number(process.env['DEVDOCTOR_RUNS'] ?? 40);
const runs = { seed, numRuns };

const SAMPLES: readonly Buffer[] = [
  'sh-no-newline-truncated-garbage/app.log',
  'sh-utf16le-powershell/kiosk.log',
  'sh-rotated-gz/payments.log.2.gz',
  'systemd-export-silent-exit/beacon.export',
  'systemd-json-ansi-bytearray/journal.json',
  'pm2-json-typeerror/catalog-error.log',
  'pino-json-interleaved/all.log',
  'cri-econnrefused/0.log',
  'concurrently-one-loops/dev.log',
  'python-gunicorn-conn-in-use/gunicorn.log',
  'sh-heap-oom-n20/app.log',
].map((name) => readFileSync(join(FIXTURES, name)));

const read = (bytes: Uint8Array, size: number): Promise<LogReport> =>
  diagnoseLogs([textSource('app.log', bytes, size)], { now: 0, readAllBytes: 2048 });

const LONGEST_TEXT = 8192;
const MEGABYTE = 1_048_576;

const expectBounded = ({ diagnoses, outcomes }: LogReport): void => {
  expect(outcomes).toHaveLength(1);
  expect(diagnoses.length).toBeLessThanOrEqual(64);
  for (const { restarts, unplanned, evidence } of diagnoses) {
    expect(restarts).toBeGreaterThanOrEqual(0);
    expect(unplanned).toBeGreaterThanOrEqual(0);
    expect(evidence.length).toBeLessThanOrEqual(14);
    for (const { text } of evidence) expect(text.length).toBeLessThanOrEqual(LONGEST_TEXT);
  }
  // A report is data: it survives JSON.
  expect(JSON.parse(JSON.stringify(diagnoses))).toEqual(diagnoses);
};

const sample = fc.constantFrom(...SAMPLES);
const size = fc.constantFrom(1, 13, 512, 4096, 65_536);

describe(`whatever the bytes (seed ${seed})`, () => {
  it('reads random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 20_000 }), size, async (bytes, pieces) => {
        expectBounded(await read(bytes, pieces));
      }),
      runs,
    );
  }, 60_000);

  it('reads a log that was cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(sample, fc.nat(), fc.nat(), size, async (bytes, from, length, pieces) => {
        const start = from % bytes.length;
        expectBounded(await read(bytes.subarray(start, start + 1 + (length % bytes.length)), pieces));
      }),
      runs,
    );
  }, 60_000);

  it('reads logs whose lines are mixed', async () => {
    const lines = SAMPLES.flatMap((bytes) => bytes.toString('latin1').split('\n').slice(0, 60));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...lines), { maxLength: 400 }), size, async (mixed, pieces) => {
        expectBounded(await read(Buffer.from(mixed.join('\n'), 'latin1'), pieces));
      }),
      runs,
    );
  }, 60_000);

  it.each([
    ['read whole', MEGABYTE],
    ['skimmed', 0],
    ['skimmed after a beginning', 4096],
  ])(
    'says the same however the bytes of a log that is %s are cut into pieces',
    async (_, readAllBytes) => {
      const options = { now: 0, readAllBytes };
      const padding = Buffer.from('2026-11-22T10:00:00.000Z INFO request served\n'.repeat(8000));
      await fc.assert(
        fc.asyncProperty(fc.nat(SAMPLES.length - 1), fc.boolean(), size, async (index, padded, pieces) => {
          const sample = SAMPLES[index] ?? Buffer.alloc(0);
          const bytes = padded ? Buffer.concat([sample, padding, sample, padding, sample]) : sample;
          const sizes = [bytes.length, padded ? Math.max(pieces, 512) : pieces];
          const [atOnce, cut] = await Promise.all(
            sizes.map((length) => diagnoseLogs([textSource('app.log', bytes, length)], options)),
          );
          expect(cut?.diagnoses).toEqual(atOnce?.diagnoses);
        }),
        runs,
      );
    },
    60_000,
  );
});

describe('what has no end in sight', () => {
  it.each([
    ['one line', 0x61],
    ['NUL bytes', 0],
    ['empty lines', 0x0a],
    ['opening braces', 0x7b],
  ])('of %s takes no more memory than a little', async (_, byte) => {
    const chunk = Buffer.alloc(MEGABYTE, byte);
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 48; i += 1) yield chunk;
    };
    const before = process.memoryUsage();
    const report = await diagnoseLogs([{ name: 'x', modifiedAt: null, chunks: endless() }], { now: null });
    const after = process.memoryUsage();
    expectBounded(report);
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(32 * MEGABYTE);
  });

  it('stops at its byte limit', async () => {
    const source = { name: 'x', modifiedAt: null, chunks: inPieces(Buffer.alloc(MEGABYTE, 0x61), 4096) };
    const { outcomes } = await diagnoseLogs([source], { now: null, byteLimit: 10_000 });
    expect(outcomes).toMatchObject([{ state: 'cut', bytes: 10_000 }]);
  });
});
