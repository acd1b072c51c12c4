import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../helpers/paths.ts';

/** One field of an interface, as far as a schema can say the same. */
export interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly nullable: boolean;
  /** The words of a union of words, such as `'ask' | 'refuse'`; `null` for other types. */
  readonly words: readonly string[] | null;
}

const FOLDER = join(ROOT, 'src/model');
const files = readdirSync(FOLDER).map((file) => join(FOLDER, file));
const program = ts.createProgram(files, {
  strict: true,
  exactOptionalPropertyTypes: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: ['node'],
});
const checker = program.getTypeChecker();

const partsOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);

const wordsOf = (type: ts.Type): readonly string[] | null => {
  const parts = partsOf(type).filter((part) => (part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) === 0);
  const words = parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
  return words.length > 0 && words.length === parts.length ? words.toSorted() : null;
};

const fieldOf = (symbol: ts.Symbol): Field => {
  const type = checker.getTypeOfSymbol(symbol);
  return {
    name: symbol.name,
    optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
    nullable: partsOf(type).some((part) => (part.flags & ts.TypeFlags.Null) !== 0),
    words: wordsOf(type),
  };
};

const declared = (file: string, name: string): ts.Type => {
  const source = program.getSourceFile(join(FOLDER, file));
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const symbol = module === undefined ? undefined : checker.getExportsOfModule(module).find((one) => one.name === name);
  if (symbol === undefined) throw new Error(`src/model/${file} exports no type ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
};

/** The fields of each member of an exported type: one member for an interface, several for a union of them. */
export const membersOf = (file: string, name: string): readonly (readonly Field[])[] =>
  partsOf(declared(file, name)).map((type) =>
    checker
      .getPropertiesOfType(type)
      .map(fieldOf)
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  );

/** The fields of what an array field of an exported interface holds. */
export const elementOf = (file: string, name: string, field: string): readonly Field[] => {
  const symbol = declared(file, name).getProperty(field);
  const type = symbol === undefined ? undefined : checker.getTypeOfSymbol(symbol);
  const element = type?.getNumberIndexType() ?? type;
  if (element === undefined) throw new Error(`${name} has no field ${field}`);
  return checker
    .getPropertiesOfType(element)
    .map(fieldOf)
    .toSorted((a, b) => a.name.localeCompare(b.name));
};
