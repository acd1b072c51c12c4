import type { ServiceTrack } from './lives/service-track.ts';
import type { TrackSummary } from './lives/track-state.ts';
import { countsOf, NOTHING_PASSED, passMore, withLivesPassed } from './repeated-lives.ts';
import type { Counted, StreamState } from './stream-state.ts';

/** What a life adds to the counts is measured on these two, after all is in its course. */
const MEASURED_FROM = 8;
const MEASURED_TO = 9;

const countsNow = ({ routes }: StreamState): Counted =>
  new Map([...routes.tracks.values()].map((track) => [track, countsOf(track.summary())]));

/** Takes how many lives in a row said the same so far. */
export const measureLife = (state: StreamState, lives: number): void => {
  if (lives === MEASURED_FROM) state.measuredFrom = countsNow(state);
  if (lives === MEASURED_TO) state.measuredTo = countsNow(state);
};

/** Takes how many more of them were not read. */
export const passLives = ({ measuredFrom, measuredTo, passed }: StreamState, lives: number): void => {
  for (const [track, to] of measuredTo) {
    const from = measuredFrom.get(track);
    if (from === undefined) continue;
    passed.set(track, passMore(passed.get(track) ?? NOTHING_PASSED, { from, to, lives }));
  }
};

/** What a track tells, with the lives that were not read. */
export const summaryWithLives = ({ passed }: StreamState, track: ServiceTrack): TrackSummary =>
  withLivesPassed(track.summary(), passed.get(track) ?? NOTHING_PASSED);
