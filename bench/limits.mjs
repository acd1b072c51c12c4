import { medianOfRounds } from './statistics.mjs';

const MAX_OVER_FLOOR_MS = 70;
const MIN_LEAD = 2;
const MAX_WHOLE_MS = 500;
const MAX_PEAK_MB = 90;
/** One pass over the fds of the heavy state costs some 300 ms; anything near it would show far above this. */
const MAX_FREE_GROWTH_MS = 50;

const cpuOf = (result, question, id) => result?.check[question]?.[id]?.map((run) => run.cpu);
const freedOf = (result, id) => result?.fix[id]?.map((run) => run.freed ?? Infinity);
const ms = (value) => `${Math.round(value)} ms`;
const times = (value) => `${value.toFixed(2)}x`;

/** MB of a peak given in kB. */
export const megabytes = (kilobytes) => (kilobytes * 1024) / 1e6;

/**
 * The limits the project set itself, each with what this run measured. `holds` is undefined where a part of it could not
 * be measured, so that an absent peer is never counted as beaten.
 * @param {{ few?: object, heavy?: object }} results
 * @returns {readonly { limit: string, measured: string, holds: boolean | undefined }[]}
 */
export function judgeLimits({ few, heavy }) {
  return [
    ...lightLimits(few, heavy),
    ...wholeLimits('few', few),
    ...wholeLimits('heavy', heavy),
    ...heavyLimits(heavy),
    ...fixLimits('few', few),
    ...fixLimits('heavy', heavy),
    ...answers(few, heavy),
  ];
}

function overFloor(result, question) {
  const columns = ['devdoctor', 'floor'].map((id) => cpuOf(result, question, id));
  return paired(columns, (own, floor) => own - floor);
}

function lightLimits(few, heavy) {
  const [freeFew, freeHeavy] = [overFloor(few, 'free'), overFloor(heavy, 'free')];
  const growth = freeFew === undefined || freeHeavy === undefined ? undefined : freeHeavy - freeFew;
  const start = `check, few, busy: CPU over \`node -e 0\` at most ${MAX_OVER_FLOOR_MS} ms`;
  const noPass = `check, free port: no fd pass (CPU over \`node -e 0\` grows by at most ${MAX_FREE_GROWTH_MS} ms from few to heavy)`;
  return [
    row(start, overFloor(few, 'busy'), ms, (v) => v <= MAX_OVER_FLOOR_MS),
    row(noPass, growth, ms, (v) => v <= MAX_FREE_GROWTH_MS),
  ];
}

function wholeLimits(name, result) {
  const own = cpuOf(result, 'whole', 'devdoctor');
  const leads = ['ps-list', 'systeminformation'].map((id) => {
    const lead = paired([cpuOf(result, 'whole', id), own], (peer, mine) => peer / mine);
    return row(`check of everything, ${name}: CPU of ${id} above devdoctor's`, lead, times, (v) => v > 1);
  });
  const limit = `check of everything, ${name}: CPU over \`node -e 0\` at most ${MAX_WHOLE_MS} ms`;
  return [row(limit, overFloor(result, 'whole'), ms, (v) => v <= MAX_WHOLE_MS), ...leads];
}

function heavyLimits(heavy) {
  const [own, floor, ss] = ['devdoctor', 'floor', 'ss'].map((id) => cpuOf(heavy, 'busy', id));
  const leads = ['lsof', 'find-process'].map((id) => {
    const lead = paired([cpuOf(heavy, 'busy', id), own], (peer, mine) => peer / mine);
    return row(`check, heavy, busy: CPU of ${id} at least ${MIN_LEAD}x devdoctor's`, lead, times, (v) => v >= MIN_LEAD);
  });
  const behindSs = paired([own, ss, floor], (mine, peer, start) => mine - peer - start);
  const peaks = ['busy', 'fix'].flatMap((part) => heavy?.memory[part]?.devdoctor ?? []);
  const peak = peaks.length === 0 ? undefined : megabytes(Math.max(...peaks));
  return [
    ...leads,
    row('check, heavy, busy: CPU over ss + `node -e 0` at most 0 ms', behindSs, ms, (v) => v <= 0),
    row(
      `check and fix, heavy: peak RSS under ${MAX_PEAK_MB} MB`,
      peak,
      (v) => `${v.toFixed(1)} MB`,
      (v) => v < MAX_PEAK_MB,
    ),
  ];
}

function fixLimits(name, result) {
  return ['fkill-cli', 'kill-port'].map((id) => {
    const value = paired([freedOf(result, id), freedOf(result, 'devdoctor')], (peer, own) => peer / own);
    return row(
      `fix, ${name}: port bindable sooner than with ${id}`,
      value,
      (v) => `${times(v)} devdoctor's time`,
      (v) => v > 1,
    );
  });
}

/** Speed with a wrong answer is worth nothing, so being right is listed among the limits. */
function answers(few, heavy) {
  const results = [few, heavy].filter(Boolean);
  const lookups = results.flatMap((result) => Object.values(result.check).flatMap((byId) => byId.devdoctor ?? []));
  const fixes = results.flatMap((result) => result.fix.devdoctor ?? []);
  const good = [lookups.filter((run) => run.right), fixes.filter((run) => run.freed !== undefined && run.exit === 0)];
  return [
    row('check: named exactly the holder, or nobody, in every run', share(good[0], lookups), percent, (v) => v === 1),
    row('fix: port freed and exit code 0 in every run', share(good[1], fixes), percent, (v) => v === 1),
  ];
}

const share = (part, whole) => (whole.length === 0 ? undefined : part.length / whole.length);
const percent = (value) => `${Math.round(value * 100)} % of the runs`;

function paired(columns, combine) {
  return columns.every(Boolean) ? medianOfRounds(columns, combine) : undefined;
}

function row(limit, value, show, test) {
  if (value === undefined || Number.isNaN(value)) return { limit, measured: 'not measured', holds: undefined };
  return { limit, measured: show(value), holds: test(value) };
}
