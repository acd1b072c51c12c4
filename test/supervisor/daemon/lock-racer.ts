import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bundleModule } from '../../helpers/bundle-module.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

/** A process of its own that wants locks. */
const PROGRAM = `
  const fs = require('node:fs');
  const [, , lockModule, tableModule] = process.argv;
  const { takeLock } = require(lockModule);
  const table = require(tableModule).createLinuxProcessTable();
  const self = { pid: process.pid, born: table.look(process.pid).born, boot: table.boot };
  let lock = null;
  const orders = {
    take: ({ folder, at }) => {
      while (Date.now() < at);
      const outcome = takeLock(folder, self, table);
      lock = outcome.ok ? outcome.lock : null;
      return outcome.ok ? 'won' : outcome.holder.pid;
    },
    release: () => {
      if (lock !== null) lock.release();
      lock = null;
      return 'released';
    },
    // Takes and releases again and again; whoever is inside makes a file that only one can make.
    enter: ({ folder, at, until }) => {
      while (Date.now() < at);
      let times = 0;
      let clashes = 0;
      while (Date.now() < until) {
        const outcome = takeLock(folder, self, table);
        if (!outcome.ok) continue;
        times += 1;
        try {
          fs.closeSync(fs.openSync(folder + '.inside', 'wx'));
          fs.rmSync(folder + '.inside');
        } catch {
          clashes += 1;
        }
        outcome.lock.release();
      }
      return { times, clashes };
    },
  };
  process.on('message', (order) => process.send(orders[order.what](order)));
  process.on('disconnect', () => process.exit(0));
  process.send('ready');
`;

/** What a racer is told to do. */
export type Order =
  | { readonly what: 'take'; readonly folder: string; readonly at: number }
  | { readonly what: 'release' }
  | { readonly what: 'enter'; readonly folder: string; readonly at: number; readonly until: number };

/** A process that takes locks when it is told to. */
export interface Racer {
  readonly pid: number;
  readonly tell: (order: Order) => Promise<unknown>;
  /** Ends it by force. */
  readonly kill: () => Promise<void>;
}

const answerOf = async (child: ChildProcess): Promise<unknown> => ((await once(child, 'message')) as [unknown])[0];

/** Starts so many of them; they end with the test. */
export const startRacers = async (count: number): Promise<readonly Racer[]> => {
  const folder = makeTempDir();
  const program = join(folder, 'racer.cjs');
  writeFileSync(program, PROGRAM);
  const modules = ['src/supervisor/daemon/lock.ts', 'src/platform/linux/process-table.ts'];
  const bundles = modules.map((source) => bundleModule(source, folder));
  const children = Array.from({ length: count }, () =>
    fork(program, bundles, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  );
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  await Promise.all(children.map(answerOf));
  return children.map((child) => ({
    pid: child.pid ?? 0,
    tell: (order) => {
      const answer = answerOf(child);
      child.send(order);
      return answer;
    },
    kill: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  }));
};
