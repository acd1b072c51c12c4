import { describe, expect, it } from 'vitest';
import { portOccupied } from '../../../src/checks/port-occupied.ts';
import type { CheckContext } from '../../../src/model/check.ts';
import type { PortOccupancy } from '../../../src/model/port.ts';
import type { Remedy } from '../../../src/model/remedy.ts';
import { aContext, aSocket, anOccupancy, NOT_PERMITTED } from '../../helpers/a-snapshot.ts';

const remedies = (occupancy: Partial<PortOccupancy>, context: Partial<CheckContext> = {}): readonly Remedy[] =>
  [...portOccupied.examine({ ports: [anOccupancy(occupancy)], processes: [] }, aContext(context))][0]?.remedies ?? [];

describe('against a port without a listener to be seen', () => {
  it.each<[string, Partial<PortOccupancy>, readonly string[]]>([
    ['a client is not ended', { sockets: [aSocket({ state: 'connected' })] }, ['PORT=3001 npm run dev']],
    [
      'a closed connection is waited for',
      { sockets: [aSocket({ state: 'time-wait' })] },
      ['devdoctor check --port 3000'],
    ],
    ['an unexplained bind is waited for', { sockets: [] }, ['devdoctor check --port 3000']],
    ['rights are not asked for', { sockets: [], port: 80, probes: [NOT_PERMITTED] }, ['PORT=8080 npm run dev']],
    [
      'an owner of another user is looked for with rights',
      { sockets: [aSocket({ uid: 0 })] },
      ['sudo devdoctor why 3000'],
    ],
  ])('%s', (_, occupancy, commands) => {
    expect(remedies(occupancy)).toMatchObject([{ kind: 'manual', commands }]);
  });

  it('never suggests a port that does not exist', () => {
    const [remedy] = remedies({ port: 65_535, sockets: [aSocket({ state: 'connected', port: 65_535 })] });
    const suggested = Number(/PORT=(\d+)/.exec(remedy?.commands[0] ?? '')?.[1]);
    expect(suggested).toBeLessThanOrEqual(65_535);
  });

  it.each<[string, Partial<PortOccupancy>, Partial<CheckContext>]>([
    ['this user', { sockets: [aSocket()] }, {}],
    ['an unknown user', { sockets: [aSocket({ uid: null })] }, {}],
    ['nobody knows whom, where users have no numbers', { sockets: [aSocket({ uid: 0 })] }, { uid: null }],
  ])('offers the last resort against a hidden owner of %s, named as what it is', (_, occupancy, context) => {
    expect(remedies(occupancy, context)[1]).toMatchObject({
      kind: 'kill-by-port',
      risk: 'destructive',
      port: 3000,
      commands: ['devdoctor fix --port 3000 --force'],
    });
  });

  it('never offers the last resort where any of the sockets is another user’s', () => {
    const sockets = [aSocket(), aSocket({ uid: 33, address: '::1' })];
    expect(remedies({ sockets }).map(({ kind }) => kind)).toEqual(['manual']);
  });
});
