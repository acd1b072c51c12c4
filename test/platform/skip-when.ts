import type { TestContext } from 'vitest';

/** Leaves a test out where it could tell nothing, and says so: what was not looked at must not look like a pass. */
export const skipWhen = (context: TestContext, condition: boolean, why: string): void => {
  if (condition) console.log(`not tested: ${context.task.name}: ${why}`);
  context.skip(condition, why);
};

/** Is this the user to whom no file and no process is closed? */
export const isRoot = (): boolean => process.getuid?.() === 0;
