import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh folder that any user may enter and write to; removed when the current test is over. */
export const makeTempDir = (): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'devdoctor-e2e-')));
  chmodSync(folder, 0o777);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
};
