'use strict';
// Starts many copies of a program of Node at once and leaves them. usage: all-at-once.cjs COUNT LOG SCRIPT ARGUMENTS...
const { spawn } = require('node:child_process');
const fs = require('node:fs');

const [count, log, ...command] = process.argv.slice(2);
const out = fs.openSync(log, 'a');
for (let copy = 0; copy < Number(count); copy += 1) {
  spawn(process.execPath, command, { detached: true, stdio: ['ignore', out, out] }).unref();
}
