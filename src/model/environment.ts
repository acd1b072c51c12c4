/**
 * The environment variables whose values explain a process and hold no secret.
 * Of every other variable only the name is ever read into a value of this program.
 */
export const OBSERVED_VARIABLES: ReadonlySet<string> = new Set([
  'npm_lifecycle_event',
  'npm_lifecycle_script',
  'npm_package_json',
  'npm_execpath',
  'npm_node_execpath',
  'INIT_CWD',
  'PORT',
  'HOST',
  'HOME',
  'LANG',
  'NODE_ENV',
  'PATH',
  'SHELL',
  'USER',
  'DEVDOCTOR_NAME',
  'DEVDOCTOR_SERVICE',
  'pm_id',
  'name',
  'PM2_HOME',
  'SUPERVISOR_PROCESS_NAME',
  'TMUX',
  'STY',
  'ZELLIJ',
  'TERM_PROGRAM',
]);
