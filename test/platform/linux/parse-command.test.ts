import { describe, expect, it } from 'vitest';
import { parseCommandLine, parseObservedPath } from '../../../src/platform/linux/parse-command.ts';

describe('parseCommandLine', () => {
  it.each([
    ['node\0server.js\0', ['node', 'server.js']],
    ['node\0server.js', ['node', 'server.js']],
    ['node\0\0--port\0', ['node', '', '--port']],
    ['\0first is empty\0', ['', 'first is empty']],
    ['npm run dev\0\0\0\0\0\0\0\0', ['npm run dev']],
    ['sh\0-c\0a b\n"c"\0', ['sh', '-c', 'a b\n"c"']],
    ['', []],
    ['\0', []],
    ['\0\0\0', []],
  ])('%j is %j', (text, command) => {
    expect(parseCommandLine(text)).toEqual(command);
  });
});

describe('parseObservedPath', () => {
  it.each([
    ['/home/dev/shop', '/home/dev/shop', false],
    ['/home/dev/shop (deleted)', '/home/dev/shop', true],
    ['/home/dev/shop (deleted)/api', '/home/dev/shop (deleted)/api', false],
    ['/home/dev/shop (deleted) (deleted)', '/home/dev/shop (deleted)', true],
    ['/home/dev/shop(deleted)', '/home/dev/shop(deleted)', false],
    ['/', '/', false],
  ])('%j is %s, deleted: %s', (target, path, deleted) => {
    expect(parseObservedPath(target)).toEqual({ path, deleted });
  });
});
