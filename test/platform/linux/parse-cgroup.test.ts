import { describe, expect, it } from 'vitest';
import { parseControlGroup } from '../../../src/platform/linux/parse-cgroup.ts';

const ID = '7eb263389e5eea068ad3d0c208ea4dd02ba86fa0b2ebd44f63adc391351fba6d';
const USER = '/user.slice/user-1000.slice/user@1000.service';

const v1 = (path: string, unified: string | null = null): string =>
  [
    `12:pids:${path}`,
    '3:rdma:/',
    '2:cpu,cpuacct:/',
    `1:name=systemd:${path}`,
    ...(unified === null ? [] : [`0::${unified}`]),
    '',
  ].join('\n');

describe('the unit that a control group tells', () => {
  it.each([
    ['0::/system.slice/nginx.service\n', 'nginx.service', 'system'],
    ['0::/system.slice/shop.service/worker\n', 'shop.service', 'system'],
    ['0::/system.slice/system-shop.slice/shop@blue.service\n', 'shop@blue.service', 'system'],
    [v1('/system.slice/nginx.service'), 'nginx.service', 'system'],
    [v1('/system.slice/nginx.service', '/system.slice/nginx.service'), 'nginx.service', 'system'],
    [v1('/system.slice/nginx.service', '/'), 'nginx.service', 'system'],
    [`0::${USER}/app.slice/shop.service\n`, 'shop.service', 'user'],
    [`0::${USER}/shop.service\n`, 'shop.service', 'user'],
    [v1(`${USER}/shop.service`), 'shop.service', 'user'],
  ])('%j names %s', (text, name, scope) => {
    expect(parseControlGroup(text)).toMatchObject({ unit: { name, scope }, container: null });
  });

  it.each([
    ['0::/user.slice/user-1000.slice/session-3.scope\n', 'a login'],
    [`0::${USER}/init.scope\n`, "a user's service manager itself"],
    [`0::${USER}/app.slice/app-org.gnome.Terminal.slice/vte-spawn-1b3f.scope\n`, 'a terminal window'],
    ['0::/init.scope\n', 'the first process'],
    ['0::/\n', 'the root'],
    [v1('/user.slice/user-1000.slice/session-3.scope'), 'a login under version 1'],
  ])('%j names none: it is %s', (text) => {
    expect(parseControlGroup(text)).toMatchObject({ unit: null, container: null });
  });

  it('keeps an escaped name as it is, for systemctl knows the unit by no other', () => {
    const text = String.raw`0::/system.slice/system-shop.slice/shop@blue\x2dgreen.service`;
    expect(parseControlGroup(text).unit?.name).toBe(String.raw`shop@blue\x2dgreen.service`);
  });

  it.each(['state-machine-api.service', 'machine-learning.service', 'lxc-net.service', 'my-crio-shop.service'])(
    'a unit whose name only sounds like a container is a unit: %s',
    (name) => {
      expect(parseControlGroup(`0::/system.slice/${name}\n`)).toMatchObject({ unit: { name }, container: null });
    },
  );
});

describe('the container that a control group tells', () => {
  it.each([
    ['docker', `0::/system.slice/docker-${ID}.scope\n`],
    ['docker', `0::/docker/${ID}\n`],
    ['docker', `0::/../../system.slice/docker-${ID}.scope\n`],
    ['docker', v1(`/docker/${ID}`)],
    ['docker', v1(`/docker/${ID}`, '/')],
    ['docker', `0::${USER}/user.slice/docker-${ID}.scope\n`],
    ['podman', `0::${USER}/user.slice/libpod-${ID}.scope/container\n`],
    ['podman', `0::/machine.slice/libpod-${ID}.scope\n`],
    ['podman', `0::/machine.slice/libpod-conmon-${ID}.scope\n`],
    ['podman', v1(`/machine.slice/libpod-${ID}.scope`)],
    ['kubernetes', `0::/kubepods/burstable/poda0178de9-9963-4c21-a277-14564e7abd2b/${ID}\n`],
    ['kubernetes', `0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${ID}.scope\n`],
    ['kubernetes', v1(`/kubepods/besteffort/podb34634ea-cd65-4099-bee5-ad4de9264ffb/${ID}`)],
  ])('%s: %j', (engine, text) => {
    expect(parseControlGroup(text)).toMatchObject({ container: { engine, id: ID }, unit: null });
  });

  it.each([
    ['0::/lxc.payload.builder/system.slice\n', 'builder'],
    ['0::/lxc/builder\n', 'builder'],
    ['0::/machine.slice/machine-builder.scope\n', 'builder'],
  ])('an engine without commands of its own is told by its id: %j', (text, id) => {
    expect(parseControlGroup(text)).toMatchObject({ container: { engine: 'other', id }, unit: null });
  });

  it.each([
    ['docker', `/docker/${ID}`],
    ['kubernetes', `/kubepods/burstable/poda0178de9-9963-4c21-a277-14564e7abd2b/${ID}`],
  ])('under both versions at once %s names it in the old tree, and the engine holds the new one', (engine, path) => {
    const text = v1(path, '/system.slice/containerd.service');
    expect(parseControlGroup(text)).toMatchObject({ container: { engine, id: ID }, unit: null });
  });
});

describe('the path of a control group', () => {
  it.each([
    ['0::/system.slice/a.service\n', '/system.slice/a.service'],
    [v1('/system.slice/a.service', '/'), '/system.slice/a.service'],
    ['12:pids:/shop\n3:rdma:/\n', '/shop'],
    ['0::/\n', '/'],
    ['0::/with:colons/in.service\n', '/with:colons/in.service'],
  ])('%j is in %s', (text, path) => {
    expect(parseControlGroup(text).path).toBe(path);
  });

  it.each(['', '\n', 'no control group'])('is null where the kernel told none: %j', (text) => {
    expect(parseControlGroup(text)).toEqual({ path: null, unit: null, container: null });
  });
});
