import { appCost } from './app-cost.mjs';
import { crashes } from './crash.mjs';
import { faults } from './faults.mjs';
import { idle } from './idle.mjs';
import { list } from './list.mjs';
import { logs } from './logs.mjs';
import { many } from './many.mjs';
import { memory } from './memory.mjs';
import { cold, start } from './start.mjs';

/** What is measured, by the name that `--only` takes, in the order of the page. */
export const PARTS = { list, start, cold, idle, app: appCost, crash: crashes, many, logs, memory, faults };
