import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  NEW_LIFECYCLE,
  transition,
  type Lifecycle,
  type LifecycleEvent,
} from '../../../src/supervisor/core/lifecycle.ts';
import { aServiceSpec } from '../../helpers/a-service.ts';
import { serviceWorld, settleThroughPauses, type ServiceWorld } from './service-world.ts';
import { anExit, HALF } from './support.ts';

const MOVES: Readonly<Record<string, (world: ServiceWorld) => void>> = {
  start: (world) => world.ask('start'),
  stop: (world) => world.ask('stop'),
  restart: (world) => world.ask('restart'),
  step: (world) => world.step(),
  settle: (world) => world.settle(),
  crash: (world) => world.crash(),
  'crash late': (world) => world.crash(50_000),
  'end well': (world) => world.crash(5_000, 0),
  ready: (world) => world.becomeReady(),
  grow: (world) => world.growTooLarge(),
  'end pause': (world) => world.endPause(),
  'take port': (world) => world.setPort(false),
  'free port': (world) => world.setPort(true),
  'lose folder': (world) => world.setRunnable(false),
  'find folder': (world) => world.setRunnable(true),
};

const STORIES = fc.array(fc.constantFrom(...Object.keys(MOVES)), { maxLength: 60 });
const SPECS = fc.record({
  maxRestarts: fc.constantFrom(0, 1, 3, 16),
  autorestart: fc.boolean(),
  restartDelayMs: fc.constantFrom(0, 0, 500),
});

const TALES = { numRuns: 1_500 };

/** What holds at every moment, whatever goes on. */
const expectSense = ({ status, wanted, afterStop, blockedBy, reason }: Lifecycle): void => {
  expect(afterStop === 'rest' || status === 'stopping').toBe(true);
  expect(afterStop !== 'launch' || wanted === 'running').toBe(true);
  expect(blockedBy !== null).toBe(status === 'blocked');
  expect(reason === null || status === 'errored' || afterStop === 'give-up').toBe(true);
  expect(status !== 'errored' || reason !== null).toBe(true);
  expect(status !== 'stopped' || wanted === 'stopped').toBe(true);
};

const tell = (story: readonly string[], world: ServiceWorld, each: () => void): void => {
  for (const move of story) {
    MOVES[move]?.(world);
    each();
  }
};

it('never are there two copies, and one that is online lives', () => {
  fc.assert(
    fc.property(SPECS, STORIES, (spec, story) => {
      const world = serviceWorld(spec);
      tell(story, world, () => {
        expect(world.living()).toBeLessThanOrEqual(1);
        expect(world.lifecycle().status === 'online' && world.living() === 0).toBe(false);
        expectSense(world.lifecycle());
      });
    }),
    TALES,
  );
});

it('what is at rest lives no more, and waits for nothing', () => {
  fc.assert(
    fc.property(SPECS, STORIES, (spec, story) => {
      const world = serviceWorld(spec);
      tell(story, world, () => {
        if (world.hasEffects()) return;
        const { status } = world.lifecycle();
        const isRunning = status === 'launching' || status === 'online';
        expect({ status, living: world.living(), paused: world.isPaused() }).toEqual({
          status,
          living: isRunning ? 1 : 0,
          paused: status === 'waiting restart',
        });
        expect(status).not.toBe('stopping');
      });
    }),
    TALES,
  );
});

it('what is stopped or given up is launched by nothing but a person', () => {
  fc.assert(
    fc.property(SPECS, STORIES, STORIES, (spec, story, after) => {
      const world = serviceWorld(spec);
      tell(story, world, () => {});
      world.ask('stop');
      const before = world.launches();
      const alone = after.filter((move) => move !== 'start' && move !== 'restart');
      tell(alone, world, () => expect(world.lifecycle().wanted).toBe('stopped'));
      settleThroughPauses(world);
      expect({ launches: world.launches(), status: world.lifecycle().status }).toEqual({
        launches: before,
        status: 'stopped',
      });
    }),
    TALES,
  );
});

it('what was given up is not launched again by what happens', () => {
  fc.assert(
    fc.property(SPECS, STORIES, (spec, after) => {
      const world = serviceWorld({ ...spec, autorestart: true });
      world.ask('start');
      settleThroughPauses(world);
      for (let round = 0; round < 20; round += 1) {
        world.crash();
        settleThroughPauses(world);
      }
      const { status } = world.lifecycle();
      const before = world.launches();
      tell(
        after.filter((move) => move !== 'start' && move !== 'restart'),
        world,
        () => {},
      );
      settleThroughPauses(world);
      expect({ status, launches: world.launches() }).toEqual({ status: 'errored', launches: before });
    }),
    TALES,
  );
});

it('who asks for a start last has it running, blocked, or told why not', () => {
  fc.assert(
    fc.property(SPECS, STORIES, fc.constantFrom('start' as const, 'restart' as const), (spec, story, last) => {
      const world = serviceWorld(spec);
      tell(story, world, () => {});
      world.ask(last);
      settleThroughPauses(world);
      expect(['launching', 'online', 'blocked', 'errored']).toContain(world.lifecycle().status);
      world.setPort(true);
      world.setRunnable(true);
      world.ask(last);
      settleThroughPauses(world);
      expect(world.living()).toBe(1);
    }),
    TALES,
  );
});

it('events that could not happen break nothing', () => {
  const events = fc.array(
    fc.constantFrom<LifecycleEvent>(
      { type: 'start' },
      { type: 'stop' },
      { type: 'restart' },
      { type: 'port-free' },
      { type: 'port-held', block: { port: 1, holder: 'somebody', pid: null } },
      { type: 'launch-failed', reason: 'no' },
      { type: 'ready' },
      { type: 'exited', exit: anExit() },
      { type: 'exited', exit: anExit({ code: 0, uptimeMs: 40_000 }) },
      { type: 'ended' },
      { type: 'pause-over' },
      { type: 'over-limit', uptimeMs: 3_000 },
    ),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(events, (story) => {
      let at = NEW_LIFECYCLE;
      for (const event of story) {
        const [to, effects] = transition(at, event, { spec: aServiceSpec(), now: 1_700_000_000_000, random: HALF });
        expectSense(to);
        // Launching begins with a look, and only what is wanted is launched.
        for (const { type } of effects)
          expect(type !== 'launch' || (to.status === 'launching' && to.wanted === 'running')).toBe(true);
        if (to.status === 'online' && at.status !== 'online') expect(at.status).toBe('launching');
        at = to;
      }
    }),
    TALES,
  );
});
