import { checks } from '../checks/index.ts';
import { ONLY } from './command-table/doctor-options.ts';
import { COMMANDS, GLOBAL_OPTIONS, type CommandSpec, type OptionSpec } from './command-table/index.ts';

/** The shells a completion script can be made for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof SHELLS)[number];

const optionsOf = ({ options }: CommandSpec): readonly string[] =>
  [...options, ...GLOBAL_OPTIONS].map(({ name }) => `--${name}`).concat('--help');

/** Words that a command takes besides its options. */
const valuesOf = ({ name, options }: CommandSpec): readonly string[] => {
  if (name === 'completion') return SHELLS;
  const takesChecks = name === 'explain' || options.includes(ONLY);
  return takesChecks ? checks.map(({ id }) => id) : [];
};

const wordsOf = (spec: CommandSpec): readonly string[] => [...optionsOf(spec), ...valuesOf(spec)];

/** Commands that also take the path of a file. */
const TAKES_FILES = new Set(['start', 'restart']);

const namesOf = ({ name, aliases }: CommandSpec): readonly string[] => [name, ...aliases];

const names = (): string => COMMANDS.map(({ name }) => name).join(' ');

const bash = (): string => `# devdoctor completion for bash: source <(devdoctor completion bash)
_devdoctor() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words="${names()}"
  case "\${COMP_WORDS[1]}" in
${COMMANDS.map((spec) => `    ${namesOf(spec).join('|')}) words="${wordsOf(spec).join(' ')}" ;;`).join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${names()}"; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _devdoctor devdoctor
`;

const zshText = (text: string): string => text.replaceAll("'", "'\\''").replaceAll(':', '\\:');

const zsh = (): string => `#compdef devdoctor
# devdoctor completion for zsh: devdoctor completion zsh > "\${fpath[1]}/_devdoctor"
_devdoctor() {
  local -a commands
  commands=(
${COMMANDS.map(({ name, describe }) => `    '${name}:${zshText(describe)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  case "$words[2]" in
${COMMANDS.map((spec) => `    ${namesOf(spec).join('|')}) compadd -- ${wordsOf(spec).join(' ')}${TAKES_FILES.has(spec.name) ? '; _files' : ''} ;;`).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_devdoctor" ]; then _devdoctor "$@"; else compdef _devdoctor devdoctor; fi
`;

const fishText = (text: string): string => text.replaceAll("'", String.raw`\'`);

const fishFor = (spec: CommandSpec): string =>
  `complete -c devdoctor -n '__fish_seen_subcommand_from ${namesOf(spec).join(' ')}'`;

const fishOption = ({ name, alias, type, argument, describe }: OptionSpec): string => {
  const value = argument === 'FILE' || argument === 'FOLDER' ? ' -r -F' : ' -x';
  return `-l ${name}${alias === undefined ? '' : ` -s ${alias}`}${type === 'string' ? value : ''} -d '${fishText(describe)}'`;
};

const fish = (): string =>
  [
    '# devdoctor completion for fish: devdoctor completion fish > ~/.config/fish/completions/devdoctor.fish',
    'complete -c devdoctor -f',
    ...COMMANDS.map(
      ({ name, describe }) => `complete -c devdoctor -n __fish_use_subcommand -a ${name} -d '${fishText(describe)}'`,
    ),
    ...COMMANDS.flatMap((spec) =>
      [...spec.options, ...GLOBAL_OPTIONS].map((option) => `${fishFor(spec)} ${fishOption(option)}`),
    ),
    ...COMMANDS.flatMap((spec) => valuesOf(spec).map((value) => `${fishFor(spec)} -a ${value}`)),
    ...COMMANDS.filter(({ name }) => TAKES_FILES.has(name)).map((spec) => `${fishFor(spec)} -F`),
    '',
  ].join('\n');

const powershell =
  (): string => `# devdoctor completion for PowerShell: devdoctor completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName devdoctor -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $options = @{
${COMMANDS.flatMap((spec) =>
  namesOf(spec).map(
    (name) =>
      `    '${name}' = @(${wordsOf(spec)
        .map((option) => `'${option}'`)
        .join(', ')})`,
  ),
).join('\n')}
  }
  $elements = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  $known = if ($elements.Count -ge 2) { $options[$elements[1]] } else { $null }
  $words = if ($known) { $known } else { @(${COMMANDS.map(({ name }) => `'${name}'`).join(', ')}) }
  $words | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;

const SCRIPTS: Readonly<Record<Shell, () => string>> = { bash, zsh, fish, powershell };

/** A script that completes commands and their options. */
export const completionScript = (shell: Shell): string => SCRIPTS[shell]();
