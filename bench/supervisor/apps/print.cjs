'use strict';
// Prints numbered lines of 100 bytes once TRIGGER exists, then `done`, and stays. usage: print.cjs LINES BATCH TRIGGER
const fs = require('node:fs');

const [lines, batch, trigger] = process.argv.slice(2);
const TEXT = 'x'.repeat(90);

const write = (text) => new Promise((resolve) => process.stdout.write(text, resolve));

async function print(count, size) {
  for (let at = 0; at < count; at += size) {
    let text = '';
    for (let line = at; line < Math.min(count, at + size); line += 1)
      text += `${String(line).padStart(8, '0')} ${TEXT}\n`;
    await write(text);
  }
  await write('done\n');
}

const timer = setInterval(() => {
  if (!fs.existsSync(trigger)) return;
  clearInterval(timer);
  setInterval(() => {}, 1e9);
  void print(Number(lines), Number(batch));
}, 50);
