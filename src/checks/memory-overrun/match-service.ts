import type { CheckContext, ServiceLimit } from '../../model/check.ts';
import type { TreeMemory } from '../../model/dev-tree.ts';
import { bareName, scriptOf, wordsOf } from '../../programs/words-of.ts';

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** Does the tree belong to the project the command runs in? */
export const isOfProject = ({ cwd }: TreeMemory, { project, projectOf }: CheckContext): boolean =>
  project !== null && cwd !== null && (projectOf(cwd) === project || isWithin(cwd, project));

const withoutDot = (path: string): string => path.replace(/^\.\//, '');

/** `./dist/api.js` in a folder is what runs as `dist/api.js` there, and as the whole path anywhere. */
const runsScript = ({ tree, cwd }: TreeMemory, service: ServiceLimit): boolean => {
  const wanted = withoutDot(service.script ?? '');
  if (wanted === '') return false;
  const whole = wanted.startsWith('/') ? wanted : `${service.cwd ?? ''}/${wanted}`;
  return tree.members.some((member) => {
    const script = withoutDot(scriptOf(member) ?? '');
    return script === whole || (script === wanted && cwd !== null && cwd === service.cwd);
  });
};

/** `npm run api`, a script `api.js`, or a folder `api` of the project: what a person calls the service by. */
const isCalled = ({ tree, cwd }: TreeMemory, name: string): boolean =>
  (cwd !== null && bareName(cwd) === name) ||
  tree.members.some((member) => {
    const words = wordsOf(member);
    const run = words.findIndex((word) => word === 'run' || word === 'run-script');
    return (run > 0 && words[run + 1] === name) || bareName(scriptOf(member) ?? '') === name;
  });

/** The service of the project that a tree is; `null` where its files name none such. */
export const serviceOf = (memory: TreeMemory, context: CheckContext): ServiceLimit | null => {
  const { services } = context;
  const byScript = services.find((service) => runsScript(memory, service));
  if (byScript !== undefined) return byScript;
  if (!isOfProject(memory, context)) return null;
  return services.find(({ name }) => isCalled(memory, name)) ?? null;
};
