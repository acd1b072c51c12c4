import pidusage from 'pidusage';
import psList from 'ps-list';

// The usual way to a table of processes with their memory: one package for the list, the other for the numbers.
const processes = await psList();
const usage = await pidusage(processes.map(({ pid }) => pid));
console.log(JSON.stringify(processes.map((one) => ({ ...one, memory: usage[one.pid]?.memory ?? null }))));
