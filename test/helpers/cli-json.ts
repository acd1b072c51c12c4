/** What the tests read of `check --json`. */
export interface CheckJson {
  readonly schemaVersion: number;
  readonly command: string;
  readonly outcomes: readonly { readonly check: string; readonly status: string; readonly because?: string }[];
  readonly findings: readonly PortFinding[];
}

/** What the tests read of a finding of the check `port-occupied`. */
export interface PortFinding {
  readonly id: string;
  readonly check: string;
  readonly severity: string;
  readonly subject: { readonly kind: string; readonly port?: number };
  readonly data: {
    readonly port: number;
    readonly protocol: string;
    readonly state: string;
    readonly holders: readonly { readonly pid: number; readonly command: string }[];
  };
  readonly remedies: readonly { readonly kind: string; readonly commands: readonly string[] }[];
}

/** What the tests read of `fix --json`. */
export interface FixJson {
  readonly schemaVersion: number;
  readonly command: string;
  readonly plan: { readonly steps: readonly { readonly id: string; readonly consent: string }[] };
  readonly results: readonly { readonly step: string; readonly status: string; readonly detail: string }[];
  readonly verdicts: readonly { readonly finding: string; readonly status: string; readonly detail: string }[];
}
