import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/checks/port-occupied/classify.ts';
import type { BindProbe, PortSocket } from '../../../src/model/port.ts';
import { aSocket, anOccupancy, FREE, heldBy, IN_USE, NOT_PERMITTED } from '../../helpers/a-snapshot.ts';

const HOLDER = { pid: 100, startedAt: 1 };
const listener = heldBy([HOLDER]);
const unseenListener = aSocket();
const client = heldBy([HOLDER], { state: 'connected' });
const unseenClient = aSocket({ state: 'connected' });
const waiting = aSocket({ state: 'time-wait' });

type Case = readonly [
  title: string,
  probes: readonly BindProbe[],
  sockets: readonly PortSocket[],
  state: string,
  shown: readonly PortSocket[],
];

const CASES: readonly Case[] = [
  ['one seen listener is listening', [IN_USE], [listener], 'listening', [listener]],
  [
    'a seen and an unseen listener are listening',
    [IN_USE],
    [unseenListener, listener],
    'listening',
    [unseenListener, listener],
  ],
  ['connections of a listener are no sockets of it', [IN_USE], [client, listener, waiting], 'listening', [listener]],
  ['a listener on a port that needs rights is listening', [NOT_PERMITTED], [listener], 'listening', [listener]],
  ['a listener nobody is seen to hold is hidden', [IN_USE], [unseenListener], 'hidden', [unseenListener]],
  ['an unseen listener beside a seen client is hidden', [IN_USE], [client, unseenListener], 'hidden', [unseenListener]],
  [
    'an unseen listener on a port that needs rights is hidden',
    [NOT_PERMITTED],
    [unseenListener],
    'hidden',
    [unseenListener],
  ],
  ['a client without a listener is connected', [IN_USE], [client, waiting], 'connected', [client]],
  ['an unseen client is connected, not hidden', [IN_USE], [unseenClient], 'connected', [unseenClient]],
  ['only a closed connection is time-wait', [FREE, IN_USE], [waiting], 'time-wait', [waiting]],
  ['a port that needs rights and has no socket is reserved', [NOT_PERMITTED], [], 'reserved', []],
  ['a client is no reason that a port needs rights', [NOT_PERMITTED], [client], 'reserved', []],
  ['a port in use without any socket is reserved', [IN_USE], [], 'reserved', []],
];

describe('classify', () => {
  it.each(CASES)('%s', (_, probes, sockets, state, shown) => {
    expect(classify(anOccupancy({ probes, sockets }))).toMatchObject({ state, sockets: shown });
  });

  it('takes not having been able to look for hidden, not for reserved', () => {
    expect(classify(anOccupancy({ blindSpots: ['EMFILE'] }))).toMatchObject({ state: 'hidden', sockets: [] });
  });

  it.each<[string, readonly BindProbe[]]>([
    ['every address was bound', [FREE, FREE]],
    ['the only address that was not bound does not exist here', [FREE, { ...FREE, outcome: 'unavailable' }]],
  ])('calls a port free when %s, whatever the tables hold', (_, probes) => {
    expect(classify(anOccupancy({ probes, sockets: [client, waiting, listener] }))).toBeNull();
  });

  it.each<[boolean, readonly BindProbe[]]>([
    [true, [NOT_PERMITTED]],
    [true, [IN_USE, NOT_PERMITTED]],
    [false, [IN_USE]],
  ])('says %s to whether rights are missing for %j', (privileged, probes) => {
    expect(classify(anOccupancy({ probes }))?.privileged).toBe(privileged);
  });
});
