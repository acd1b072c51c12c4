import { portToPid } from 'pid-port';

// Without host '*' pid-port asks about localhost only and misses a server on the wildcard address.
const pid = await portToPid({ port: Number(process.argv[2]), host: '*' }).catch(() => undefined);
console.log(JSON.stringify(pid === undefined ? [] : [pid]));
