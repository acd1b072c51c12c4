import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ServiceDetail } from '../../../src/model/service.ts';
import { loadOn } from '../../helpers/http-load.ts';
import { cliPath } from '../../helpers/paths.ts';
import { runProgram, type Run } from '../../helpers/run-cli.ts';
import { fixtureApp, isAlive, sleeper, supervised, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const OLD = '0.1.0';
const NEW = '0.2.0';

/** The built package as it would be installed in a version. */
const install = (it: Supervised, version: string): string => {
  const from = dirname(dirname(realpathSync(cliPath())));
  const to = join(it.folder, version);
  mkdirSync(to);
  for (const part of ['bin', 'dist']) cpSync(join(from, part), join(to, part), { recursive: true });
  symlinkSync(realpathSync(join(from, 'node_modules')), join(to, 'node_modules'));
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as object;
  writeFileSync(join(to, 'package.json'), JSON.stringify({ ...manifest, version }));
  return to;
};

interface Versions {
  readonly it: Supervised;
  /** Runs a command of the older version, or of the newer one. */
  readonly old: (...args: readonly string[]) => Promise<Run>;
  readonly later: (...args: readonly string[]) => Promise<Run>;
}

/** A home with services of both kinds in its file, and two versions of the package. */
const twoVersions = (): Versions => {
  const it = supervised();
  writeFileSync(it.file, JSON.stringify({ apps: [fixtureApp('web', 'service-http.mjs'), sleeper('s')] }));
  const runOf = (version: string): Versions['old'] => {
    const cli = join(install(it, version), 'bin', 'devdoctor.cjs');
    return (...args) => runProgram(process.execPath, [cli, ...args], { cwd: it.folder, home: it.home.folder });
  };
  return { it, old: runOf(OLD), later: runOf(NEW) };
};

const identities = (services: readonly ServiceDetail[]): readonly unknown[] =>
  services.map(({ id, name, pid, startedAt, restarts, status }) => ({ id, name, pid, startedAt, restarts, status }));

const supervisorOf = async ({ it }: Versions): Promise<{ readonly pid: number; readonly version: string }> => {
  const { supervisor } = await it.list();
  if (supervisor === null) throw new Error('no supervisor');
  return supervisor;
};

describe('two versions in one home', () => {
  test('a command of the newer one puts its own supervisor in the place of the older one', async () => {
    const versions = twoVersions();
    const { it, old, later } = versions;
    expect(await old('start', it.file)).toMatchObject({ code: 0 });
    const before = await it.show();
    const first = await supervisorOf(versions);
    expect(first.version).toBe(OLD);
    const load = loadOn(before.flatMap(({ ports }) => ports));

    // To look at services replaces nobody.
    const list = await later('list');
    expect(list).toMatchObject({ code: 0 });
    expect(list.stderr).toContain(`the supervisor is version ${OLD}, this command is ${NEW}`);
    expect(await supervisorOf(versions)).toEqual(first);

    // Two at once agree on one.
    const both = await Promise.all([later('start', it.file), later('start', it.file)]);
    expect(both.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual([0, 0]);
    expect(both.map(({ stderr }) => stderr).join('')).toContain(
      `the supervisor of version ${OLD} is replaced by ${NEW}; services go on`,
    );
    const second = await supervisorOf(versions);
    expect(second.version).toBe(NEW);
    await waitFor('one supervisor', () => it.daemons().length === 1 && it.guardians().length === 1);
    expect(it.daemons()).toEqual([second.pid]);
    expect(isAlive(first.pid)).toBe(false);
    expect(identities(await it.show())).toEqual(identities(before));
    const answered = load.answered();
    await waitFor('more answers', () => load.answered() > answered + 5);
    expect(await load.stop()).toEqual([]);

    // The new guardian brings the new version back.
    await it.killDaemon();
    await it.answering();
    expect((await supervisorOf(versions)).version).toBe(NEW);
    expect(identities(await it.show())).toEqual(identities(before));
  });

  test('a command of the older one uses the newer supervisor, and says so', async () => {
    const versions = twoVersions();
    const { it, old, later } = versions;
    expect(await later('start', it.file)).toMatchObject({ code: 0 });
    const before = await it.show();
    const first = await supervisorOf(versions);
    for (const words of [['list'], ['start', it.file]]) {
      const { code, stderr } = await old(...words);
      expect(code).toBe(0);
      expect(stderr).toContain(`the supervisor is version ${NEW}, newer than this command (${OLD})`);
    }
    expect(await supervisorOf(versions)).toEqual(first);
    expect(identities(await it.show())).toEqual(identities(before));
    expect(await old('stop', 's')).toMatchObject({ code: 0 });
    expect((await it.row('s')).status).toBe('stopped');
  });

  test('without a supervisor the older one takes over what the newer one had', async () => {
    const versions = twoVersions();
    const { it, old, later } = versions;
    expect(await later('start', it.file)).toMatchObject({ code: 0 });
    const before = await it.show();
    await it.killSupervisor();
    expect(await old('start', it.file)).toMatchObject({ code: 0 });
    expect((await supervisorOf(versions)).version).toBe(OLD);
    expect(identities(await it.show())).toEqual(identities(before));
    expect(it.marked()).toHaveLength(4);
  });
});
