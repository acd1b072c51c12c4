import { catalogue } from './catalogue/index.ts';
import type { Cause } from './cause.ts';

export type { Cause, CauseCode, CauseContext, CauseMatch } from './cause.ts';
export { catalogue } from './catalogue/index.ts';
export { findCause } from './find-cause.ts';
export { fillDetail } from './fill-detail.ts';
export { CAUSE_WORDS } from './words.ts';

const byCode: ReadonlyMap<string, Cause> = new Map(catalogue.map((cause) => [cause.code, cause]));

/** The entry of one code; `null` for a code there is none for. */
export const causeOf = (code: string): Cause | null => byCode.get(code) ?? null;
