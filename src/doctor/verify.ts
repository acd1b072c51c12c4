import {
  isPortFinding,
  isProcessFinding,
  type Finding,
  type LeftoverFinding,
  type MemoryFinding,
  type PortFinding,
} from '../model/finding.ts';
import type { Clock } from '../model/clock.ts';
import type { Plan, StepResult, Verdict } from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import { isSameProcess, type ProcessInfo, type ProcessRef } from '../model/process.ts';
import { tableOf } from '../programs/lineage.ts';
import { labelOf } from '../programs/label-of.ts';

/** A runner that starts its child again does so within a second. */
const WATCH_MS = 1_000;
const LOOK_EVERY_MS = 100;
const NAME_LIMIT = 60;

const listenersNow = async (port: number, { inspect }: Platform): Promise<readonly ProcessRef[] | string> => {
  const reading = await inspect.portListeners(port);
  if (!reading.ok) return reading.detail;
  const seen = reading.value.flatMap(({ holders }) => holders);
  const hidden = reading.value.some(({ holders }) => holders.length === 0);
  return seen.length === 0 && hidden ? 'an unseen process listens on it now' : seen;
};

/** Names who has the port now, and who put it there. */
const describeRetaker = async (
  ref: ProcessRef,
  finding: PortFinding,
  before: ReadonlyMap<number, ProcessInfo>,
  { inspect }: Platform,
): Promise<string> => {
  const lineage = await inspect.lineage([ref.pid]);
  const table = tableOf(lineage.ok ? lineage.value : []);
  const retaker = table.get(ref.pid);
  if (retaker === undefined) return `taken again by ${ref.pid}`;
  const parent = table.get(retaker.parentPid);
  if (parent === undefined) return `taken again by ${ref.pid} ${labelOf(retaker, NAME_LIMIT)}`;
  const started = finding.data.holders.some(({ pid }) => before.get(pid)?.parentPid === parent.pid);
  const also = started ? ', which had started the one that ended too' : '';
  return `taken again by ${ref.pid} ${labelOf(retaker, NAME_LIMIT)}, started by ${parent.pid} ${labelOf(parent, NAME_LIMIT)}${also}`;
};

const persistsBecause = async (
  refs: readonly ProcessRef[],
  finding: PortFinding,
  before: ReadonlyMap<number, ProcessInfo>,
  platform: Platform,
): Promise<string> => {
  const isSurvivor = (ref: ProcessRef): boolean => finding.data.holders.some((holder) => isSameProcess(holder, ref));
  const details = await Promise.all(
    refs.map((ref) =>
      isSurvivor(ref) ? Promise.resolve(`still held by ${ref.pid}`) : describeRetaker(ref, finding, before, platform),
    ),
  );
  return [...new Set(details)].join('; ');
};

type Look = Omit<Verdict, 'finding'>;

/** Binding is tried twice: a neighbour's own probe may have the port for an instant. */
const bindTwice = async (port: number, platform: Platform, clock: Clock): Promise<Look | null> => {
  for (let attempt = 1; ; attempt += 1) {
    const last = await platform.inspect.port(port);
    if (!last.ok) return { status: 'unverified', detail: last.detail };
    const failed = last.value.probes.find(({ outcome }) => outcome === 'in-use' || outcome === 'not-permitted');
    if (failed === undefined) return null;
    if (attempt === 2) {
      return { status: 'persists', detail: `nobody listens, but binding ${failed.address} fails with ${failed.code}` };
    }
    await clock.sleep(LOOK_EVERY_MS);
  }
};

/**
 * Watches the tables for a second, then binds the port: only that shows that it is free. The row of a process that
 * is just ending outlives its descriptors for an instant, so an unseen holder counts only if it stays.
 */
const watchPort = async (
  finding: PortFinding,
  before: ReadonlyMap<number, ProcessInfo>,
  watchMs: number,
  platform: Platform,
  clock: Clock,
): Promise<Look> => {
  const { port } = finding.data;
  const end = clock.now() + watchMs;
  for (;;) {
    const seen = await listenersNow(port, platform);
    if (typeof seen !== 'string' && seen.length > 0) {
      return { status: 'persists', detail: await persistsBecause(seen, finding, before, platform) };
    }
    if (clock.now() >= end) {
      if (typeof seen === 'string') return { status: 'unverified', detail: seen };
      break;
    }
    await clock.sleep(LOOK_EVERY_MS);
  }
  const watched = watchMs > 0 ? `port ${port} is free, watched for a second` : `port ${port} is free`;
  return (await bindTwice(port, platform, clock)) ?? { status: 'resolved', detail: watched };
};

/** A process that was the finding itself is gone, or it is not. */
const lookForProcess = async ({ data }: LeftoverFinding | MemoryFinding, { inspect }: Platform): Promise<Look> => {
  const now = await inspect.identify(data.pid);
  return now === null || now.state === 'zombie' || !isSameProcess(now, data)
    ? { status: 'resolved', detail: `${data.pid} has ended` }
    : { status: 'persists', detail: `${data.pid} is still there` };
};

/**
 * Looks again at what each step was meant to resolve. Findings nothing was done about get one look
 * without waiting, so that their verdict says how things are.
 */
export const verify = async (
  findings: readonly Finding[],
  plan: Plan,
  results: readonly StepResult[],
  before: readonly ProcessInfo[],
  platform: Platform,
  clock: Clock,
): Promise<readonly Verdict[]> => {
  const table = tableOf(before);
  const acted = new Set(
    results.filter(({ status }) => status === 'done' || status === 'failed').map(({ step }) => step),
  );
  const isTouched = ({ id }: Finding): boolean =>
    plan.steps.some((step) => acted.has(step.id) && step.resolves.includes(id));
  // What was only told, such as a process that may be wanted, is no failure for being there still.
  const isPlanned = ({ id, severity }: Finding): boolean =>
    severity !== 'info' && plan.steps.some(({ resolves }) => resolves.includes(id));
  const lookAgain = async (finding: Finding): Promise<Look | null> => {
    const touched = isTouched(finding);
    if (isPortFinding(finding)) return watchPort(finding, table, touched ? WATCH_MS : 0, platform, clock);
    return isProcessFinding(finding) && (touched || isPlanned(finding)) ? lookForProcess(finding, platform) : null;
  };
  const looks = await Promise.all(findings.map(lookAgain));
  return findings.flatMap(({ id }, index) => {
    const look = looks[index] ?? null;
    return look === null ? [] : [{ finding: id, ...look }];
  });
};
