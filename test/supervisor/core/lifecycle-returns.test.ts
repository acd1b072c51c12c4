import { describe, expect, it } from 'vitest';
import { serviceWorld, type ServiceWorld } from './service-world.ts';

const statusOf = (world: ServiceWorld): string => world.lifecycle().status;

const started = (said: Parameters<typeof serviceWorld>[0] = {}): ServiceWorld => {
  const world = serviceWorld(said);
  world.ask('start');
  world.settle();
  return world;
};

const online = (said: Parameters<typeof serviceWorld>[0] = {}): ServiceWorld => {
  const world = started(said);
  world.becomeReady();
  return world;
};

describe('restart', () => {
  it('ends the old process before the new one comes', () => {
    const world = online();
    world.ask('restart');
    expect({ status: statusOf(world), launches: world.launches() }).toEqual({ status: 'stopping', launches: 1 });
    world.settle();
    expect({ status: statusOf(world), living: world.living(), launches: world.launches() }).toEqual({
      status: 'launching',
      living: 1,
      launches: 2,
    });
    expect(world.lifecycle()).toMatchObject({ restarts: 0 });
  });

  it.each(['start', 'restart'] as const)('as %s during a stop brings it back', (what) => {
    const world = online();
    world.ask('stop');
    world.ask(what);
    world.settle();
    expect({ status: statusOf(world), living: world.living(), launches: world.launches() }).toEqual({
      status: 'launching',
      living: 1,
      launches: 2,
    });
  });

  it('twenty times at once leaves one process', () => {
    const world = online();
    for (let round = 0; round < 20; round += 1) world.ask('restart');
    world.settle();
    expect({ living: world.living(), launches: world.launches() }).toEqual({ living: 1, launches: 2 });
  });

  it('overruled by a stop ends as a stop', () => {
    const world = online();
    world.ask('restart');
    world.ask('stop');
    world.settle();
    expect({ status: statusOf(world), living: world.living() }).toEqual({ status: 'stopped', living: 0 });
  });

  it('during a pause does not wait for its end', () => {
    const world = started({ restartDelayMs: 60_000 });
    world.crash();
    world.settle();
    world.ask('restart');
    world.settle();
    expect({ paused: world.isPaused(), living: world.living() }).toEqual({ paused: false, living: 1 });
  });
});

describe('a port that somebody else holds', () => {
  it('blocks the start, and frees it by itself', () => {
    const world = serviceWorld();
    world.setPort(false);
    world.ask('start');
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'blocked', blockedBy: { port: 3_000, pid: 812 }, restarts: 0 });
    expect(world.launches()).toBe(0);
    world.setPort(true);
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'launching', blockedBy: null });
    expect(world.living()).toBe(1);
  });

  it('that comes between two lives blocks the restart instead of burning restarts', () => {
    const world = online();
    world.setPort(false);
    world.crash();
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'blocked', restarts: 1 });
    expect(world.isPaused()).toBe(false);
  });

  it('starts nothing that was stopped meanwhile', () => {
    const world = serviceWorld();
    world.setPort(false);
    world.ask('start');
    world.settle();
    world.ask('stop');
    world.setPort(true);
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'stopped', blockedBy: null });
    expect(world.launches()).toBe(0);
  });
});

describe('a service over its limit of memory', () => {
  it('is ended and started again', () => {
    const world = online();
    world.growTooLarge();
    expect(world.lifecycle()).toMatchObject({ status: 'stopping', afterStop: 'launch', restarts: 1 });
    world.settle();
    expect({ status: statusOf(world), living: world.living(), launches: world.launches() }).toEqual({
      status: 'launching',
      living: 1,
      launches: 2,
    });
  });

  it('again and again is ended, and given up', () => {
    const world = online({ maxRestarts: 3 });
    for (let round = 0; round < 3; round += 1) {
      world.growTooLarge();
      world.settle();
    }
    expect(world.lifecycle()).toMatchObject({ status: 'errored', afterStop: 'rest' });
    expect(world.lifecycle().reason).toMatch(/^used more memory than it may 3 times in 10 s; given up/);
    expect({ living: world.living(), launches: world.launches() }).toEqual({ living: 0, launches: 3 });
  });

  it('that is stopped meanwhile stays stopped', () => {
    const world = online();
    world.growTooLarge();
    world.ask('stop');
    world.settle();
    expect({ status: statusOf(world), living: world.living() }).toEqual({ status: 'stopped', living: 0 });
  });
});
