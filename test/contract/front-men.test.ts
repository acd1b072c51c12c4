import { describe, expect, test } from 'vitest';
import { FRONT_MEN, frontManOf } from '../../src/programs/front-men.ts';
import type { Recognizable } from '../../src/programs/words-of.ts';

const run = (line: string, name?: string): Recognizable => {
  const command = line.split(' ');
  return { command, name: name ?? (command[0] ?? '').replace(/^.*\//, '').slice(0, 15) };
};

/** A program that wrote a title over its arguments: one word with spaces in it. */
const titled = (title: string, name = title.slice(0, 15)): Recognizable => ({ command: [title], name });

const SAMPLES: Readonly<Record<string, readonly Recognizable[]>> = {
  'docker-proxy': [
    run('/usr/bin/docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 3000 -container-ip 172.17.0.2'),
    run('/Applications/Docker.app/Contents/MacOS/com.docker.backend run', 'com.docke'),
    run('com.docker.backend.exe', 'com.docker.backend'),
  ],
  'podman-forwarder': [
    titled('containers-rootlessport', 'containers-root'),
    titled('rootlessport-child', 'rootlessport-ch'),
    run('/usr/bin/slirp4netns --disable-host-loopback'),
    run('/usr/bin/pasta.avx2 --config-net -t 3000-3000:3000-3000'),
    run('/usr/bin/conmon --api-version 1 -c abc'),
  ],
  'container-engine': [run('/usr/bin/dockerd -H fd://'), run('/usr/bin/containerd-shim-runc-v2 -namespace moby')],
  'pm2-daemon': [titled('PM2 v6.0.5: God Daemon (/home/ada/.pm2)', 'PM2 v6.0.5: God')],
  'devdoctor-daemon': [
    run('/usr/bin/node /usr/lib/node_modules/devdoctor/bin/devdoctord.cjs /home/ada/.local/state/devdoctor', 'node'),
  ],
  'socket-activation': [run('/usr/lib/systemd/systemd --user'), run('/sbin/init splash'), run('/usr/sbin/xinetd')],
  'login-server': [titled('sshd: ada@pts/0', 'sshd'), run('/usr/sbin/sshd -D', 'sshd-session'), run('dropbear -R')],
  tunnel: [
    run('ssh -N -L 3000:localhost:3000 box'),
    run('ssh -NL 3000:localhost:3000 box'),
    run('ssh -fNTD 1080 box'),
    run('ssh -L3000:localhost:3000 box'),
    run('autossh -M 0 -R 3000:localhost:3000 box'),
  ],
  editor: [
    run('/usr/share/code/code --type=utility', 'code'),
    run('/home/ada/.vscode-server/bin/abc/node /home/ada/.vscode-server/bin/abc/out/server-main.js', 'node'),
    run('/Applications/Visual_Studio_Code.app/Contents/Frameworks/helper', 'Code Helper (Plugin)'),
  ],
  airplay: [run('/System/Library/CoreServices/ControlCenter.app/Contents/MacOS/ControlCenter', 'ControlCe')],
  'apple-service': [run('/usr/libexec/rapportd')],
  'wsl-relay': [run(String.raw`C:\Windows\System32\wslrelay.exe --mode 2`, 'wslrelay.exe')],
  'windows-service': [run(String.raw`C:\Windows\System32\svchost.exe -k NetSvcs`, 'svchost.exe'), titled('System')],
};

const ORDINARY: readonly Recognizable[] = [
  run('node server.js'),
  run('node --watch services.js'),
  run('node /home/ada/init.mjs'),
  run('/usr/bin/node /home/ada/shop/node_modules/.bin/vite --port 3000', 'node'),
  run('node docker-proxy.js', 'node'),
  run('node ./sshd/index.js', 'MainThread'),
  run('node /home/ada/devdoctord/server.js', 'node'),
  run('node system.js'),
  run('node systemd.mjs'),
  titled('next-server (v15.1.0)', 'next-server (v1'),
  titled('npm run dev', 'npm run dev'),
  titled('npm run code', 'npm run code'),
  titled('nginx: master process /usr/sbin/nginx', 'nginx'),
  titled('postgres: writer process', 'postgres'),
  run('/usr/lib/postgresql/16/bin/postgres -D /var/lib/postgresql/16/main'),
  run('redis-server 127.0.0.1:6379'),
  run('/usr/sbin/mysqld'),
  run('mongod --port 27017'),
  run('python3 -m http.server 3000'),
  run('python manage.py runserver 3000'),
  run('/home/ada/.venv/bin/python /home/ada/.venv/bin/uvicorn app:app', 'uvicorn'),
  run('gunicorn: master [app]', 'gunicorn'),
  run('ruby bin/rails server -p 3000'),
  titled('puma 6.4.0 (tcp://localhost:3000) [shop]', 'ruby'),
  run('php -S localhost:3000'),
  run('java -jar target/shop.jar'),
  run('deno run -A main.ts'),
  run('bun run dev'),
  run('bun server.ts'),
  run('/tmp/go-build123/b001/exe/main', 'main'),
  run('target/debug/shop'),
  run('dotnet run'),
  run('caddy run'),
  run('hugo server -p 3000'),
  run('http-server -p 3000', 'node'),
  run('webpack-dev-server', 'node'),
  run('esbuild --serve=3000'),
  run('nodemon server.js', 'node'),
  run('tsx watch src/server.ts', 'node'),
  run('vim code.js'),
  run('less sshd.log'),
  run('ssh box'),
  run('ssh -p 2222 ada@box'),
  run('/home/ada/code/server'),
  run('/home/ada/cursor/bin/serve'),
  run('./bin/services --port 3000', 'services'),
];

const label = ({ command, name }: Recognizable): string => `${command.join(' ')} [${name}]`;

describe('every front man', () => {
  test('has a kind of its own', () => {
    const kinds = FRONT_MEN.map(({ kind }) => kind);
    expect(kinds).toEqual([...new Set(kinds)]);
    expect(Object.keys(SAMPLES).toSorted()).toEqual(kinds.toSorted());
  });

  test.each(FRONT_MEN.map((front) => [front.kind, front] as const))('%s is told in plain words', (_, front) => {
    expect(front.does).toMatch(/^(?:is|holds|carries|listens|publishes|relays|runs) [^.]+[^.\s]$/);
    expect(front.instructions).toMatch(/^[A-Z].{20,}\.$/s);
    for (const command of front.commands(3000)) expect(command).toMatch(/^\S.*\S$/);
    expect(front.commands(3000).join(' ')).not.toMatch(/\bkill\b/);
  });

  const samples = Object.entries(SAMPLES).flatMap(([kind, all]) => all.map((one) => [kind, label(one), one] as const));
  test.each(samples)('%s: %s', (kind, _, sample) => {
    expect(frontManOf(sample)?.kind).toBe(kind);
  });
});

describe('no ordinary server is taken for one', () => {
  test.each(ORDINARY.map((one) => [label(one), one] as const))('%s', (_, sample) => {
    expect(frontManOf(sample)).toBeNull();
  });
});
