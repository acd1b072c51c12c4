import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ServiceSpec } from '../../../src/model/service.ts';
import { launchShim, type LaunchPlace } from '../../../src/supervisor/daemon/launch.ts';
import { readExit, readClaim } from '../../../src/supervisor/state/run-files.ts';
import { aServiceRecord, aServiceSpec } from '../../helpers/a-service.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { SHIM } from './shim-runs.ts';

const PLACE: LaunchPlace = {
  base: '/run/3-1',
  boot: 'boot',
  mark: 'abc.3',
  shim: '/run/shim.sh',
  guard: '/run/guard.cjs',
  out: 0,
  error: 0,
  asUser: [],
};

interface Launched {
  readonly reason: string | null;
  readonly pid: number;
  readonly base: string;
  readonly out: () => string;
  readonly end: () => Promise<number | null>;
}

const launched = async (said: Partial<ServiceSpec>): Promise<Launched> => {
  const folder = makeTempDir();
  const guard = join(folder, 'guard.cjs');
  writeFileSync(guard, '');
  const files = ['out', 'err'].map((name) => join(folder, name));
  const [out = 0, error = 0] = files.map((file) => openSync(file, 'a', 0o600));
  const base = join(folder, '0-1');
  const record = aServiceRecord({ spec: aServiceSpec({ cwd: folder, ...said }) });
  const launch = await launchShim(record, { ...PLACE, base, shim: SHIM, guard, out, error });
  for (const descriptor of [out, error]) closeSync(descriptor);
  const outFile = files[0] ?? '';
  const child = launch.ok ? launch.child : null;
  const ended = child === null ? Promise.resolve([null]) : once(child, 'exit');
  onTestFinished(() => {
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  });
  return {
    reason: launch.ok ? null : launch.reason,
    pid: child?.pid ?? 0,
    base,
    out: () => readFileSync(outFile, 'utf8'),
    end: async () => {
      await ended;
      return readExit(base)?.code ?? null;
    },
  };
};

const node = (text: string, said: Partial<ServiceSpec> = {}): Promise<Launched> =>
  launched({ command: [process.execPath, '-e', text], interpreter: process.execPath, ...said });

describe('a service that is launched', () => {
  it('gets all of its environment, whatever the names and the values', async () => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      'spring.datasource.password': 'top secret\nof two lines',
      '//registry.npmjs.org/:_authToken': 'x=y',
      'npm_package_scripts_dev:all': '"quoted" $HOME `id`',
      '-dash': '1',
      ünïcode: 'ü 🚀',
      '1st': 'digit',
      UID: '501',
      PPID: 'mine',
      OPTIND: '9',
      IFS: ',',
      RANDOM: 'chosen by me',
      LINES: 'a\nb',
      EMPTY: '',
    };
    const service = await node('console.log(JSON.stringify(process.env))', { env });
    expect(await service.end()).toBe(0);
    const got = JSON.parse(service.out()) as Record<string, string>;
    for (const own of ['PWD', 'OLDPWD', 'SHLVL', '_']) delete got[own];
    expect(got).toEqual({ ...env, NODE_APP_INSTANCE: '0', DEVDOCTOR_NAME: 'api', DEVDOCTOR_SERVICE: 'abc.3' });
  });

  it('shows the values of none of its variables on a command line', async () => {
    const env = { PATH: process.env['PATH'] ?? '', 'db.password': 'only-for-me' };
    const service = await node(`console.log('ready'); setInterval(() => {}, 1_000)`, { env });
    await waitFor('the service', () => service.out() === 'ready\n');
    const main = readClaim(service.base).main?.pid ?? 0;
    for (const pid of [service.pid, main])
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('only-for-me');
  });

  it('leads a session of its own', async () => {
    const service = await node(`console.log('ready'); setInterval(() => {}, 1_000)`);
    await waitFor('the service', () => service.out() === 'ready\n');
    const [, , group, session] = readFileSync(`/proc/${service.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    expect([group, session]).toEqual([String(service.pid), String(service.pid)]);
  });

  it('has a channel for messages only where its configuration asks for one', async () => {
    const text = `console.log(typeof process.send)`;
    for (const [said, type] of [
      [{}, 'undefined'],
      [{ waitReady: true }, 'function'],
      [{ shutdownWithMessage: true }, 'function'],
    ] as const) {
      const service = await node(text, said);
      await service.end();
      expect(service.out()).toBe(`${type}\n`);
    }
  });

  it('that gets a folder that is gone is told, and nothing is left behind', async () => {
    const folder = makeTempDir();
    const { reason } = await launched({ cwd: join(folder, 'none'), command: ['/bin/true'], interpreter: null });
    expect(reason).toMatch(/^it could not be started: .*ENOENT/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('too much for the system', () => {
  const large = 'x'.repeat(200_000);

  it.each([['LARGE'], ['large.and.odd']])('in one variable names it: %s', async (name) => {
    const { reason } = await node('0', { env: { SMALL: 'y', [name]: large } });
    const bytes = large.length + name.length + 2;
    expect(reason).toBe(`its environment is too large (E2BIG): ${name} has ${bytes} bytes, and one may have 131072`);
  });

  it('by one byte too much is told the same way, and without that byte it runs', async () => {
    const most = 131_072 - 'LARGE='.length - 1;
    const env = (bytes: number): Partial<ServiceSpec> => ({ env: { LARGE: 'x'.repeat(bytes) } });
    const fits = await node('console.log(process.env.LARGE.length)', env(most));
    expect([fits.reason, await fits.end(), fits.out()]).toEqual([null, 0, `${most}\n`]);
    expect((await node('0', env(most + 1))).reason).toContain('LARGE has 131073 bytes, and one may have 131072');
  });

  it('in many variables says so', async () => {
    const env = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`LARGE_${index}`, 'x'.repeat(120_000)]));
    expect((await node('0', { env })).reason).toMatch(
      /LARGE_\d+ has 120\d+ bytes, and all of it together is too much$/,
    );
  });

  it('in one argument says so', async () => {
    const { reason } = await launched({ command: ['/bin/true', large], interpreter: null });
    expect(reason).toBe('its arguments are too large (E2BIG): one of them has 200001 bytes, and one may have 131072');
  });
});
