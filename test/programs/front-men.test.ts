import { describe, expect, it } from 'vitest';
import { FRONT_MEN, frontManOf } from '../../src/programs/front-men.ts';
import { aProcess, running } from '../helpers/a-process.ts';

const PORT = 4321;

describe('frontManOf', () => {
  it.each([
    ['/usr/bin/docker-proxy -proto tcp -host-port 3000', 'docker-proxy'],
    ['/Applications/Docker.app/Contents/MacOS/com.docker.backend run', 'docker-proxy'],
    ['/usr/libexec/podman/rootlessport', 'podman-forwarder'],
    ['rootlessport-child', 'podman-forwarder'],
    ['/usr/bin/slirp4netns --mtu 65520', 'podman-forwarder'],
    ['/usr/bin/pasta.avx2 --config-net', 'podman-forwarder'],
    ['/usr/bin/dockerd -H fd://', 'container-engine'],
    ['/usr/bin/containerd-shim-runc-v2 -id abc', 'container-engine'],
    ['/usr/lib/systemd/systemd --system', 'socket-activation'],
    ['xinetd -dontfork', 'socket-activation'],
    ['/usr/sbin/sshd -D', 'login-server'],
    ['ssh -L 3000:localhost:3000 host', 'tunnel'],
    ['ssh -NfR 3000:localhost:3000 host', 'tunnel'],
    ['autossh -M0 -D1080 host', 'tunnel'],
    ['/usr/share/code/code --type=utility', 'editor'],
    ['/home/dev/.vscode-server/bin/abc/node out/server-main.js', 'editor'],
    ['/System/Library/CoreServices/ControlCenter', 'airplay'],
    ['/usr/libexec/rapportd', 'apple-service'],
    [String.raw`C:\Windows\System32\wslrelay.exe --mode 2`, 'wsl-relay'],
  ])('of %s is %s', (command, kind) => {
    expect(frontManOf(running(command))?.kind).toBe(kind);
  });

  it.each([
    ['PM2 v5.3.0: God Daemon (/home/dev/.pm2)', 'pm2-daemon'],
    ['sshd: dev@pts/3', 'login-server'],
  ])('of a process titled %j is %s', (title, kind) => {
    expect(frontManOf(aProcess({ command: [title], name: title.slice(0, 15) }))?.kind).toBe(kind);
  });

  it.each(['com.docker.backe', 'com.docke', 'ControlCe', 'containerd-shim'])(
    'knows %s, which is a name cut short by the system',
    (name) => {
      expect(frontManOf(aProcess({ command: [], name }))).not.toBeNull();
    },
  );

  it.each(['System', 'svchost.exe', 'SERVICES.EXE', 'lsass.exe', 'spoolsv.exe'])(
    'takes %s for Windows itself',
    (name) => {
      expect(frontManOf(aProcess({ command: [name], name }))?.kind).toBe('windows-service');
    },
  );

  it.each([
    'node server.js',
    'node services.js',
    './services --port 3000',
    '/srv/shop/bin/spoolsv',
    'node system.js',
    'node docker-proxy.js',
    'node systemd.js',
    'node init.js',
    'python3 ssh.py -L 1:1:1',
    'ssh host',
    'ssh -p 22 dev@host ls -l',
    'node /home/dev/vscode-server/index.js',
  ])('is nobody for %s, which speaks for itself', (command) => {
    expect(frontManOf(running(command))).toBeNull();
  });
});

describe('what is said of a front man', () => {
  it.each(FRONT_MEN.map((man) => [man.kind, man] as const))('%s goes on from "which" and says what to do', (_, man) => {
    expect(man.does).toMatch(/^[a-z].*[^.]$/);
    expect(man.instructions).toMatch(/^[A-Z].*\.$/);
    expect(man.commands(PORT).every((command) => command.trim() === command && command !== '')).toBe(true);
  });

  it('is of one kind each', () => {
    expect(new Set(FRONT_MEN.map(({ kind }) => kind)).size).toBe(FRONT_MEN.length);
  });

  it('names the port where the command can', () => {
    const docker = FRONT_MEN.find(({ kind }) => kind === 'docker-proxy');
    expect(docker?.commands(PORT)[0]).toContain(String(PORT));
  });

  it('never advises to end the process', () => {
    expect(FRONT_MEN.flatMap(({ commands }) => commands(PORT)).filter((command) => /\bkill/.test(command))).toEqual([]);
  });
});
