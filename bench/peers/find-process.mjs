import find from 'find-process';

const found = await find('port', Number(process.argv[2]));
console.log(JSON.stringify(found.map((row) => row.pid)));
