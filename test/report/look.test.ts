import { describe, expect, it } from 'vitest';
import { colorPaint } from '../../src/report/color-paint.ts';
import { PLAIN_PAINT, tildify } from '../../src/report/look.ts';
import { plainLook } from './lines-that-fit.ts';

describe('tildify', () => {
  it.each([
    ['/home/ada', '~'],
    ['/home/ada/shop', '~/shop'],
    ['/home/adam/shop', '/home/adam/shop'],
    ['/srv/home/ada', '/srv/home/ada'],
  ])('shows %s as %s', (path, expected) => {
    expect(tildify(path, plainLook(80))).toBe(expected);
  });

  it('shows paths whole where no home is known', () => {
    expect(tildify('/home/ada', { ...plainLook(80), home: null })).toBe('/home/ada');
  });
});

describe('paint', () => {
  const kinds = Object.keys(PLAIN_PAINT) as readonly (keyof typeof PLAIN_PAINT)[];

  it.each(kinds)('%s adds nothing where text is to be plain, and emphasis where it is not', (kind) => {
    expect(PLAIN_PAINT[kind]('x')).toBe('x');
    expect(colorPaint()[kind]('x')).toMatch(/^\p{Cc}\[\d+mx\p{Cc}\[\d+m$/u);
  });
});
