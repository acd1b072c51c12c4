import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

/** A fresh folder with these files in it; a value that is no text is written as JSON. */
export const folderWith = (files: Readonly<Record<string, unknown>>): string => {
  const folder = makeTempDir();
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
};
