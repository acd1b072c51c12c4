import { fileURLToPath } from 'node:url';

/** The recorded logs with their verdicts. */
export const FIXTURES: string = fileURLToPath(new URL('../../../fixtures/logs', import.meta.url));
