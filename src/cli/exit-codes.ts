/** What the exit code of every command means. */
export const EXIT = {
  ok: 0,
  findings: 1,
  usage: 2,
  notLooked: 3,
  notResolved: 4,
  refused: 5,
  fault: 70,
} as const;
