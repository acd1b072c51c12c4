import type { TreeMemory } from '../../../src/model/dev-tree.ts';
import { refOf, type ProcessSketch } from '../../../src/model/process.ts';
import { context, ESCAPES, NO_FACTS, process, type Example } from './facts.ts';

const MB = 1024 ** 2;

const tree = (megabytes: number, limit: number | null, command = ['node', 'server.js']): TreeMemory => {
  const info = process({ command, memoryBytes: megabytes * MB });
  const root: ProcessSketch = { ...info, program: '/usr/bin/node', cpuMs: 0 };
  const nodeOptions = limit === null ? null : `--max-old-space-size=${limit}`;
  const memory = { rssBytes: megabytes * MB, sharedBytes: 0, pssBytes: megabytes * MB, nodeOptions };
  return {
    tree: { root, members: [root] },
    cwd: '/home/ada/shop',
    members: [{ ...refOf(info), ...memory }],
    group: null,
  };
};

const example = (name: string, trees: readonly TreeMemory[]): Example => ({
  name,
  facts: { ...NO_FACTS, memory: { ...NO_FACTS.memory, trees } },
  context: context(),
});

/** What uses nearly as much memory as it may. */
export const heavy: readonly Example[] = [
  example('a server close to the limit of its heap', [tree(500, 512)]),
  example('a server nearing the limit of its heap', [tree(480, 512)]),
  example('hostile names', [tree(500, 512, [`node${ESCAPES}`, ESCAPES])]),
];

/** A server far from any limit. */
export const light: Example = example('a small server', [tree(60, 512)]);
