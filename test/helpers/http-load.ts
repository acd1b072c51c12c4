import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

const PAUSE_MS = 40;

/** The body of what a port of this machine answers, over a connection of its own. */
export const ask = (port: number, path = '/'): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = get({ port, path, host: '127.0.0.1', agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    request.on('error', reject);
  });

/** What came of the requests so far. */
export interface Load {
  readonly answered: () => number;
  /** Sends no more, and tells why requests failed. */
  readonly stop: () => Promise<readonly string[]>;
}

/** Sends each of these ports one request after the other, on connections of their own, until it is stopped. */
export const loadOn = (ports: readonly number[]): Load => {
  const failures: string[] = [];
  const state = { answered: 0, isOver: false };
  const keepAsking = async (port: number): Promise<void> => {
    while (!state.isOver) {
      try {
        await ask(port);
        state.answered += 1;
      } catch (error) {
        failures.push(`${port}: ${String(error)}`);
      }
      await delay(PAUSE_MS);
    }
  };
  const all = Promise.all(ports.map(keepAsking));
  const stop = async (): Promise<readonly string[]> => {
    state.isOver = true;
    await all;
    return failures;
  };
  onTestFinished(async () => {
    await stop();
  });
  return { answered: () => state.answered, stop };
};
