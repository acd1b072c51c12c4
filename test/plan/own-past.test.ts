import { describe, expect, it } from 'vitest';
import { isOwnPast } from '../../src/plan/own-past.ts';
import { aProcess } from '../helpers/a-process.ts';

const PROJECT = '/home/dev/shop';

const process = (cwd: string | null, ...command: readonly string[]) =>
  aProcess({ cwd: cwd === null ? null : { path: cwd, deleted: false }, command });

describe('isOwnPast', () => {
  it.each([
    ['started in its folder', process(PROJECT, 'node', 'server.js')],
    ['started below its folder', process(`${PROJECT}/api`, 'python3', '-m', 'http.server')],
    ['a script of the project, started elsewhere', process('/', 'node', `${PROJECT}/server.js`)],
    ['a script of the project in an unreadable folder', process(null, 'node', `${PROJECT}/server.js`)],
    ['a removed folder of the project', aProcess({ cwd: { path: `${PROJECT}/old`, deleted: true } })],
  ])('holds for %s', (_, one) => {
    expect(isOwnPast(one, PROJECT)).toBe(true);
  });

  it.each([
    ['a process of another project', process('/home/dev/blog', 'node', 'server.js')],
    ['a neighbour whose name begins the same', process(`${PROJECT}-old`, 'node', 'server.js')],
    ['a script of a neighbour', process('/', 'node', `${PROJECT}-old/server.js`)],
    ['a folder above the project', process('/home/dev', 'node', 'server.js')],
    ['a process that only names the project as an argument', process('/', 'node', '/opt/x.js', PROJECT)],
    ['a process that tells neither', process(null, 'node', 'server.js')],
  ])('does not hold for %s', (_, one) => {
    expect(isOwnPast(one, PROJECT)).toBe(false);
  });

  it('understands the paths of Windows', () => {
    expect(isOwnPast(process(String.raw`C:\shop\api`, 'node'), String.raw`C:\shop`)).toBe(true);
    expect(isOwnPast(process(String.raw`C:\shop2`, 'node'), String.raw`C:\shop`)).toBe(false);
  });
});
