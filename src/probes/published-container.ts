import type { Platform } from '../model/platform.ts';
import type { PublishedContainer } from '../model/port.ts';

/** An engine that does not answer by then will not answer. */
const TIMEOUT_MS = 1_500;

type Engine = PublishedContainer['engine'];

const LIST: Readonly<Record<Engine, (port: number) => readonly [string, ...string[]]>> = {
  docker: (port) => ['docker', 'ps', '--filter', `publish=${port}`, '--format', '{{.ID}}\t{{.Names}}\t{{.Ports}}'],
  podman: () => ['podman', 'ps', '--format', '{{.ID}}\t{{.Names}}\t{{.Ports}}'],
};

/** A published TCP port as both engines print it: `0.0.0.0:3000->80/tcp`, ranges included. */
const publishes = (ports: string, port: number): boolean =>
  [...ports.matchAll(/:(\d+)(?:-(\d+))?->[\d-]+\/tcp/g)].some(
    ([, low, high]) => port >= Number(low) && port <= Number(high ?? low),
  );

/** Reads the engine's table. The engine's own filter is not trusted: it has matched container ports too. */
export const parseContainers = (engine: Engine, text: string, port: number): PublishedContainer | null => {
  for (const line of text.split('\n')) {
    const [id = '', name = '', ports = ''] = line.trim().split('\t');
    if (id !== '' && publishes(ports, port)) return { engine, id, name: name === '' ? id : name };
  }
  return null;
};

/** The container that publishes a port; `null` when the engine does not say. */
export const findPublished = async (
  engine: Engine,
  port: number,
  { control }: Platform,
): Promise<PublishedContainer | null> => {
  const { status, stdout } = await control.run(LIST[engine](port), TIMEOUT_MS);
  return status === 0 ? parseContainers(engine, stdout, port) : null;
};
