import type { Platform } from '../model/platform.ts';
import type { PortOccupancy } from '../model/port.ts';
import { read, type Reading } from '../model/snapshot.ts';

/** Looks at each port in turn; the first that cannot be looked at makes the reading fail, with the port named. */
export const readPorts = async (
  ports: readonly number[],
  { inspect }: Platform,
): Promise<Reading<readonly PortOccupancy[]>> => {
  const occupancies: PortOccupancy[] = [];
  let source = 'bind probes';
  for (const port of ports) {
    const reading = await inspect.port(port);
    if (!reading.ok) return reading;
    occupancies.push(reading.value);
    source = reading.source;
  }
  return read(occupancies, source);
};
