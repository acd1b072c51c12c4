import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnoseTail, type RandomAccess } from '../../src/logs/tail-first.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';
import { diagnoseTexts } from './support/diagnose-text.ts';
import { FIXTURES } from './support/paths.ts';

const MEGABYTES = 3;

interface Generated {
  readonly bytes: Buffer;
  readonly restarts: number;
}

const generate = (): Generated => {
  const file = join(makeTempDir(), 'app.log');
  const told = execFileSync(process.execPath, [join(FIXTURES, 'huge-log-tail', 'gen.mjs'), file, String(MEGABYTES)]);
  const { restarts } = JSON.parse(told.toString()) as { restarts: number };
  return { bytes: readFileSync(file), restarts };
};

const accessTo = (bytes: Buffer, reads: number[] = []): RandomAccess => ({
  name: 'app.log',
  modifiedAt: null,
  size: bytes.length,
  read: (offset, length) => {
    reads.push(offset);
    return Promise.resolve(bytes.subarray(offset, offset + length));
  },
});

const now = null;

describe('a large log', { timeout: 60_000 }, () => {
  it('that is skimmed says the same as one that is read line by line', async () => {
    const { bytes, restarts } = generate();
    const [skimmed] = await diagnoseTexts({ 'app.log': bytes }, { readAllBytes: 65_536 });
    const [whole] = await diagnoseTexts({ 'app.log': bytes }, { readAllBytes: bytes.length });
    expect(skimmed).toMatchObject({
      restartLoop: true,
      restarts,
      rootCause: { code: 'EADDRINUSE', detail: { port: '3000' } },
    });
    expect({ ...skimmed, alternatives: [] }).toEqual({ ...whole, alternatives: [] });
  });

  it('is answered from its end without its beginning being read', async () => {
    const { bytes, restarts } = generate();
    const reads: number[] = [];
    const { from, diagnoses } = await diagnoseTail(accessTo(bytes, reads), { now, windowBytes: 500_000 });
    expect(diagnoses[0]).toMatchObject({ restartLoop: true, rootCause: { code: 'EADDRINUSE' } });
    expect(Math.abs((diagnoses[0]?.restarts ?? 0) - restarts)).toBeLessThanOrEqual(1);
    expect(Math.min(...reads)).toBeGreaterThan(bytes.length - 600_000);
    expect(from).toBeGreaterThan(0);
    expect(diagnoses[0]?.evidence[0]).toMatchObject({
      line: null,
      text: 'Error: listen EADDRINUSE: address already in use :::3000',
    });
    const offset = diagnoses[0]?.evidence[0]?.offset ?? 0;
    expect(bytes.subarray(offset, offset + 26).toString()).toBe('Error: listen EADDRINUSE: ');
  });

  it('is walked back while a loop is open where the window begins', async () => {
    const { bytes, restarts } = generate();
    const { diagnoses } = await diagnoseTail(accessTo(bytes), { now, windowBytes: 20_000 });
    expect(Math.abs((diagnoses[0]?.restarts ?? 0) - restarts)).toBeLessThanOrEqual(1);
  });

  it('is walked back no further than allowed', async () => {
    const { bytes } = generate();
    const { from } = await diagnoseTail(accessTo(bytes), { now, windowBytes: 10_000, mostBytes: 40_000 });
    expect(from).toBeGreaterThanOrEqual(bytes.length - 40_000);
  });

  it('that fits into the window is read from its beginning', async () => {
    const bytes = Buffer.from('one\ntwo\n');
    expect((await diagnoseTail(accessTo(bytes), { now })).from).toBe(0);
  });

  it('that became shorter while it was read is judged by what is left', async () => {
    const bytes = Buffer.from('one\n'.repeat(10));
    const file = { ...accessTo(bytes), size: 4_000_000 };
    expect((await diagnoseTail(file, { now })).outcomes).toMatchObject([{ state: 'read', bytes: 40 }]);
  });
});
