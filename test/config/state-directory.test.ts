import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateDirectory } from '../../src/config/state-directory.ts';

describe('stateDirectory', () => {
  it.each([
    [{ DEVDOCTOR_HOME: '/a', XDG_STATE_HOME: '/b', LOCALAPPDATA: '/c' }, '/a'],
    [{ XDG_STATE_HOME: '/b' }, join('/b', 'devdoctor')],
    [{ LOCALAPPDATA: '/c' }, join('/c', 'devdoctor')],
    [{ DEVDOCTOR_HOME: '', XDG_STATE_HOME: '/b' }, join('/b', 'devdoctor')],
    [{}, join(homedir(), '.local', 'state', 'devdoctor')],
    [{ DEVDOCTOR_HOME: '', XDG_STATE_HOME: '', LOCALAPPDATA: '' }, join(homedir(), '.local', 'state', 'devdoctor')],
  ])('with %j is %s', (environment, folder) => {
    expect(stateDirectory(environment)).toBe(folder);
  });
});
