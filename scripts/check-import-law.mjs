import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

/** Far fewer modules than there are means that the cruiser could not read them, which it calls a success. */
const FEWEST_MODULES = 50;

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const { output } = await cruise(
  ['src'],
  { ...options, ruleSet: { forbidden }, validate: true, outputType: 'json' },
  undefined,
  { tsConfig: extractTSConfig('tsconfig.json') },
);
const { modules, summary } = JSON.parse(output);
const own = modules.filter(({ source }) => source.startsWith('src/'));

for (const { rule, from, to } of summary.violations) {
  const { comment } = forbidden.find(({ name }) => name === rule.name);
  console.error(`${from} -> ${to}\n  ${rule.name}: ${comment}`);
}
if (own.length < FEWEST_MODULES) {
  console.error(`only ${own.length} modules were read: the law was not checked`);
  process.exitCode = 1;
}
if (summary.violations.length > 0) process.exitCode = 1;
console.log(
  `import law: ${own.length} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} violations`,
);
