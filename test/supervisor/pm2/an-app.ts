import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';
import { saidBy } from './refusal.ts';

/** An app that starts. */
export const web = (more: object = {}): object => ({ name: 'web', script: 'app.js', ...more });

/** What is said of a configuration that holds this. */
export const said = (value: unknown): string => saidBy(() => servicesOf(value, aWorkshop({ 'app.js': '' }).request()));

/** The names of the services of a configuration that holds this. */
export const namesIn = (value: unknown): readonly string[] =>
  servicesOf(value, aWorkshop({ 'app.js': '' }).request()).specs.map(({ name }) => name);
