import { processes } from 'systeminformation';

console.log(JSON.stringify(await processes()));
