'use strict';
// The least that restarts a program: it is started again when it exits. usage: restart-loop.cjs FOLDER SHIM|- COMMAND...
// With a shim the program has the parent that every service has.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const [folder, shim, ...command] = process.argv.slice(2);
const out = fs.openSync(path.join(folder, 'out.log'), 'a');
let run = 0;

function begin() {
  run += 1;
  const argv = shim === '-' ? command : ['/bin/sh', shim, path.join(folder, String(run)), 'boot', ...command];
  spawn(argv[0], argv.slice(1), { detached: true, stdio: ['ignore', out, out] }).once('exit', begin);
}

begin();
