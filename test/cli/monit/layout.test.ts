import { describe, expect, test } from 'vitest';
import { layoutOf, SMALLEST, type Box } from '../../../src/cli/monit/layout.ts';

describe('the layout', () => {
  test('lays panes below each other in a narrow window, and leaves the details out of a low one', () => {
    expect(layoutOf({ columns: 80, rows: 24 }, 2)).toEqual({
      services: { row: 2, column: 1, width: 80, height: 4 },
      details: { row: 6, column: 1, width: 80, height: 6 },
      log: { row: 12, column: 1, width: 80, height: 12 },
    });
    expect(layoutOf({ columns: 40, rows: 10 }, 50)).toEqual({
      services: { row: 2, column: 1, width: 40, height: 4 },
      details: null,
      log: { row: 6, column: 1, width: 40, height: 4 },
    });
  });

  test('lays the details beside the services in a wide one', () => {
    expect(layoutOf({ columns: 120, rows: 40 }, 3)).toEqual({
      services: { row: 2, column: 1, width: 66, height: 10 },
      details: { row: 2, column: 70, width: 51, height: 10 },
      log: { row: 12, column: 1, width: 120, height: 28 },
    });
  });

  test.each([
    [29, 24],
    [80, 7],
    [1, 1],
    [0, 0],
  ])('says that %i x %i is too small', (columns, rows) => {
    expect(layoutOf({ columns, rows }, 3)).toBeNull();
  });

  test('fills every window exactly, whatever its size, with room in each pane', () => {
    for (let { columns } = SMALLEST; columns < 260; columns += 7) {
      for (let { rows } = SMALLEST; rows < 90; rows += 1) {
        for (const count of [0, 1, 3, 10, 100]) {
          const layout = layoutOf({ columns, rows }, count);
          if (layout === null) throw new Error(`nothing for ${columns} x ${rows}`);
          const { services, details, log } = layout;
          const stacked: readonly (Box | null)[] = details?.column === 1 ? [services, details, log] : [services, log];
          expect(stacked.reduce((sum, box) => sum + (box?.height ?? 0), 0)).toBe(rows - 2);
          expect(Math.min(services.height, log.height)).toBeGreaterThanOrEqual(3);
          expect(log.width).toBe(columns);
          if (details !== null) expect(details.column + details.width - 1).toBe(columns);
        }
      }
    }
  });
});
