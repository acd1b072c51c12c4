/** What stands in a file or on a command line, not yet read. */
export type Fields = Readonly<Record<string, unknown>>;

/** Tells that a value, or the part of it that is named, is not what it should be. */
export type Refuse = (expected: string, value: unknown, part?: string) => undefined;

/** Makes a setting of what was given; `undefined` after a refusal. */
export type Reader<T> = (value: unknown, refuse: Refuse) => T | undefined;

/** One key of an app. */
export interface Field<T> {
  /** What holds where it is not given. */
  readonly standard: T;
  readonly read: Reader<T>;
  /** Other names of the key. The form in camelCase is always one of them. */
  readonly aliases: readonly string[];
}

/** A row for every setting, by PM2's name of its key. */
export type FieldTable<T> = { readonly [Key in keyof T]: Field<T[Key]> };

/** A row of a table. */
export const field = <T>(standard: T, read: Reader<T>, aliases: readonly string[] = []): Field<T> => ({
  standard,
  read,
  aliases,
});
