import type { Vector } from './argument-vectors.ts';

/** Calls that the two parsers read differently today. Each is a fault; when one is mended its test says so. */
export const DISAGREEMENTS: readonly Vector[] = [
  ['check', '-p=3000'],
  ['check', '-pabc'],
  ['check', '--port='],
  ['check', "--port='3000'"],
  ['fix', '-py'],
  ['why', '--json', 'true'],
  ['why', '--json', 'false'],
  ['why', '--verbose', 'true'],
  ['why', '-'],
  ['why', 'help'],
];
