import { spawn } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { BirthMark } from '../../src/model/service.ts';
import { createLogKeeper } from '../../src/supervisor/daemon/logs/log-keeper.ts';
import type { LogService } from '../../src/supervisor/daemon/logs/log-service.ts';
import type { Home } from '../../src/supervisor/state/home.ts';
import { procTable } from './proc-table.ts';

/**
 * The part of a daemon that keeps logs, as a program of its own that can be killed: it starts a service, or adopts one,
 * and does what the lines of its input say. Its argument is a file with an `Assignment`.
 */
export interface Assignment {
  readonly home: Home;
  readonly service: LogService;
  readonly tickMs: number;
  readonly start: {
    readonly argv: readonly [string, ...string[]];
    readonly env: Readonly<Record<string, string>>;
  } | null;
  readonly adopt: BirthMark | null;
}

const { home, service, tickMs, start, adopt } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Assignment;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const keeper = createLogKeeper({
  home,
  table: procTable,
  clock: { now: Date.now },
  onProblem: (text) => say(`problem ${text}`),
});
keeper.recover([service]);

const launch = ({ argv: [file, ...args], env }: NonNullable<Assignment['start']>): BirthMark => {
  const { out, error } = keeper.open(service);
  const child = spawn(file, args, { detached: true, env, stdio: ['ignore', out, error] });
  closeSync(out);
  closeSync(error);
  child.once('exit', () => say('ended'));
  child.unref();
  const pid = child.pid ?? 0;
  return { pid, born: procTable.look(pid)?.born ?? 0, boot: procTable.boot };
};

const mark = start === null ? adopt : launch(start);
keeper.attach(service, () => (mark === null ? [] : [mark]));
setInterval(() => keeper.tick(), tickMs);
say(`ready ${JSON.stringify(mark)}`);

const before = process.cpuUsage();
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'cpu') {
    const { user, system } = process.cpuUsage(before);
    say(`cpu ${JSON.stringify({ ms: (user + system) / 1000, rss: process.memoryUsage().rss })}`);
  }
  if (line === 'detach') void keeper.detach(service.id).then(() => say('detached'));
});
