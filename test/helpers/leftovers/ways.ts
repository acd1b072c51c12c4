import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { again, leftOf, lineOf, rename, untilUp, type Job } from './jobs.ts';
import { leftoverProgram, quoted, type Place } from './place.ts';
import { openWindow, run } from './window.ts';

/** Brings a job up and leaves it in a certain situation. */
export type Way = (place: Place, job: Job) => Promise<void>;

/** Whose session the job's starter is in: one of its own, or that of the test, which lives on. */
export type Session = 'own' | "the test's";

/** Typed at the prompt of a terminal that stays open. */
export const inTerminal: Way = async (place, job) => {
  const terminal = await openWindow(place, job.project.folder);
  terminal.type(lineOf(job));
  await untilUp(place, job);
};

/** Below a shell that waits for it, with no terminal in sight. */
export const underShell =
  (session: Session, shell = 'sh'): Way =>
  async (place, job) => {
    const argv = [shell, '-c', '"$@"; :', shell, ...lineOf(job)];
    await place.start({ argv, cwd: job.project.folder, detached: session === 'own' });
    await untilUp(place, job);
  };

/** Sent to the background by a shell that ends. */
export const byShell =
  (session: Session, shell = 'sh'): Way =>
  async (place, job) => {
    const argv = [shell, '-c', '"$@" & exit 0', shell, ...lineOf(job)];
    await run(place, { argv, cwd: job.project.folder, detached: session === 'own' });
    await untilUp(place, job);
  };

/** The same, typed in a terminal that stays open. */
export const byShellInTerminal: Way = async (place, job) => {
  const terminal = await openWindow(place, job.project.folder);
  terminal.type(['sh', '-c', '"$@" & exit 0', 'sh', ...lineOf(job)]);
  await untilUp(place, job);
};

const endRoot = async (place: Place, job: Job): Promise<void> => {
  const { roots } = await leftOf(place, job);
  for (const { pid } of roots) await place.end(pid, 'SIGKILL');
};

/** Its launcher, the root of the job, is killed. */
export const launcherKilled =
  (session: Session, stdio: 'ignore' | 'pipe' = 'ignore'): Way =>
  async (place, job) => {
    await place.start({ argv: lineOf(job), cwd: job.project.folder, detached: session === 'own', stdio });
    await untilUp(place, job);
    await endRoot(place, job);
  };

/** Its launcher is killed while its terminal stays open. */
export const launcherKilledInTerminal: Way = async (place, job) => {
  await inTerminal(place, job);
  await endRoot(place, job);
};

/** Those processes of the job whose words match are killed, all in one instant as far as a test can. */
export const killed =
  (...kinds: readonly RegExp[]): Way =>
  async (place, job) => {
    await place.start({ argv: lineOf(job), cwd: job.project.folder, detached: true });
    await untilUp(place, job);
    const { tree } = await leftOf(place, job);
    const matching = tree.filter(({ argv }) => kinds.some((kind) => kind.test(argv.join(' '))));
    if (matching.length < kinds.length) throw new Error(`none of ${tree.map(({ argv }) => argv.join(' ')).join('; ')}`);
    await Promise.all(matching.map(({ pid }) => place.end(pid, 'SIGKILL')));
  };

/** A program that keeps the job as its child over pipes. */
export type PipingParent = 'node' | 'node-detaching' | 'node-extra-pipes' | 'python' | 'perl' | 'pipeline';

const PIPELINE = 'sleep 100 | "$@" 2>&1 | cat > /dev/null; :';

const parentLine = (parent: PipingParent, line: readonly string[]): readonly string[] => {
  const program = (ending: string): string => leftoverProgram(`start-over-pipes.${ending}`);
  switch (parent) {
    case 'node':
      return [process.execPath, program('cjs'), ...line];
    case 'node-detaching':
      return [process.execPath, program('cjs'), '--detached', ...line];
    case 'node-extra-pipes':
      return [process.execPath, program('cjs'), '--detached', '--extra-pipes', ...line];
    case 'python':
      return ['python3', program('py'), ...line];
    case 'perl':
      return ['perl', program('pl'), ...line];
    case 'pipeline':
      return ['sh', '-c', PIPELINE, 'sh', ...line];
  }
};

/** The parent at the other end of its pipes is killed, with everything else it started. */
export const pipingParentKilled =
  (parent: PipingParent, session: Session = 'own'): Way =>
  async (place, job) => {
    const argv = parentLine(parent, lineOf(job));
    const pid = await place.start({ argv, cwd: job.project.folder, detached: session === 'own' });
    await untilUp(place, job);
    const others = (await place.processes()).filter((one) => one.parent === pid && one.madeAs !== job.id);
    for (const one of [pid, ...others.map((other) => other.pid)]) await place.end(one, 'SIGKILL');
  };

/** The parent at the other end of its pipes lives, in a terminal that stays open. */
export const pipingParentLives =
  (parent: PipingParent): Way =>
  async (place, job) => {
    const terminal = await openWindow(place, job.project.folder);
    terminal.type(parentLine(parent, lineOf(job)));
    await untilUp(place, job);
  };

/** Its terminal is closed, which it outlives. */
export const terminalClosed: Way = async (place, job) => {
  const terminal = await openWindow(place, job.project.folder);
  terminal.type(lineOf(job));
  await untilUp(place, job);
  await terminal.close();
};

/** It made itself a daemon of the classic kind. */
export const asDaemon: Way = async (place, job) => {
  await run(place, { argv: ['perl', leftoverProgram('start-daemon.pl'), ...lineOf(job)], cwd: job.project.folder });
  await untilUp(place, job);
};

/** Started in a session of its own by a program that left. */
export const detached =
  (output: 'nowhere' | 'log file'): Way =>
  async (place, job) => {
    const log = output === 'nowhere' ? '-' : join(job.project.folder, 'server.log');
    const argv = [process.execPath, leftoverProgram('start-detached.cjs'), log, ...lineOf(job)];
    await run(place, { argv, cwd: job.project.folder });
    await untilUp(place, job);
  };

/** Left in some way, and then a folder is removed: its project, unless another is named. */
export const folderRemoved =
  (way: Way, folderOf: (job: Job) => string = ({ project }) => project.folder): Way =>
  async (place, job) => {
    await way(place, job);
    rmSync(folderOf(job), { recursive: true });
  };

/** Left in some way, and then the program it runs is removed. */
export const executableRemoved =
  (way: Way): Way =>
  async (place, job) => {
    await way(place, job);
    rmSync(job.argv[0] ?? '');
  };

// The name of a socket may not be longer than about a hundred characters, with its folder.
const SHORT = 8;

/** Inside a multiplexer of its own, with nobody attached. `typed` is at the prompt of its shell. */
export const inTmux =
  (typed: boolean): Way =>
  async (place, job) => {
    const tmux = ['tmux', '-f', '/dev/null', '-S', join(place.folder, `tmux-${job.id.slice(0, SHORT)}`)];
    const session = ['new-session', '-d', '-s', 'work', '-c', job.project.folder];
    const line = quoted(lineOf(job));
    const env = { SHELL: '/bin/sh', TERM: 'xterm' };
    await run(place, { argv: [...tmux, ...session, ...(typed ? ['sh -i'] : [line])], env });
    if (typed) await run(place, { argv: [...tmux, 'send-keys', '-t', 'work', line, 'Enter'], env });
    await untilUp(place, job);
  };

const SHELL = realpathSync('/bin/sh');

/** Below a daemon that goes by the name of a multiplexer and has nothing else of it. */
export const underProgramNamed =
  (name: string, ...words: readonly string[]): Way =>
  async (place, job) => {
    const program = rename(SHELL, join(place.folder, 'opt', 'bin', name));
    const shell = [program, '-c', '"$@"; :', ...words, ...lineOf(job)];
    const argv = [process.execPath, leftoverProgram('start-detached.cjs'), '-', ...shell];
    await run(place, { argv, cwd: job.project.folder });
    await untilUp(place, job);
  };

/** Inherited by a process other than the first one. */
export const underSubreaper =
  (name: string, session: 'own-session' | 'same-session', own: Session = 'own'): Way =>
  async (place, job) => {
    const argv = ['perl', leftoverProgram('adopt.pl'), name, session, ...lineOf(job)];
    await place.start({ argv, cwd: job.project.folder, detached: own === 'own' });
    await untilUp(place, job);
  };

/** An app of a process manager. */
export const underProcessManager =
  (title: string): Way =>
  async (place, job) => {
    const daemon = [process.execPath, leftoverProgram('god-daemon.cjs'), title, ...lineOf(job)];
    const argv = [process.execPath, leftoverProgram('start-detached.cjs'), '-', ...daemon];
    await run(place, { argv, cwd: job.project.folder });
    await untilUp(place, job);
  };

/** Left in some way, and then the same is started again and lives in a terminal. */
export const superseded =
  (way: Way): Way =>
  async (place, job) => {
    await way(place, job);
    await inTerminal(place, await again(place, job));
  };
