import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { BirthMark } from '../../src/model/service.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { fixture } from './paths.ts';
import { procTable } from './proc-table.ts';
import { isAlive, signalIfAlive } from './supervisor.ts';
import { makeTempDir } from './with-temp-dir.ts';

/** A process that leads a session and a group of its own, with two children, and has nothing to do with any service. */
export interface Bystander {
  readonly mark: BirthMark;
  /** What happened to the three: the signals they got, and the deaths. Empty as long as nobody touched them. */
  readonly harm: () => readonly string[];
}

/** Starts a bystander; it is ended by pid when the test is over. */
export const startBystander = async (): Promise<Bystander> => {
  const folder = makeTempDir();
  const file = join(folder, 'signals');
  const child = spawn(process.execPath, [fixture('note-signals.mjs'), file], {
    cwd: folder,
    env: cleanEnvironment(),
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { pid, others } = JSON.parse(line.slice('ready '.length)) as { pid: number; others: readonly number[] };
  const all = [pid, ...others];
  onTestFinished(() => {
    for (const one of all) signalIfAlive(one, 'SIGKILL');
  });
  const stateOf = (one: number): string => (isAlive(one) ? (procTable.look(one)?.state ?? 'dead') : 'dead');
  return {
    mark: { pid, born: procTable.look(pid)?.born ?? 0, boot: procTable.boot },
    harm: () => [
      ...(existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []),
      ...all.filter((one) => ['dead', 'stopped'].includes(stateOf(one))).map((one) => `${one} is ${stateOf(one)}`),
    ],
  };
};
