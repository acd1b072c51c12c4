import type { ChainLink, Finding, PortFinding } from './finding.ts';
import type { ManagedBy } from './manager.ts';
import type { Plan, Relaunch, StepResult, Verdict } from './plan.ts';
import type { PlatformName } from './platform-name.ts';

/** Raised when a field changes its meaning or goes; adding one does not raise it. */
export const SCHEMA_VERSION = 1;

/** How one check ended, without its findings. */
export interface OutcomeSummary {
  readonly check: string;
  readonly status: 'clear' | 'found' | 'skipped' | 'crashed';
  readonly because?: string;
}

/** What `check --json` prints. */
export interface CheckResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'check';
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly platform: PlatformName;
  /** The ports looked at and what named each. */
  readonly ports: readonly { readonly port: number; readonly source: string }[];
  readonly outcomes: readonly OutcomeSummary[];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** What `fix --json` prints. */
export interface FixResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'fix';
  readonly dryRun: boolean;
  readonly outcomes: readonly OutcomeSummary[];
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly results: readonly StepResult[];
  readonly verdicts: readonly Verdict[];
}

/** One process, told in full. */
export interface ExplainedProcess {
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly upMs: number;
  readonly name: string;
  readonly command: string;
  readonly cwd: string | null;
  readonly project: string | null;
  readonly branch: string | null;
  readonly user: string | null;
  readonly memoryBytes: number | null;
  /** Listening sockets, as `tcp 127.0.0.1:3000`. */
  readonly listens: readonly string[];
  readonly chain: readonly ChainLink[];
  /** Processes below it. */
  readonly children: readonly { readonly pid: number; readonly label: string }[];
  readonly managedBy: ManagedBy | null;
  /** What in it looks abandoned or unusual. */
  readonly remarks: readonly string[];
  /** What ends it: commands, or words where there is no command. */
  readonly endedBy: readonly string[];
}

/** What `why --json` prints. */
export interface WhyResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'why';
  readonly target: { readonly kind: 'port' | 'pid' | 'name'; readonly value: string };
  /** For a port: the finding, or `null` when it is free. */
  readonly finding: PortFinding | null;
  readonly processes: readonly ExplainedProcess[];
  /** The other ends of connections to the port, most recent row first. */
  readonly connectedFrom: readonly string[];
  /** UDP sockets of the same number, which never block a TCP server. */
  readonly udp: readonly { readonly address: string; readonly pids: readonly number[] }[];
  readonly notes: readonly string[];
}

/** One row of `ports`. */
export interface PortRow {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly addresses: readonly string[];
  readonly pid: number | null;
  readonly name: string | null;
  readonly command: string | null;
  readonly project: string | null;
  readonly user: string | null;
  readonly upMs: number | null;
  readonly memoryBytes: number | null;
  readonly managedBy: ManagedBy | null;
}

/** What `ports --json` prints. */
export interface PortsResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'ports';
  readonly rows: readonly PortRow[];
  /** Rows left out because they are not this user's. */
  readonly omitted: number;
  readonly notes: readonly string[];
}

/** One ended tree, as the history records it. */
export interface HistoryEntry {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly ports: readonly number[];
  readonly title: string;
  readonly ended: readonly { readonly pid: number; readonly label: string }[];
  readonly relaunch: Relaunch | null;
}

/** One entry of `history`. */
export interface HistoryRow extends HistoryEntry {
  /** When it was started again, ISO 8601; `null` if it was not. */
  readonly undoneAt: string | null;
}

/** What `history --json` prints. */
export interface HistoryResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'history';
  readonly entries: readonly HistoryRow[];
  readonly unreadableLines: number;
}

/** What `undo --json` prints. */
export interface UndoResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'undo';
  readonly id: string;
  readonly status: 'started' | 'not-listening' | 'ended' | 'refused';
  readonly pid: number | null;
  readonly ports: readonly number[];
  readonly logFile: string | null;
  readonly detail: string;
  /** Variables the ended program had and this shell lacks. */
  readonly missingVariables: readonly string[];
}

/** One hook that `init` looked after. */
export interface InitHook {
  /** The script that starts a server. */
  readonly script: string;
  /** The script that holds the hook: the one run before it, or itself. */
  readonly hook: string;
  readonly status: 'added' | 'extended' | 'kept';
  /** The whole text of the script that holds the hook. */
  readonly command: string;
}

/** What `init --json` prints. */
export interface InitResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'init';
  readonly dryRun: boolean;
  readonly status: 'written' | 'planned' | 'unchanged' | 'declined';
  /** The manifest. */
  readonly file: string;
  /** What runs its scripts. */
  readonly runner: 'npm' | 'pnpm' | 'yarn' | 'yarn-berry' | 'bun';
  readonly hooks: readonly InitHook[];
  /** Lines of a unified diff, without the file's line ends. */
  readonly diff: readonly string[];
  readonly notes: readonly string[];
}

/** What `checks --json` prints. */
export interface ChecksResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'checks';
  readonly checks: readonly { readonly id: string; readonly title: string }[];
}

/** What `explain --json` prints. */
export interface ExplainResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'explain';
  readonly id: string;
  /** Markdown. */
  readonly text: string;
}
