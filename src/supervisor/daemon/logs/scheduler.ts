/** Runs looks when they are due, with one timer for all that keeps no process alive. */
export interface Scheduler {
  /** Replaces what was planned under the same key. */
  readonly plan: (key: string, delayMs: number, run: () => void) => void;
  readonly cancel: (key: string) => void;
  readonly close: () => void;
}

/** Looks that fall together wake the process once. */
const GRID_MS = 10;

/** `uptime` never jumps: a clock that is set back must not put off a look by a day. */
export const createScheduler = (uptime: () => number): Scheduler => {
  const planned = new Map<string, { readonly due: number; readonly run: () => void }>();
  let timer: NodeJS.Timeout | null = null;
  let wakesAt = Number.POSITIVE_INFINITY;

  const fire = (): void => {
    timer = null;
    wakesAt = Number.POSITIVE_INFINITY;
    const now = uptime();
    const due = [...planned].filter(([, { due }]) => due <= now);
    for (const [key] of due) planned.delete(key);
    for (const [, { run }] of due) run();
    wake();
  };

  const wake = (): void => {
    let next = Number.POSITIVE_INFINITY;
    for (const { due } of planned.values()) next = Math.min(next, due);
    if (next >= wakesAt || next === Number.POSITIVE_INFINITY) return;
    if (timer !== null) clearTimeout(timer);
    wakesAt = next;
    timer = setTimeout(fire, Math.max(0, Math.ceil(next - uptime()))).unref();
  };

  return {
    plan: (key, delayMs, run) => {
      const at = uptime() + delayMs;
      planned.set(key, { due: delayMs < GRID_MS ? at : Math.ceil(at / GRID_MS) * GRID_MS, run });
      wake();
    },
    cancel: (key) => void planned.delete(key),
    close: () => {
      planned.clear();
      if (timer !== null) clearTimeout(timer);
    },
  };
};
