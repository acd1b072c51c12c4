import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createLastResort } from '../../../src/platform/packages/last-resort.ts';
import { freePort } from '../../helpers/free-port.ts';
import { startProgram } from '../../helpers/start-program.ts';
import { skipWhen } from '../skip-when.ts';

const PATIENCE = { timeout: 60_000 };
const unfit = process.platform === 'win32' || spawnSync('lsof', ['-v']).error !== undefined;
const WHY = 'there is no lsof here, which is what the package for ports goes by';

describe('the last resort', PATIENCE, () => {
  it('tells beforehand the one process that listens on the port', async (context) => {
    skipWhen(context, unfit, WHY);
    const port = await freePort();
    const server = await startProgram('listen.mjs', port);
    expect(await createLastResort(false).victimsOfPort(port)).toEqual([server.pid]);
    expect(server.isAlive()).toBe(true);
  });

  it('ends the listener by force and leaves its client alone', async (context) => {
    skipWhen(context, unfit, WHY);
    const port = await freePort();
    const server = await startProgram('listen.mjs', port);
    const client = await startProgram('connect.mjs', '127.0.0.1', port);
    const ended = once(server.child, 'exit');
    await createLastResort(false).killByPort(port);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(client.isAlive()).toBe(true);
  });

  it('ends nobody on a port that nobody holds, and does not mind', async (context) => {
    skipWhen(context, unfit, WHY);
    const port = await freePort();
    expect(await createLastResort(false).victimsOfPort(port)).toEqual([]);
    await expect(createLastResort(false).killByPort(port)).resolves.toBeUndefined();
  });
});
