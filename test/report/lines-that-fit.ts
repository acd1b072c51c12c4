import type { FixResult, HistoryRow, WhyResult } from '../../src/model/results.ts';
import type { CheckResult, PortsResult } from '../../src/model/results.ts';
import { explainProcesses } from '../../src/doctor/explain-process.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { PLAIN_PAINT, type Look } from '../../src/report/look.ts';
import { displayWidth } from '../../src/util/display-width.ts';
import { examined, type SNAPSHOTS } from '../helpers/a-snapshot.ts';
import { fakeHost } from '../helpers/fake-platform.ts';

type Host = (typeof SNAPSHOTS)[number];

/** Plain text of a width, in the home of the recorded hosts. */
export const plainLook = (width: number): Look => ({ width, paint: PLAIN_PAINT, home: '/home/ada' });

/** What a terminal would obey, and what hides or reorders text on it. */
export const OBEYED = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/;

/** Lines that take more columns than there are, but for those that hold a command to copy. */
export const tooWide = (text: string, width: number): readonly string[] =>
  text
    .split('\n')
    .filter((line) => displayWidth(line) > width)
    .filter(
      (line) =>
        !/^\s+(?:(?:fix|do|undo|ends by|why|try|all env)\s+)?(?:devdoctor|sudo|docker|podman|pm2|systemctl|PORT=\d+) /.test(
          line,
        ),
    );

/** What `check` says of a recorded host. */
export const checkOf = (name: Host): CheckResult => {
  const { findings, snapshot, outcomes } = examined(name);
  return {
    schemaVersion: 1,
    command: 'check',
    takenAt: new Date(snapshot.takenAt).toISOString(),
    platform: snapshot.platform,
    ports: findings.map(({ data }) => ({ port: data.port, source: '--port' })),
    outcomes: outcomes.map(({ check, status }) => ({ check, status })),
    findings,
    notes: [],
  };
};

/** What `fix --dry-run` says of a recorded host, or `fix` in which everything was done and nothing helped. */
export const fixOf = (name: Host, dryRun: boolean): FixResult => {
  const { findings, processes, context, snapshot } = examined(name);
  const policy = { selfPid: context.selfPid, uid: context.uid, protect: [], force: true, ownPastOf: null };
  const plan = makePlan(findings, processes, policy, snapshot.takenAt);
  const detail = 'asked politely, then ended 1 by force, 12 processes gone after 3 s, and a long story follows';
  return {
    schemaVersion: 1,
    command: 'fix',
    dryRun,
    outcomes: [{ check: 'port-occupied', status: 'found' }],
    findings,
    plan,
    results: dryRun ? [] : plan.steps.map(({ id }) => ({ step: id, status: 'failed', detail })),
    verdicts: dryRun ? [] : findings.map(({ id }) => ({ finding: id, status: 'persists', detail })),
  };
};

/** What `why` says of each occupied port of a recorded host. */
export const whyOf = async (name: Host): Promise<readonly WhyResult[]> => {
  const { findings, processes, context, snapshot } = examined(name);
  const { ports } = snapshot.readings;
  const sockets = ports?.ok === true ? ports.value.flatMap((port) => port.sockets) : [];
  const { platform } = fakeHost(processes, sockets);
  const authority = { selfPid: context.selfPid, uid: context.uid, protect: [] };
  return Promise.all(
    findings.map(async (finding): Promise<WhyResult> => {
      const pids = finding.data.holders.map(({ pid }) => pid);
      return {
        schemaVersion: 1,
        command: 'why',
        target: { kind: 'port', value: String(finding.data.port) },
        finding,
        processes: await explainProcesses(pids, sockets, platform, authority, context.now),
        connectedFrom: Array.from({ length: 7 }, (_, index) => `2001:db8:85a3:8d3:1319:8a2e:370:${index}:443`),
        udp: [{ address: '0.0.0.0', pids: [1, 2] }],
        notes: ['port 40000 is in the range handed out to clients, so it may be taken for a moment at any time'],
      };
    }),
  );
};

/** What `ports --all` says of a recorded host. */
export const portsOf = (name: Host): PortsResult => ({
  schemaVersion: 1,
  command: 'ports',
  rows: examined(name).findings.flatMap(({ data }) =>
    data.holders.map((holder) => ({
      protocol: 'tcp' as const,
      port: data.port,
      addresses: holder.addresses,
      pid: holder.pid,
      name: holder.name,
      command: holder.command,
      project: holder.project,
      user: holder.user,
      upMs: 68_400_000,
      memoryBytes: 212_000_000,
      managedBy: holder.managedBy,
    })),
  ),
  omitted: 12,
  notes: [],
});

/** What `history` says of the steps of a recorded host. */
export const historyOf = (name: Host): readonly HistoryRow[] =>
  fixOf(name, true).plan.steps.map(({ id, title, members, relaunch }) => ({
    id: `abc${id}`,
    at: '2026-11-22T21:00:00.000Z',
    ports: [3000, 3001, 3002, 3003],
    title,
    ended: members.map(({ pid, label }) => ({ pid, label })),
    relaunch,
    undoneAt: null,
  }));
