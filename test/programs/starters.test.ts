import { describe, expect, it } from 'vitest';
import type { ProcessSketch } from '../../src/model/process.ts';
import { adopts, startsOthers } from '../../src/programs/starters.ts';
import { running } from '../helpers/a-process.ts';

const sketch = (command: string): ProcessSketch => ({ ...running(command), program: null, cpuMs: null });

describe('what takes over the children of those who ended', () => {
  it.each([
    ['/usr/lib/systemd/systemd --user', true],
    ['/sbin/init splash', true],
    ['/sbin/launchd', true],
    ['tini -- npm start', true],
    ['/sbin/docker-init -- sh', true],
    ['dumb-init node server.js', true],
    ['catatonit -P', true],
    ['s6-svscan /run/service', true],
    ['runit', true],
    ['sh -c sleep', false],
    ['session-keeper', false],
    ['systemd-resolved', false],
    ['node init.js', false],
  ])('%s: %s', (command, taken) => {
    expect(adopts(sketch(command))).toBe(taken);
  });
});

describe('what starts others and waits for them', () => {
  it.each([
    ['bash', true],
    ['sh -c vite', true],
    ['npm run dev', true],
    ['nodemon server.js', true],
    ['tmux', true],
    ['sshd', true],
    ['sudo npm start', true],
    ['alacritty', true],
    ['code', true],
    ['claude', true],
    ['containerd-shim', true],
    ['supervisord', false],
    ['systemd', false],
    ['node server.js', false],
    ['session-keeper', false],
    ['make dev', false],
  ])('%s: %s', (command, starts) => {
    expect(startsOthers(sketch(command))).toBe(starts);
  });
});
