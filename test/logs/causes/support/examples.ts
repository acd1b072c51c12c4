import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMS } from './forms.ts';

/** A text of one cause. */
export interface Example {
  readonly name: string;
  readonly code: string;
  readonly block: readonly string[];
}

const OUTPUTS = join(import.meta.dirname, '../outputs');

/** What programs really printed, by the code of what made them end: `outputs/<CODE>/<program>.txt`. */
export const OUTPUT_EXAMPLES: readonly Example[] = readdirSync(OUTPUTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: code }) =>
    readdirSync(join(OUTPUTS, code)).map((file) => ({
      name: `${code}/${file.replace(/\.txt$/, '')}`,
      code,
      block: readFileSync(join(OUTPUTS, code, file), 'utf8')
        .trimEnd()
        .split('\n'),
    })),
  );

const FORM_EXAMPLES: readonly Example[] = FORMS.map(([code, ...block]) => ({
  name: `${code}: ${block.at(-1)?.slice(0, 60)}`,
  code,
  block,
}));

/** All texts of all causes. */
export const EXAMPLES: readonly Example[] = [...OUTPUT_EXAMPLES, ...FORM_EXAMPLES];
