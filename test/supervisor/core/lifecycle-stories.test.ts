import { describe, expect, it } from 'vitest';
import { serviceWorld, type ServiceWorld } from './service-world.ts';

const statusOf = (world: ServiceWorld): string => world.lifecycle().status;

/** Crashes as soon as it runs, again and again. */
const crashUntilItRests = (world: ServiceWorld, uptimeMs = 10): void => {
  for (let round = 0; round < 500 && (world.living() > 0 || world.isPaused()); round += 1) {
    world.crash(uptimeMs);
    world.settle();
    world.endPause();
    world.settle();
  }
};

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

describe('a service', () => {
  it('starts, is ready, and stops', () => {
    const world = started();
    expect({ status: statusOf(world), living: world.living() }).toEqual({ status: 'launching', living: 1 });
    world.becomeReady();
    expect(statusOf(world)).toBe('online');
    world.ask('stop');
    expect(statusOf(world)).toBe('stopping');
    world.settle();
    expect({ status: statusOf(world), living: world.living() }).toEqual({ status: 'stopped', living: 0 });
  });

  it('crashes, is started again at once, crashes, waits, comes again, and is given up in the end', () => {
    const world = online({ maxRestarts: 4 });
    world.crash();
    world.settle();
    expect({ status: statusOf(world), launches: world.launches() }).toEqual({ status: 'launching', launches: 2 });
    world.crash();
    world.settle();
    expect({ status: statusOf(world), living: world.living() }).toEqual({ status: 'waiting restart', living: 0 });
    world.endPause();
    world.settle();
    expect({ status: statusOf(world), launches: world.launches() }).toEqual({ status: 'launching', launches: 3 });
    crashUntilItRests(world);
    expect(world.lifecycle()).toMatchObject({ status: 'errored', wanted: 'running', restarts: 3, unstableRestarts: 4 });
    expect(world.lifecycle().reason).toMatch(/^crashed 4 times in 1 s; given up as max_restarts is 4$/);
    expect(world.launches()).toBe(4);
  });

  it('that was given up is started by a person, with all its chances', () => {
    const world = started({ maxRestarts: 4 });
    crashUntilItRests(world);
    world.ask('start');
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'launching', reason: null, restarts: 3, unstableRestarts: 0 });
    crashUntilItRests(world);
    expect({ status: statusOf(world), launches: world.launches() }).toEqual({ status: 'errored', launches: 8 });
  });

  it('that ended well and is not wanted again is stopped', () => {
    const world = online({ autorestart: false });
    world.crash(5_000, 0);
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'stopped', wanted: 'stopped' });
    expect(world.isPaused()).toBe(false);
  });

  it('that cannot be started is errored at once, without a loop', () => {
    const world = serviceWorld();
    world.setRunnable(false);
    world.ask('start');
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'errored', reason: 'its folder is gone', restarts: 0 });
    expect(world.isPaused()).toBe(false);
  });
});

describe('stop', () => {
  it('during a pause ends the pause, and nothing comes after', () => {
    const world = started({ restartDelayMs: 5_000 });
    world.crash();
    world.settle();
    expect({ status: statusOf(world), paused: world.isPaused() }).toEqual({ status: 'waiting restart', paused: true });
    world.ask('stop');
    expect(statusOf(world)).toBe('stopped');
    world.settle();
    world.endPause();
    world.settle();
    expect({ paused: world.isPaused(), living: world.living(), launches: world.launches() }).toEqual({
      paused: false,
      living: 0,
      launches: 1,
    });
  });

  it('between a crash and its pause ends the pause that has not begun', () => {
    const world = started({ restartDelayMs: 5_000 });
    world.crash();
    world.ask('stop');
    world.settle();
    expect({ status: statusOf(world), paused: world.isPaused() }).toEqual({ status: 'stopped', paused: false });
  });

  it('during the look at the port launches nothing', () => {
    const world = serviceWorld();
    world.ask('start');
    world.ask('stop');
    world.settle();
    expect({ status: statusOf(world), launches: world.launches() }).toEqual({ status: 'stopped', launches: 0 });
  });

  it('between the look at the port and the launch launches nothing', () => {
    const world = serviceWorld();
    world.ask('start');
    for (let steps = 0; steps < 3; steps += 1) world.step();
    expect(world.hasEffects()).toBe(true);
    world.ask('stop');
    world.settle();
    expect({ status: statusOf(world), launches: world.launches() }).toEqual({ status: 'stopped', launches: 0 });
  });

  it('during a start, as delete does, ends what was launched', () => {
    const world = started();
    world.ask('stop');
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'stopped', wanted: 'stopped' });
    expect(world.living()).toBe(0);
  });

  it('wins over a crash that comes while it goes on', () => {
    const world = online();
    world.ask('stop');
    world.crash();
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'stopped', restarts: 0, crashes: [] });
    expect({ paused: world.isPaused(), launches: world.launches() }).toEqual({ paused: false, launches: 1 });
  });

  it('asked for twice ends once', () => {
    const world = online();
    world.ask('stop');
    world.ask('stop');
    world.settle();
    expect(statusOf(world)).toBe('stopped');
  });

  it('of a service that is given up makes it stopped', () => {
    const world = started({ maxRestarts: 1 });
    world.crash();
    world.settle();
    world.ask('stop');
    world.settle();
    expect(world.lifecycle()).toMatchObject({ status: 'stopped', wanted: 'stopped', reason: null });
  });
});
