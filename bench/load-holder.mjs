import { connect, createServer } from 'node:net';

const order = JSON.parse(process.argv[2]);
const portsOf = (index) => order.firstPort + index * order.listeners;
const kept = [];
let accepted = 0;
let connected = 0;

function listen(offset) {
  const server = createServer((socket) => {
    kept.push(socket);
    accepted += 1;
    report();
  });
  kept.push(server);
  // Half on the wildcard address, Node's default, so that both /proc/net/tcp and tcp6 are long.
  const where =
    offset % 2 === 0
      ? { port: portsOf(order.index) + offset }
      : { port: portsOf(order.index) + offset, host: '127.0.0.1' };
  return new Promise((resolve) => server.listen(where, resolve));
}

function dial(number) {
  const neighbour = (order.index + 1) % order.holders;
  const socket = connect(portsOf(neighbour) + (number % order.listeners), '127.0.0.1', () => {
    connected += 1;
    report();
  });
  kept.push(socket);
}

// The ring gives every holder as many accepted connections as it dials, so both counts end at the same number.
function report() {
  if (accepted === order.connections && connected === order.connections) process.send('connected');
}

process.on('disconnect', () => process.exit());
process.on('message', () => {
  for (let number = 0; number < order.connections; number += 1) dial(number);
});
await Promise.all(Array.from({ length: order.listeners }, (_, offset) => listen(offset)));
process.send('listening');
