// Reads a whole log and prints what it cost. Run by bench/logs.mjs.
import { closeSync, openSync, readSync } from 'node:fs';
import { diagnoseLogs } from '../src/logs/diagnose-logs.ts';

const [file] = process.argv.slice(2);
const descriptor = openSync(file);
/** One buffer for all of the file: the reader keeps no chunk. */
const buffer = Buffer.allocUnsafeSlow(262_144);
const chunks = async function* () {
  for (;;) {
    const length = readSync(descriptor, buffer, 0, buffer.length, null);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
};
const { diagnoses } = await diagnoseLogs([{ name: file, modifiedAt: null, chunks: chunks() }], { now: null });
closeSync(descriptor);
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ peakMb, restarts: diagnoses[0]?.restarts, cause: diagnoses[0]?.rootCause.code }));
