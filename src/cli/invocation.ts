/** What a command was called with, whichever road parsed it. */
export interface Invocation {
  readonly command: string;
  readonly positionals: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Words after `--` that the command hands on; none for commands that hand on nothing. */
  readonly rest: readonly string[];
}

/** What a command may use of the world around it. */
export interface Surroundings {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of this package, for its pages and its version. */
  readonly packageRoot: string;
}

/** Runs one command; resolves to its exit code. */
export type CommandRunner = (invocation: Invocation, surroundings: Surroundings) => Promise<number>;
