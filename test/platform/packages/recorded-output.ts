import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const RECORDED = resolve(import.meta.dirname, '../../../fixtures/platform');

/** What a command printed on a real system, its bytes read as text in one encoding or another. */
export const recordedOutput = (path: string, encoding: 'utf8' | 'latin1' = 'utf8'): string =>
  readFileSync(join(RECORDED, path), encoding);
