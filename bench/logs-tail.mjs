// Reads a log from its end and prints what it cost. Run by bench/logs.mjs.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { diagnoseTail } from '../src/logs/tail-first.ts';

const [file] = process.argv.slice(2);
const descriptor = openSync(file);
const { size } = fstatSync(descriptor);
let buffer = Buffer.alloc(0);
/** One buffer for all of the file: the reader keeps no chunk. */
const read = (offset, length) => {
  if (buffer.length < length) buffer = Buffer.allocUnsafeSlow(length);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, offset));
};
const { diagnoses } = await diagnoseTail({ name: file, modifiedAt: null, size, read }, { now: null });
closeSync(descriptor);
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ peakMb, restarts: diagnoses[0]?.restarts, cause: diagnoses[0]?.rootCause.code }));
