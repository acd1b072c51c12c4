/**
 * The shapes of what `devdoctor … --json` prints, for programs that read it.
 * The JSON Schemas of the same shapes are in `devdoctor/schemas/*.json`.
 */
export { SCHEMA_VERSION } from './model/results.ts';
export type {
  CheckResult,
  ChecksResult,
  ExplainedProcess,
  ExplainResult,
  FixResult,
  HistoryResult,
  HistoryRow,
  InitHook,
  InitResult,
  OutcomeSummary,
  PortRow,
  PortsResult,
  UndoResult,
  WhyResult,
} from './model/results.ts';
export type {
  ActionCommand,
  ActionReport,
  DeleteResult,
  EnvResult,
  FlushResult,
  KillResult,
  ListResult,
  PidResult,
  PingResult,
  ResetResult,
  RestartResult,
  ResurrectResult,
  SaveResult,
  ScaleResult,
  SendSignalResult,
  ServiceEnvironment,
  ServiceOutcome,
  ServicePid,
  ShowResult,
  StartResult,
  StopResult,
  SupervisorRef,
} from './model/service-results.ts';
export type {
  LastExit,
  LogSpec,
  PortBlock,
  RotationSpec,
  ServiceDetail,
  ServiceRow,
  ServiceSpec,
  ServiceStatus,
  WatchSpec,
} from './model/service.ts';
export type { Pm2Environment, Pm2Process } from './model/pm2-process.ts';
export type {
  ChainLink,
  Evidence,
  Finding,
  PortHolder,
  PortOccupiedData,
  PortState,
  Severity,
  Subject,
} from './model/finding.ts';
export type { ManagedBy, ManagerKind } from './model/manager.ts';
export type {
  Consent,
  Guard,
  Plan,
  Relaunch,
  Step,
  StepMember,
  StepResult,
  StepStatus,
  Verdict,
} from './model/plan.ts';
export type { PlatformName } from './model/platform-name.ts';
export type { ProcessRef } from './model/process.ts';
export type {
  KillByPortRemedy,
  ManualRemedy,
  Remedy,
  Risk,
  StopWithManagerRemedy,
  TerminateRemedy,
} from './model/remedy.ts';
