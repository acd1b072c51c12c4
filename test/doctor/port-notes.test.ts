import { describe, expect, it } from 'vitest';
import { portNotes } from '../../src/doctor/port-notes.ts';

describe('portNotes', () => {
  it.each([
    [6000, /^browsers refuse to open port 6000/],
    [10_080, /^browsers refuse to open port 10080/],
    [32_768, /^port 32768 is in the range handed out to clients/],
    [65_535, /^port 65535 is in the range handed out to clients/],
  ])('warns of port %i', (port, expected) => {
    expect(portNotes([port])).toEqual([expect.stringMatching(expected)]);
  });

  it.each([80, 3000, 5000, 8080, 32_767])('has nothing to say of port %i', (port) => {
    expect(portNotes([port])).toEqual([]);
  });

  it('tells of each port that was asked for', () => {
    expect(portNotes([3000, 6667, 40_000])).toHaveLength(2);
  });
});
