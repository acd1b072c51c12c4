/**
 * Runs everybody once in each round, one after the other, so that a drift of the machine hits all alike. A first round, to
 * warm up, is not kept.
 * @template T
 * @param {number} rounds
 * @param {Readonly<Record<string, (round: number) => Promise<T>>>} runners
 * @returns {Promise<Record<string, T[]>>} what each gave, by round
 */
export async function inTurn(rounds, runners) {
  const given = Object.fromEntries(Object.keys(runners).map((id) => [id, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [id, run] of Object.entries(runners)) {
      const value = await run(round);
      if (round >= 0) given[id].push(value);
    }
  }
  return given;
}

/** Runners of the same work for each tool, to be spread into `inTurn`. */
export const forEach = (tools, run) => Object.fromEntries(tools.map((tool) => [tool.id, (round) => run(tool, round)]));

/** One number of each run, for each who ran. */
export const pick = (given, value) =>
  Object.fromEntries(Object.entries(given).map(([id, runs]) => [id, runs.map(value)]));
