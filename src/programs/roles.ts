import type { ProcessInfo } from '../model/process.ts';
import { frontManOf } from './front-men.ts';
import { isInteractiveShell, isPackageRunner, isRunner, isScriptShell, isShell } from './launchers.ts';
import { nameMatcher } from './name-matcher.ts';
import { bareName, scriptOf, wordsOf, type Recognizable } from './words-of.ts';

/** What a process is to the one it started. */
export type Role =
  | 'init'
  | 'service-manager'
  | 'process-manager'
  | 'container-runtime'
  | 'multiplexer'
  | 'terminal'
  | 'remote-login'
  | 'user-switch'
  | 'editor'
  | 'agent'
  | 'shell'
  | 'package-runner'
  | 'script-shell'
  | 'runner'
  | 'program';

const AGENTS = ['claude', 'codex', 'gemini', 'aider', 'opencode', 'goose', 'amp', 'copilot', 'cline'];

const isAgentProgram = nameMatcher(...AGENTS);

/** An agent installed as a package runs as a script among packages; a project's own script may have any name. */
const isAgentScript = (process: Recognizable): boolean => {
  const script = scriptOf(process) ?? '';
  return /[\\/]node_modules[\\/]/.test(script) && (AGENTS.includes(bareName(script)) || AGENT_PACKAGE.test(script));
};

const AGENT_PACKAGE = /[\\/](?:claude-code|codex|gemini-cli|opencode-ai|amp|cline)[\\/]/;

const NAMED_ROLES: readonly (readonly [Role, (process: Recognizable) => boolean])[] = [
  ['service-manager', nameMatcher('systemd', 'launchd', 'runsvdir', 's6-svscan', 'supervisord')],
  [
    'container-runtime',
    nameMatcher('containerd-shim*', 'conmon', 'dockerd', 'docker-init', 'tini', 'catatonit', 'runc', 'crun'),
  ],
  ['multiplexer', nameMatcher('tmux*', 'screen', 'SCREEN', 'zellij', 'dtach', 'abduco', 'byobu')],
  ['remote-login', nameMatcher('sshd*', 'login', 'mosh-server', 'dropbear')],
  ['user-switch', nameMatcher('su', 'sudo', 'doas', 'runuser', 'setpriv')],
  [
    'terminal',
    nameMatcher(
      'gnome-terminal*',
      'konsole',
      'xterm',
      'alacritty',
      'kitty',
      'wezterm*',
      'ghostty',
      'foot',
      'tilix',
      'urxvt',

      'terminator',
      'xfce4-terminal',
      'iTerm2',
      'Terminal',
      'WindowsTerminal',
      'conhost',
      'hyper',
      'warp',
      'script',
    ),
  ],
  [
    'editor',
    nameMatcher(
      'code',
      'code-server',
      'codium',
      'cursor',
      'windsurf',
      'zed',
      'idea*',
      'webstorm*',
      'goland*',
      'pycharm*',
      'nvim',
      'vim',
      'emacs',
      'Code Helper*',
      'Code',
    ),
  ],
  ['agent', (process) => isAgentProgram(process) || isAgentScript(process)],
];

const EDITOR_SERVER = /[\\/]\.(?:vscode|cursor|windsurf)(?:-insiders)?-server[\\/]|[\\/]code-server[\\/]/;

const PROCESS_MANAGERS: ReadonlySet<string> = new Set(['pm2-daemon', 'devdoctor-daemon']);

/** The role that the name of a program alone tells; `null` for a shell, a launcher, or any other program. */
export const roleByName = (process: Recognizable): Role | null => {
  if (PROCESS_MANAGERS.has(frontManOf(process)?.kind ?? '')) return 'process-manager';
  for (const [role, matches] of NAMED_ROLES) if (matches(process)) return role;
  const words = wordsOf(process).slice(0, 2);
  return words.some((word) => EDITOR_SERVER.test(word)) ? 'editor' : null;
};

/** Tells the role of a process; `parent` helps to tell a script's shell from a person's. */
export const roleOf = (process: ProcessInfo, parent: ProcessInfo | null): Role => {
  if (process.pid === 1) return 'init';
  const named = roleByName(process);
  if (named !== null) return named;
  if (isPackageRunner(process)) return 'package-runner';
  if (isRunner(process)) return 'runner';
  if (isScriptShell(process, parent)) return 'script-shell';
  if (isInteractiveShell(process)) return 'shell';
  return isShell(process) ? 'script-shell' : 'program';
};

/** Roles that belong to a person's session or to the machine: a dev server's tree never reaches them. */
export const OUTSIDE_ROLES: ReadonlySet<Role> = new Set([
  'init',
  'service-manager',
  'process-manager',
  'container-runtime',
  'multiplexer',
  'terminal',
  'remote-login',
  'user-switch',
  'editor',
  'agent',
  'shell',
]);

/** Roles of which no process is ever ended for a port. */
export const PROTECTED_ROLES: ReadonlySet<Role> = new Set([
  'init',
  'service-manager',
  'process-manager',
  'container-runtime',
  'multiplexer',
  'terminal',
  'editor',
  'agent',
]);
