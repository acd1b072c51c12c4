import { describe, expect, it } from 'vitest';
import { selectServices, type Selectable } from '../../../src/supervisor/core/select-services.ts';

const service = (id: number, name: string, namespace = 'default', configFile: string | null = null): Selectable => ({
  id,
  name,
  namespace,
  configFile,
});

const SERVICES = [
  service(0, 'api', 'shop', '/home/me/shop/ecosystem.config.cjs'),
  service(1, 'worker', 'shop', '/home/me/shop/ecosystem.config.cjs'),
  service(4, 'api', 'shop', '/home/me/shop/ecosystem.config.cjs'),
  service(7, 'shop', 'default', '/srv/b/gm'),
  service(12, 'ร้าน 🛒', 'default'),
];

const CHOSEN: readonly (readonly [targets: readonly string[], ids: readonly number[]])[] = [
  [['all'], [0, 1, 4, 7, 12]],
  [['0'], [0]],
  [['12'], [12]],
  [['00012'], [12]],
  [['api'], [0, 4]],
  [['shop'], [7]],
  [['default'], [7, 12]],
  [['ร้าน 🛒'], [12]],
  [['/^a/'], [0, 4]],
  [['/WORK|SHOP/i'], [1, 7]],
  [['/o/g'], [1, 7]],
  [['/home/me/shop/ecosystem.config.cjs'], [0, 1, 4]],
  [['/srv/b/gm'], [7]],
  [
    ['worker', '0', 'worker'],
    [0, 1],
  ],
  [
    ['7', 'all'],
    [0, 1, 4, 7, 12],
  ],
  [[], []],
];

const REFUSED: readonly (readonly [targets: readonly string[], message: RegExp])[] = [
  [['apy'], /there is no service "apy"; did you mean api\?/],
  [['defaul'], /did you mean default\?/],
  [['nothing-like-it'], /there is no service "nothing-like-it"$/],
  [['3'], /no service with the id 3$/],
  [['/^z/'], /no service has a name that matches \/\^z\/$/],
  [['/(/'], /is no regular expression/],
  [['/home/me/other.config.cjs'], /there is no service "\/home\/me\/other.config.cjs"/],
  [['api', 'nope'], /"nope"/],
  [['ALL'], /"ALL"/],
];

describe('selectServices', () => {
  it.each(CHOSEN)('%j chooses %j', (targets, ids) => {
    expect(selectServices(SERVICES, targets).map(({ id }) => id)).toEqual(ids);
  });

  it.each(REFUSED)('%j is refused', (targets, message) => {
    expect(() => selectServices(SERVICES, targets)).toThrow(message);
    expect(() => selectServices(SERVICES, targets)).toThrow(
      expect.objectContaining({ code: 'usage', hint: 'devdoctor list' }),
    );
  });

  it('takes all of none for none, and any other word of none for a mistake', () => {
    expect(selectServices([], ['all'])).toEqual([]);
    expect(() => selectServices([], ['api'])).toThrow('there is no service "api"');
  });
});
