import { describe, expect, it } from 'vitest';
import { roleOf } from '../../src/programs/roles.ts';
import { aProcess, running } from '../helpers/a-process.ts';

const roleIn = (command: string, said = {}) => roleOf(running(command, said), null);

describe('roleOf', () => {
  it('is init for the first process, whatever it runs', () => {
    expect(roleIn('node server.js', { pid: 1 })).toBe('init');
  });

  it.each([
    ['/usr/lib/systemd/systemd --user', 'service-manager'],
    ['runsvdir -P /etc/service', 'service-manager'],
    ['/usr/bin/containerd-shim-runc-v2 -namespace moby', 'container-runtime'],
    ['/usr/bin/conmon --api-version 1', 'container-runtime'],
    ['/sbin/tini -- node server.js', 'container-runtime'],
    ['tmux new -s dev', 'multiplexer'],
    ['SCREEN -S dev', 'multiplexer'],
    ['zellij', 'multiplexer'],
    ['sudo -u dev bash', 'user-switch'],
    ['/usr/libexec/gnome-terminal-server', 'terminal'],
    ['alacritty', 'terminal'],
    ['/usr/share/code/code --type=renderer', 'editor'],
    ['/home/dev/.vscode-server/bin/abc/node out/server-main.js', 'editor'],
    ['node /home/dev/.cursor-server/bin/abc/out/server-main.js', 'editor'],
    ['nvim server.js', 'editor'],
    ['claude', 'agent'],
    ['/usr/local/bin/codex exec', 'agent'],
    ['node /usr/lib/node_modules/npm/bin/npm-cli.js run dev', 'package-runner'],
    ['node /home/dev/shop/node_modules/.bin/nodemon server.js', 'runner'],
    ['node --watch server.js', 'runner'],
    ['-bash', 'shell'],
    ['zsh -i', 'shell'],
    ['bash start.sh', 'script-shell'],
    ['node server.js', 'program'],
    ['/srv/shop/target/debug/shop', 'program'],
  ])('of %s is %s', (command, role) => {
    expect(roleIn(command)).toBe(role);
  });

  it.each([
    ['tmux: server', 'multiplexer'],
    ['sshd: dev@pts/3', 'remote-login'],
    ['npm run dev', 'package-runner'],
    ['PM2 v5.3.0: God Daemon (/home/dev/.pm2)', 'process-manager'],
    ['PM2 v5.10.10: God Daemon (/home/dev/.pm2)', 'process-manager'],
    ['next-server (v15.1.0)', 'program'],
  ])('of a process titled %j is %s', (title, role) => {
    expect(roleOf(aProcess({ command: [title], name: title.slice(0, 15) }), null)).toBe(role);
  });

  it.each(['services.js', 'systemd.js', 'tmux.js', 'code.js', 'claude.js', 'supervisord.mjs', '/srv/init/server.js'])(
    'of a script is that of a program, though the script is called %s',
    (script) => {
      expect(roleIn(`node ${script}`)).toBe('program');
    },
  );

  it('of a shell is told by its parent, when that is a package runner', () => {
    const shell = aProcess({ command: ['sh', '-c', 'vite'] });
    expect(roleOf(shell, running('pnpm dev'))).toBe('script-shell');
  });

  it('of a process that shows no command goes by its short name', () => {
    expect(roleOf(aProcess({ command: [], name: 'tmux: server' }), null)).toBe('multiplexer');
  });
});
