import { serviceTrack, type ServiceTrack } from './lives/service-track.ts';
import type { Mark } from './lives/marks.ts';
import type { LogEntry } from './types.ts';

/** Whose line is whose: names that lines tell, and what is known of those that tell none. */
export interface Routes {
  readonly tracks: Map<string, ServiceTrack>;
  /** PM2's numbers, and the units that process numbers belong to. */
  readonly instances: Map<string, string>;
  readonly pidUnits: Map<number, string>;
  readonly fromStart: boolean;
  lastService: string | null;
  lastEnded: string | null;
  lastStarted: string | null;
}

const SERVICES_KEPT = 64;
const NAMES_KEPT = 256;

export const routes = (fromStart: boolean): Routes => ({
  tracks: new Map(),
  instances: new Map(),
  pidUnits: new Map(),
  fromStart,
  lastService: null,
  lastEnded: null,
  lastStarted: null,
});

/** The track of a service. What was said before the first name belongs to who names itself next. */
export const trackFor = (known: Routes, service: string | null, prefixed: boolean): ServiceTrack => {
  const { tracks, fromStart } = known;
  const key = service ?? '';
  const found = tracks.get(key);
  if (found !== undefined) return found;
  const unnamed = tracks.get('');
  if (service !== null && unnamed !== undefined && tracks.size === 1 && !prefixed) {
    unnamed.rename(service);
    tracks.delete('');
    tracks.set(key, unnamed);
    return unnamed;
  }
  const made = serviceTrack(service, fromStart);
  if (tracks.size < SERVICES_KEPT) tracks.set(key, made);
  return made;
};

/** A program that systemd runs logs under its own name: its number belongs to the unit that was started last. */
const unitOf = ({ pidUnits, lastStarted }: Routes, { ident, pid }: LogEntry): string | null => {
  if (ident === null || ident === 'systemd' || pid === null) return null;
  const known = pidUnits.get(pid);
  if (known !== undefined || lastStarted === null) return known ?? null;
  if (pidUnits.size >= NAMES_KEPT) pidUnits.clear();
  pidUnits.set(pid, lastStarted);
  return lastStarted;
};

const untold = (known: Routes, mark: Mark | null): string | null => {
  if (mark?.kind === 'gave-up') return known.lastEnded ?? known.lastService;
  if (mark?.kind === 'memory') return known.instances.get(mark.instance ?? '') ?? known.lastService;
  return known.lastService;
};

/** docker compose names a container by its project as well, but not in front of its lines. */
const ofContainer = ({ tracks }: Routes, { service, runner }: Mark): string | null => {
  if (service === null || runner !== 'compose' || tracks.has(service)) return service;
  const known = [...tracks.keys()].filter((name) => name !== '' && /[-_]$/.test(service.slice(0, -name.length)));
  return known.find((name) => service.endsWith(name)) ?? service;
};

/** The service a line belongs to. */
export const serviceOf = (known: Routes, entry: LogEntry, mark: Mark | null): string | null =>
  (mark === null ? null : ofContainer(known, mark)) ?? entry.service ?? unitOf(known, entry) ?? untold(known, mark);

/** Keeps what a line tells of names for the lines after it. */
export const rememberNames = (known: Routes, service: string | null, mark: Mark | null): void => {
  if (service === null) return;
  if (mark === null || mark.rule.onlyPrefixed === true) known.lastService = service;
  if (mark === null || mark.service === null) return;
  if (mark.instance !== null && known.instances.size < NAMES_KEPT) known.instances.set(mark.instance, service);
  if (mark.kind === 'end') known.lastEnded = service;
  if (mark.kind === 'start') known.lastStarted = service;
};
