import type { MemorySeries } from '../model/dev-tree.ts';
import type { Platform } from '../model/platform.ts';
import type { ServiceSample } from '../model/service.ts';
import type { Surroundings } from './invocation.ts';
import { reach } from './services/supervision.ts';

/** A dev tree may be rooted in the service itself or in the shell that started it. */
const seriesOf = async (
  pid: number,
  samples: readonly ServiceSample[],
  { inspect }: Platform,
): Promise<readonly MemorySeries[]> => {
  const main = await inspect.identify(pid);
  const parent = main === null ? null : await inspect.identify(main.parentPid);
  const points = samples.map(({ at, memoryBytes }) => ({ at, bytes: memoryBytes }));
  return [main, parent].flatMap((one) =>
    one === null || one.pid <= 1 ? [] : [{ pid: one.pid, startedAt: one.startedAt, samples: points }],
  );
};

/** The memory of supervised services over the last hour, as the supervisor has measured it; none where none runs. */
export const supervisedSeries = async (
  surroundings: Surroundings,
  platform: Platform,
): Promise<readonly MemorySeries[]> => {
  const supervisor = await reach(surroundings);
  if (supervisor === null) return [];
  try {
    const [{ services }, { samples }] = await Promise.all([
      supervisor.request('list', {}),
      supervisor.request('samples', {}),
    ]);
    const all = services.flatMap(({ id, pid, uptimeMs }) => {
      const since = Date.now() - (uptimeMs ?? 0);
      const own = (samples[id] ?? []).filter(({ at }) => at >= since);
      return pid === null ? [] : [seriesOf(pid, own, platform)];
    });
    return (await Promise.all(all)).flat();
  } finally {
    supervisor.close();
  }
};
