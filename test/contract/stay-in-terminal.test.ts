import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ListResult, StartResult } from '../../src/model/service-results.ts';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { cliPath } from '../helpers/paths.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { supervised, type Supervised } from './support/supervised.ts';

interface Staying {
  readonly child: ChildProcess;
  readonly text: () => string;
}

/** A command that stays until it is told to end. */
const stay = ({ home, folder }: Supervised, ...args: readonly string[]): Staying => {
  const env = cleanEnvironment({ DEVDOCTOR_HOME: home });
  const child = spawn(process.execPath, [cliPath(), ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return { child, text: () => Buffer.concat(chunks).toString('utf8') };
};

const endOf = async (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
};

describe('start --no-daemon', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'shows the logs, and %s ends all that it started',
    async (signal) => {
      const project = await supervised();
      const { child, text } = stay(project, 'start', '--no-daemon');
      await waitFor('a line of the log', () => /✔ api started[^]*ready \{/.test(text()));
      expect(await endOf(child, signal)).toBe(0);
      const list = await project.json<ListResult>(['list']);
      expect(list.supervisor).toBeNull();
      expect(list.services.map(({ status }) => status)).toEqual(['stopped', 'stopped']);
    },
  );

  test('leaves what ran before', async () => {
    const project = await supervised();
    await project.json<StartResult>(['start', '--only', 'worker']);
    const { child, text } = stay(project, 'start', '--no-daemon');
    await waitFor('a line of the log', () => /✔ api started[^]*ready \{/.test(text()));
    expect(await endOf(child, 'SIGINT')).toBe(0);
    const { services } = await project.json<ListResult>(['list']);
    expect(services.map(({ name, status }) => `${name} ${status}`).toSorted()).toEqual([
      'api stopped',
      'worker online',
    ]);
  });
});

test('start --attach shows the logs, and leaves the services when it ends', async () => {
  const project = await supervised();
  const { child, text } = stay(project, 'start', '--attach');
  await waitFor('a line of the log', () => /✔ api started[^]*ready \{/.test(text()));
  expect(await endOf(child, 'SIGINT')).toBe(0);
  const { services } = await project.json<ListResult>(['list']);
  expect(services.map(({ status }) => status)).toEqual(['online', 'online']);
});
