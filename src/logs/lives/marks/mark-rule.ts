/** One line that a runner, a shell or a run-time writes about the life of what it runs. */
export interface MarkRule {
  readonly runner: string;
  /**
   * `start`: a life begins. `end`: it ended by itself. `death`: the run-time says so. `wait`: it ended, and the runner waits
   * for an edit. `asked`: somebody asked it to stop. `edit`: a file changed. `memory`: over the runner's limit.
   * `gave-up`: the runner tries no more. `note`: says why, ends nothing.
   */
  readonly kind: 'start' | 'end' | 'death' | 'wait' | 'asked' | 'edit' | 'memory' | 'gave-up' | 'note';
  readonly needle: string;
  readonly pattern: RegExp;
  /** Starts of one kind are counted together; the runner's name when left out. */
  readonly start?: string;
  /** The first start has no such line. */
  readonly silentFirst?: boolean;
  /** The start was made because a file changed. */
  readonly edit?: boolean;
  /** One life may write it several times: workers of one master. */
  readonly many?: boolean;
  /** The runner's word counts less than what the run-time says: it may run something that restarts by itself. */
  readonly outer?: boolean;
  /** Means something only after this runner named itself, because others write such lines as well. */
  readonly needs?: string;
  /** This runner starts nothing again that did not end: such a start was asked for. */
  readonly endsFirst?: boolean;
  /** The runner itself began anew. */
  readonly anew?: boolean;
  /** The instance is the process number: told again, it is the same process. */
  readonly byPid?: boolean;
  readonly weak?: boolean;
  readonly onlyPrefixed?: boolean;
  readonly ident?: string;
}
