import type { EnvironmentOptions, Variables } from './fields/environment-fields.ts';

/** An environment as a process has it. */
export type Shell = Readonly<Record<string, string | undefined>>;

/** Variables of the shell that a service may see. All others stay out of its environment, and out of what is kept on disk. */
const ALLOWED: ReadonlySet<string> = new Set(
  [
    'PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR TMP TEMP DISPLAY WAYLAND_DISPLAY SSH_AUTH_SOCK',
    'XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME SSL_CERT_FILE SSL_CERT_DIR',
    'NODE_ENV NODE_PATH NODE_OPTIONS NODE_EXTRA_CA_CERTS NVM_DIR NVM_BIN VOLTA_HOME FNM_DIR PNPM_HOME BUN_INSTALL',
    'PYENV_ROOT VIRTUAL_ENV CONDA_PREFIX JAVA_HOME GOPATH GOROOT CARGO_HOME RUSTUP_HOME GEM_HOME',
    'DEBUG PORT HOST FORCE_COLOR NO_COLOR NO_PROXY no_proxy',
    // Without these nothing starts on Windows.
    'SystemRoot SYSTEMROOT windir ComSpec COMSPEC PATHEXT Path USERPROFILE USERNAME APPDATA LOCALAPPDATA ProgramFiles ProgramData',
  ].flatMap((line) => line.split(' ')),
);

/** What a service keeps although `filter_env: true` keeps the shell out: without these hardly a program is found. */
const KEPT = new Set(['PATH', 'HOME']);

const isKeptOut = (name: string, filter: EnvironmentOptions['filter_env']): boolean =>
  typeof filter === 'boolean' ? filter && !KEPT.has(name) : filter.some((beginning) => name.startsWith(beginning));

/** What a service's environment is made of. */
export interface EnvironmentWish {
  readonly filter: EnvironmentOptions['filter_env'];
  /** What the configuration sets, the profile's variables among it. */
  readonly own: Variables;
  /** The port that `port` names. */
  readonly port: number | null;
}

/** An environment, and which of it the configuration sets. */
export interface ServiceEnvironment {
  readonly env: Variables;
  readonly ownVariables: readonly string[];
  /** The port that the service will take; `null` where nothing names one. */
  readonly port: number | null;
}

const portIn = (text: string | undefined): number | null => {
  const port = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
};

/** The environment of a service: the allowed variables of the shell, then what the configuration sets. */
export const environmentOf = ({ filter, own, port }: EnvironmentWish, shell: Shell): ServiceEnvironment => {
  const inherited = Object.entries(shell).filter(
    ([name, value]) => value !== undefined && (ALLOWED.has(name) || name.startsWith('LC_')) && !isKeptOut(name, filter),
  ) as (readonly [string, string])[];
  const set = port === null || Object.hasOwn(own, 'PORT') ? own : { ...own, PORT: String(port) };
  const env = { ...Object.fromEntries(inherited), ...set };
  return { env, ownVariables: Object.keys(set), port: port ?? portIn(env['PORT']) };
};
