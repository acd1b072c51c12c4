import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram, type Run } from '../../helpers/run-cli.ts';
import { cliPath } from '../../helpers/paths.ts';
import { isAlive, sleeper, supervised, type Supervised } from '../../helpers/supervisor.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const NOBODY = 65_534;
const trouble = process.getuid?.() === 0 ? null : 'only root can act as another user';

if (trouble !== null) console.warn(`skipped: ${trouble}`);

const AS_NOBODY = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', process.execPath];

/** What another user gets who connects to a socket and reads files or folders: error codes, or how much was read. */
const INTRUDE = `
const { connect } = require('node:net');
const { readFileSync, readdirSync, statSync } = require('node:fs');
const [socket, ...paths] = process.argv.slice(1);
const read = (path) => {
  try {
    return statSync(path).isDirectory() ? readdirSync(path).length : readFileSync(path).length;
  } catch ({ code }) {
    return code;
  }
};
const tell = (code) => console.log(JSON.stringify([code, ...paths.map(read)]));
connect(socket).on('error', ({ code }) => tell(code)).on('connect', function () { tell('connected'); this.destroy(); });
`;

const intrude = async (socket: string, paths: readonly string[]): Promise<readonly unknown[]> =>
  (await runProgram('setpriv', [...AS_NOBODY, '-e', INTRUDE, socket, ...paths])).json<unknown[]>();

const runAsNobody = (it: Supervised, args: readonly string[]): Promise<Run> =>
  runProgram('setpriv', [...AS_NOBODY, cliPath(), ...args], { cwd: it.folder, home: it.home.folder });

const socketOf = ({ home }: Supervised): string => readFileSync(join(home.folder, 'socket'), 'utf8').trim();

const modeOf = (path: string): number => statSync(path).mode & 0o777;

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...filesBelow(path)] : [path];
  });

describe.skipIf(trouble !== null)('to another user of the machine', () => {
  test.each(['home', `${'long/'.repeat(30)}home`])('a state folder is closed: %s', async (name) => {
    const it = supervised(name);
    expect(await it.start([sleeper('s')])).toMatchObject({ code: 0 });
    const { pid } = await it.row('s');
    const files = [it.home.folder, ...filesBelow(it.home.folder)];
    expect(files).toContain(it.home.token);
    expect(await intrude(socketOf(it), files)).toEqual(['EACCES', ...files.map(() => 'EACCES')]);
    expect(modeOf(dirname(socketOf(it)))).toBe(0o700);
    for (const verb of ['stop', 'delete', 'kill']) {
      const words = verb === 'kill' ? [verb] : [verb, 's'];
      expect((await runAsNobody(it, words)).code).not.toBe(0);
    }
    expect((await runAsNobody(it, ['start', it.file])).code).not.toBe(0);
    expect(await it.row('s')).toMatchObject({ pid, status: 'online' });
  });

  test('one that was opened by mistake is closed again, and its files were never open', async () => {
    const it = supervised();
    expect(await it.start([sleeper('s')])).toMatchObject({ code: 0 });
    const files = filesBelow(it.home.folder).filter((file) => statSync(file).isFile());
    for (const folder of [it.home.folder, it.home.logs, it.home.run]) chmodSync(folder, 0o755);
    expect(await intrude(socketOf(it), files)).toEqual(['EACCES', ...files.map(() => 'EACCES')]);
    expect(await it.run(['start', it.file])).toMatchObject({ code: 0 });
    for (const folder of [it.home.folder, it.home.logs, it.home.run]) expect(modeOf(folder)).toBe(0o700);
  });
});

describe.skipIf(trouble !== null)('what another user has put there before', () => {
  /** Another user's folder, and what is in it afterwards. */
  const foreignFolder = (): string => {
    const folder = join(makeTempDir(), 'theirs');
    mkdirSync(folder);
    chownSync(folder, NOBODY, NOBODY);
    return folder;
  };

  test.each(['a folder', 'a link'])('as the state folder is refused: %s', async (kind) => {
    const it = supervised();
    const theirs = foreignFolder();
    if (kind === 'a link') symlinkSync(theirs, it.home.folder);
    else {
      mkdirSync(it.home.folder);
      chownSync(it.home.folder, NOBODY, NOBODY);
    }
    const { code, stderr } = await it.start([sleeper('s')]);
    expect(code).not.toBe(0);
    expect(stderr).toContain(`belongs to user ${NOBODY}`);
    expect([...readdirSync(it.home.folder), ...readdirSync(theirs)]).toEqual([]);
    expect(it.daemons()).toEqual([]);
  });

  test('as the folder of logs is refused', async () => {
    const it = supervised();
    const theirs = foreignFolder();
    mkdirSync(it.home.folder, { mode: 0o777 });
    symlinkSync(theirs, it.home.logs);
    const { code, stderr } = await it.start([sleeper('s')]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('it is no folder');
    expect(readdirSync(theirs)).toEqual([]);
  });

  const TRAPS: Readonly<Record<string, (log: string, victim: string) => void>> = {
    'a link to a victim': (log, victim) => symlinkSync(victim, log),
    'a link to a file that is not there yet': (log, victim) => symlinkSync(`${victim}-new`, log),
    'a second name of a victim': (log, victim) => linkSync(victim, log),
    'a file of its own': (log) => {
      writeFileSync(log, '');
      chownSync(log, NOBODY, NOBODY);
    },
  };

  test.each(Object.entries(TRAPS))('as a log in a folder of all is refused: %s', async (_, trap) => {
    const it = supervised();
    const shared = makeTempDir();
    const log = join(shared, 'app.log');
    const victim = join(it.folder, 'victim');
    writeFileSync(victim, 'precious\n', { mode: 0o640 });
    trap(log, victim);
    const app = { name: 'trapped', script: '/bin/sh', args: '-c "echo written; exec sleep 600"', interpreter: 'none' };
    const { code, stdout } = await it.start([{ ...app, out_file: log, min_uptime: 100 }, sleeper('other')]);
    expect(code).not.toBe(0);
    expect(stdout).toContain(`cannot write the log ${log}`);
    expect(readFileSync(victim, 'utf8')).toBe('precious\n');
    expect(modeOf(victim)).toBe(0o640);
    expect(readdirSync(it.folder)).not.toContain('victim-new');
    expect(await it.row('trapped')).toMatchObject({ status: 'errored', pid: null });
    const { pid, status } = await it.row('other');
    expect(status).toBe('online');
    expect(isAlive(pid ?? 0)).toBe(true);
  });
});
