import { setTimeout as delay } from 'node:timers/promises';

const ATTEMPTS = 300;
const PAUSE_MS = 50;

/** Asks again and again until there is an answer other than `null` or `false`; throws when there never is one. */
export const waitFor = async <T>(what: string, ask: () => Promise<T | null | false> | T | null | false): Promise<T> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    await delay(PAUSE_MS);
  }
  throw new Error(`waited in vain for ${what}`);
};
