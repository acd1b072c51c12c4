import type { CommandSpec } from './command-spec.ts';
import { DOCTOR_COMMANDS } from './doctor-commands.ts';
import { SUPERVISOR_COMMANDS } from './supervisor-commands.ts';

export type { CommandSpec, OptionSpec, PositionalSpec } from './command-spec.ts';
export { GLOBAL_OPTIONS } from './global-options.ts';

const COMPLETION: CommandSpec = {
  name: 'completion',
  aliases: [],
  describe: 'Print a completion script for a shell',
  positionals: [
    { name: 'shell', required: false, describe: 'bash, zsh, fish or powershell; the current one otherwise' },
  ],
  options: [],
  examples: [['source <(devdoctor completion bash)', '']],
  load: () => import('../commands/completion.ts'),
};

/** Every command, in the order the help shows them. */
export const COMMANDS: readonly CommandSpec[] = [...DOCTOR_COMMANDS, ...SUPERVISOR_COMMANDS, COMPLETION];
