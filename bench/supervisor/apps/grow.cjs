'use strict';
// Takes memory once TRIGGER exists, or has a child that does. usage: grow.cjs FILE TRIGGER MEGABYTES [child]
// FILE gets a line when it starts and another once the memory is taken.
const { fork } = require('node:child_process');
const fs = require('node:fs');

const [file, trigger, megabytes, who] = process.argv.slice(2);
const held = [];
const tell = (what) => fs.appendFileSync(file, `${what} ${Date.now()}\n`);

function take() {
  for (let taken = 0; taken < Number(megabytes); taken += 10) held.push(Buffer.alloc(10 * 2 ** 20, 1));
  tell('grown');
}

if (who !== 'self') tell('started');
if (who === 'child') fork(__filename, [file, trigger, megabytes, 'self']);
else {
  setInterval(() => {
    if (!fs.existsSync(trigger)) return;
    fs.rmSync(trigger);
    take();
  }, 20);
}
setInterval(() => {}, 1e9);
