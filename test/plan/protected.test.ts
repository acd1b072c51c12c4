import { describe, expect, it } from 'vitest';
import type { ProcessInfo } from '../../src/model/process.ts';
import { protectedReason, type Authority } from '../../src/plan/protected.ts';
import { FRONT_MEN } from '../../src/programs/front-men.ts';
import { tableOf } from '../../src/programs/lineage.ts';
import { PROTECTED_ROLES } from '../../src/programs/roles.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { SELF } from '../helpers/a-snapshot.ts';

const shell = running('zsh', { pid: 4000 });
const self = running('node devdoctor fix', { pid: SELF, parentPid: 4000 });

const reasonFor = (process: ProcessInfo, authority: Partial<Authority> = {}): string | null =>
  protectedReason(process, tableOf([shell, self, process]), { selfPid: SELF, uid: 1000, protect: [], ...authority });

describe('never touched, for one reason alone', () => {
  it('the first process of a container or a system, whatever it runs', () => {
    expect(reasonFor(aProcess({ pid: 1, parentPid: 0 }))).toBe('it is the first process of the system');
  });

  it('this command', () => {
    expect(reasonFor(self)).toBe('it is this command itself');
  });

  it.each([
    ['its parent', 4000],
    ['the parent of its parent', 3000],
  ])('what this command runs inside: %s', (_, pid) => {
    const grandparent = running('npm run dev', { pid: 3000 });
    const table = tableOf([grandparent, { ...shell, parentPid: 3000 }, self]);
    const process = table.get(pid) ?? self;
    expect(protectedReason(process, table, { selfPid: SELF, uid: 1000, protect: [] })).toBe(
      'this command runs inside it',
    );
  });

  it('a thread of the kernel', () => {
    expect(reasonFor(aProcess({ name: 'kworker/0:1', command: [], kernelThread: true }))).toBe(
      'it is a thread of the kernel',
    );
  });

  it('a process of another user', () => {
    expect(reasonFor(aProcess({ uid: 33, user: 'www-data' }))).toBe('it is a process of www-data');
  });

  it('a process of another user without a name', () => {
    expect(reasonFor(aProcess({ uid: 1234, user: null }))).toBe('it is a process of 1234');
  });

  it('a process of an unknown user', () => {
    expect(reasonFor(aProcess({ uid: null, user: null }))).toBe('it is a process of an unknown user');
  });

  it('a process of another user, even by root', () => {
    expect(reasonFor(aProcess(), { uid: 0 })).toBe('it is a process of dev');
  });
});

const FRONT_MAN_LINES: Readonly<Record<string, string>> = {
  'docker-proxy': '/usr/bin/docker-proxy -proto tcp -host-port 3000',
  'podman-forwarder': '/usr/bin/pasta --config-net',
  'container-engine': '/usr/local/bin/kubelet --port 3000',
  'pm2-daemon': 'PM2 v6.0.8: God Daemon (/home/dev/.pm2)',
  'devdoctor-daemon': '/usr/bin/node /usr/lib/node_modules/devdoctor/bin/devdoctord.cjs /home/dev/.state',
  'socket-activation': '/usr/sbin/xinetd -stayalive',
  'login-server': '/usr/sbin/dropbear -R',
  tunnel: 'ssh -N -L 3000:db:5432 gate',
  editor: '/usr/share/cursor/cursor --type=utility',
  airplay: '/System/Library/CoreServices/ControlCenter.app/Contents/MacOS/ControlCenter',
  'apple-service': '/usr/libexec/rapportd',
  'wsl-relay': 'wslrelay.exe --mode 2',
  'windows-service': String.raw`C:\Windows\system32\svchost.exe -k netsvcs`,
};

/** Short names that do not follow from the command line. */
const NAMES: Readonly<Record<string, { readonly name: string }>> = {
  'pm2-daemon': { name: 'PM2 v6.0.8: God' },
  'windows-service': { name: 'svchost.exe' },
};

describe('never touched, since it speaks for others', () => {
  it('covers every kind of front man', () => {
    expect(Object.keys(FRONT_MAN_LINES)).toEqual(FRONT_MEN.map(({ kind }) => kind));
  });

  it.each(FRONT_MEN.map((front) => [front.kind, front] as const))('%s', (kind, front) => {
    const line = FRONT_MAN_LINES[kind] ?? '';
    expect(reasonFor(running(line, NAMES[kind]))).toBe(`it ${front.does}`);
  });
});

/** Of each protected role a program that is no front man; of two roles none can be. */
const ROLE_LINES: Readonly<Record<string, string>> = {
  'service-manager': '/usr/bin/runsvdir -P /etc/service',
  'container-runtime': '/usr/bin/tini -- node server.js',
  multiplexer: 'tmux new-session -s work',
  terminal: '/usr/bin/alacritty',
  editor: '/usr/bin/nvim server.js',
  agent: 'claude --continue',
};

describe('never touched, for what it is to the person or the machine', () => {
  it('covers every protected role that has no reason of its own already', () => {
    const covered = [...Object.keys(ROLE_LINES), 'init', 'process-manager'];
    expect(covered.toSorted()).toEqual([...PROTECTED_ROLES].toSorted());
  });

  it.each(Object.entries(ROLE_LINES))('%s', (role, line) => {
    expect(reasonFor(running(line))).toMatch(new RegExp(`^it is an? ${role.replace('-', ' ')}$`));
  });

  it.each(['nvim x', 'claude'])('is told in plain English: %s', (line) => {
    expect(reasonFor(running(line))).toMatch(/^it is an [aeiou]/);
  });
});

describe('may be ended', () => {
  it.each<[string, ProcessInfo, Partial<Authority>?]>([
    ['a server of this user', aProcess()],
    ['a server of root, by root', aProcess({ uid: 0 }), { uid: 0 }],
    ['a server where users have no numbers', aProcess({ uid: null }), { uid: null }],
    ['a package runner', running('npm run dev')],
    ['a restarting runner', running('nodemon server.js')],
    ['the shell of a script', running('sh -c x')],
    ['a script named like a service manager', running('node services.js')],
    ['a child of this command', aProcess({ parentPid: SELF })],
  ])('%s', (_, process, authority) => {
    expect(reasonFor(process, authority)).toBeNull();
  });
});

describe("never touched, for the project's settings say so", () => {
  it('a program by its name, and only that one', () => {
    const protect = { protect: ['redis-server', 3000] };
    expect(reasonFor(running('redis-server *:6379'), protect)).toBe("the project's settings protect redis-server");
    expect(reasonFor(running('node server.js'), protect)).toBe(null);
  });
});
