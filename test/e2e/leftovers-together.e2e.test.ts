import { describe, expect, test } from 'vitest';
import { makeAll, possible } from '../helpers/leftovers/describe-cases.ts';
import { leftOf, untilUp } from '../helpers/leftovers/jobs.ts';
import { placeTrouble, withPlace } from '../helpers/leftovers/place.ts';
import { npmScript, twoAtOnce } from '../helpers/leftovers/subjects.ts';
import { THIRTEEN_KINDS } from '../helpers/leftovers/thirteen-kinds.ts';
import { aboutTree, expectNothingElse, expectVerdict, lookForLeftovers } from '../helpers/leftovers/verdicts.ts';
import { killed, launcherKilled } from '../helpers/leftovers/ways.ts';

const MEBIBYTE = 1024 * 1024;

/** Held by one of the children of the tree, on top of what a program of Node needs. */
const HELD = 60 * MEBIBYTE;

const NPM_SHELL_SERVER_CHILDREN = 4;

describe.concurrent('left-behind processes beside each other', () => {
  test('the thirteen kinds, all at once among everything else on this machine', () =>
    withPlace('this machine', async (place) => {
      const made = await makeAll(place, possible(THIRTEEN_KINDS));
      const findings = await lookForLeftovers(place);
      for (const { one, left } of made) expectVerdict(findings, left, one.expected);
      const living = await place.processes();
      const named = new Set(findings.map(({ data }) => data.pid));
      const beside = living.filter(({ pid, madeIn, madeAs }) => named.has(pid) && madeIn === place.mark && !madeAs);
      expect(beside.map(({ argv }) => argv.join(' '))).toEqual([]);
    }));

  test.skipIf(placeTrouble('sh') !== null)('a tree is one finding, with the memory of all its processes', () =>
    withPlace('sh', async (place) => {
      const job = await npmScript('node tree.js')(place);
      await launcherKilled('own')(place, job);
      const left = await place.until('the children of the server', async () => {
        const now = await leftOf(place, job);
        return now.tree.length === NPM_SHELL_SERVER_CHILDREN ? now : null;
      });
      const pids = left.tree.map(({ pid }) => pid);
      const sizes = await place.until('the memory of the tree to be filled', async () => {
        const now = await place.memory(pids);
        return now.some(({ share }) => share > HELD) ? now : null;
      });
      const findings = await lookForLeftovers(place);
      expectVerdict(findings, left, 'offered');
      expectNothingElse(findings, [left]);
      const [finding] = aboutTree(findings, left);
      const sum = (of: 'resident' | 'share'): number => sizes.reduce((total, size) => total + size[of], 0);
      // What is shared with all other programs of Node may be counted to the tree in part, in whole or not at all.
      expect(finding?.data.treeBytes).toBeGreaterThan(HELD + 10 * MEBIBYTE);
      expect(finding?.data.treeBytes).toBeLessThan(sum('resident'));
      expect(Math.abs((finding?.data.treeBytes ?? 0) - sum('share'))).toBeLessThan(sum('share') / 3);
    }),
  );

  test.skipIf(placeTrouble('sh') !== null)('what a killed runner had started are trees of their own', () =>
    withPlace('sh', async (place) => {
      const job = await twoAtOnce(place);
      await killed(/run-many/)(place, job);
      await untilUp(place, { ...job, port: null });
      const left = await leftOf(place, job);
      expect(left.roots.map(({ argv }) => argv.join(' ')).toSorted()).toEqual([
        '/bin/sh -c node server.js',
        '/bin/sh -c node watch.js',
      ]);
      const findings = await lookForLeftovers(place);
      for (const root of left.roots) {
        const port = root.argv.join(' ').includes('server.js') ? job.port : null;
        const tree = left.tree.filter(({ pid, parent }) => pid === root.pid || parent === root.pid);
        expectVerdict(findings, { job: { ...job, port }, tree, roots: [root] }, 'offered');
      }
      expectNothingElse(findings, [left]);
    }),
  );
});
