import type { CommandRunner } from '../invocation.ts';

/** One option of a command. */
export interface OptionSpec {
  readonly name: string;
  /** A single letter, or another full name. */
  readonly alias?: string;
  readonly type: 'boolean' | 'string';
  /** May be given several times; where no word of the command is `multiple`, also followed by several values. */
  readonly multiple?: boolean;
  readonly argument?: string;
  /** What a value must be, as the rest of "takes …". */
  readonly expects?: string;
  /** Its value may begin with a dash, as in `--node-args --inspect`. */
  readonly dashed?: boolean;
  readonly describe: string;
}

/** One word after the command. */
export interface PositionalSpec {
  readonly name: string;
  readonly required: boolean;
  /** Takes all words that are left; only the last may. */
  readonly multiple?: boolean;
  readonly describe: string;
}

/** One command: what it takes, and where its code lies. */
export interface CommandSpec {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly describe: string;
  readonly positionals: readonly PositionalSpec[];
  readonly options: readonly OptionSpec[];
  /** Words after `--` are not for this command: they go on as they are. */
  readonly passThrough?: boolean;
  readonly examples: readonly (readonly [string, string])[];
  readonly load: () => Promise<{ readonly run: CommandRunner }>;
}
