import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { ROOT } from '../../helpers/paths.ts';

/** As much of a JSON Schema as these tests look into. */
export interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

const FOLDER = join(ROOT, 'schemas');

/** The schemas by name, as they are shipped. */
export const SCHEMAS: ReadonlyMap<string, Schema> = new Map(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Schema]),
);

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
for (const schema of SCHEMAS.values()) ajv.addSchema(schema);

/** The compiled schema of a command's result. */
export const validatorOf = (name: string): ValidateFunction => {
  const validate = ajv.getSchema(`${name}.json`);
  if (validate === undefined) throw new Error(`there is no schema schemas/${name}.json`);
  return validate;
};

/** Asserts that a value is what a schema says, with what is wrong with it told. */
export const expectValid = (name: string, value: unknown): void => {
  const validate = validatorOf(name);
  validate(value);
  expect(validate.errors ?? [], JSON.stringify(value, null, 2)).toEqual([]);
};
