import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A living process, by the folder it works in. */
export interface LivingProcess {
  readonly pid: number;
  readonly cwd: string;
  readonly argv: string;
}

const describeProcess = (pid: number): readonly LivingProcess[] => {
  try {
    const cwd = readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return [{ pid, cwd, argv }];
  } catch {
    return [];
  }
};

const worksIn = (folder: string, cwd: string): boolean => cwd === folder || cwd.startsWith(`${folder}/`);

/** The living processes whose working directory is a folder or below it. The dead and the undead have none. */
export const processesIn = (folder: string): readonly LivingProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => describeProcess(Number(name)))
    .filter(({ cwd }) => worksIn(folder, cwd));

/** Ends by pid what works in a folder of the test's own, until nothing starts itself again there. */
export const endProcessesIn = (folder: string): void => {
  for (let round = 0; round < 20; round += 1) {
    const living = processesIn(folder);
    if (living.length === 0) return;
    for (const { pid } of living) endIfStillIn(folder, pid);
  }
};

const endIfStillIn = (folder: string, pid: number): void => {
  if (!describeProcess(pid).some(({ cwd }) => worksIn(folder, cwd))) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in between.
  }
};
