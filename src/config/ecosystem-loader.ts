/**
 * An ES module, given as text to `node --input-type=module -e`, that loads one ecosystem file and answers with a line of JSON on descriptor 3:
 * `{ value, strays }` or `{ error, stack }`. Arguments: the file, its address, the package that loads TypeScript, and
 * how many milliseconds it may take.
 *
 * It is text because it runs where no file of ours may be found, and it keeps what it needs in constants, because the
 * file may replace anything global. After its answer it waits to be ended: so whoever asked can end the whole process
 * group while its leader surely is this process.
 */
export const ECOSYSTEM_LOADER: string = String.raw`
  import { writeFileSync } from 'node:fs';
  import { builtinModules, createRequire } from 'node:module';
  import { types } from 'node:util';

  const [file, address, typescript, limit] = process.argv.slice(1);
  const { stringify } = JSON;
  const { exit, execPath, getBuiltinModule } = process;
  const { isModuleNamespaceObject } = types;
  const later = setTimeout;
  const loadTypescript = typescript === '' ? null : createRequire(typescript)(typescript).createJiti;
  let answered = false;

  // Whatever runs text puts these in reach of every module, where the file would not find them otherwise.
  const usual = ['console', 'crypto', 'process'];
  for (const name of builtinModules) if (!usual.includes(name)) Reflect.deleteProperty(globalThis, name);

  const answer = (value) => {
    if (answered) return;
    answered = true;
    writeFileSync(3, stringify(value) + '\n');
    later(() => exit(0), 2000);
  };

  const textOf = (error) => {
    try {
      return String(error).slice(0, 2000);
    } catch {
      return 'it threw something that has no text';
    }
  };

  // Only printing the error of an ES module tells where it is, so it is printed by a program that just looks at it.
  const printed = () =>
    getBuiltinModule('node:child_process').spawnSync(execPath, ['--check', file], { encoding: 'utf8', timeout: 3000, stdio: ['ignore', 'ignore', 'pipe'] }).stderr ?? '';

  const refuse = (error) => {
    const stack = error instanceof Error ? textOf(error.stack).slice(0, 8000) : '';
    const hidden = error instanceof SyntaxError && stack.startsWith('SyntaxError');
    answer({ error: textOf(error), stack: hidden ? printed().slice(0, 8000) || stack : stack });
  };

  const KINDS = [
    [(value) => typeof value === 'function', 'a function'],
    [(value) => typeof value === 'symbol', 'a symbol'],
    [(value) => typeof value === 'bigint', 'a BigInt'],
    [(value) => typeof value === 'number' && !Number.isFinite(value), 'no finite number'],
    [(value) => value instanceof RegExp, 'a regular expression'],
    [(value) => value instanceof Map || value instanceof Set, 'a Map or a Set'],
  ];
  const strays = [];

  const clean = (value, path, above) => {
    if (value === null || value === undefined) return value;
    const kind = above.includes(value) ? 'circular, it holds itself' : KINDS.find(([is]) => is(value))?.[1];
    if (kind !== undefined) return void strays.push({ path, kind });
    if (typeof value !== 'object') return value;
    if (typeof value.toJSON === 'function') return clean(value.toJSON(), path, above.concat([value]));
    const inside = above.concat([value]);
    if (Array.isArray(value)) return Array.from(value, (item, index) => clean(item, path + '[' + index + ']', inside));
    const result = Object.create(null);
    for (const key of Object.keys(value)) {
      const dotted = /^[A-Za-z_$][\w$]*$/.test(key) ? (path === '' ? '' : '.') + key : '[' + stringify(key) + ']';
      result[key] = clean(value[key], path + dotted, inside);
    }
    return result;
  };

  const exported = (module) => {
    const value = Object.hasOwn(module, 'default') ? module.default : module;
    return value?.__esModule === true && value.default !== undefined ? value.default : value;
  };

  // Most files are CommonJS, and import() takes longer for those: it looks into their text for names to import.
  const loadJavascript = async () => {
    if (/\.mjs$/.test(file)) return import(address);
    try {
      const value = createRequire(address)(file);
      return isModuleNamespaceObject(value) ? value : { default: value };
    } catch (error) {
      if (!/^ERR_REQUIRE/.test(error?.code)) throw error;
      return import(address);
    }
  };

  const load = () =>
    loadTypescript === null
      ? loadJavascript()
      : loadTypescript(file, { fsCache: false, moduleCache: false }).import(file);

  process.once('beforeExit', () => refuse('it waits for a promise that nobody settles'));
  later(() => exit(1), Number(limit) + 1000).unref();
  load()
    .then(exported)
    .then((value) =>
      typeof value === 'function'
        ? refuse('it exports a function; it must export an object')
        : answer({ value: clean(value, '', []), strays }),
    )
    .catch(refuse);
`;
