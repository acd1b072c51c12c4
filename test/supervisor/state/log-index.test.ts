import { expect, test } from 'vitest';
import { homeAt } from '../../../src/supervisor/state/home.ts';
import { beginsRun, decodeLogMarks, encodeLogMark, logIndexPath } from '../../../src/supervisor/state/log-index.ts';

const mark = { at: 1_790_000_000_123, inode: 9_007_199_254_740_991, offset: 5_000_000_000 };

test('marks come back as they were written, and a torn one counts for nothing', () => {
  const bytes = Buffer.concat([encodeLogMark(mark), encodeLogMark({ ...mark, offset: 1 }), Buffer.alloc(23)]);
  expect(decodeLogMarks(bytes)).toEqual([mark, { ...mark, offset: 1 }]);
});

test('a run begins with the first mark, another file, and a smaller size', () => {
  expect(beginsRun(mark, null)).toBe(true);
  expect(beginsRun({ ...mark, inode: 3 }, mark)).toBe(true);
  expect(beginsRun({ ...mark, offset: mark.offset - 1 }, mark)).toBe(true);
  expect(beginsRun(mark, mark)).toBe(false);
});

test('each log of a home has an index of its own in the folder of runs', () => {
  const home = homeAt('/home/me/.devdoctor');
  expect(logIndexPath(home, '/a')).toMatch(/^\/home\/me\/\.devdoctor\/run\/logs\/[0-9a-f]{20}\.idx$/);
  expect(logIndexPath(home, '/a')).not.toBe(logIndexPath(home, '/b'));
});
