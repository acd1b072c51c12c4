import type { Cause } from '../cause.ts';

export const watchSelfTrigger: Cause = {
  code: 'WATCH_SELF_TRIGGER',
  title: 'It is restarted for a file that it writes itself',
  remedy: [
    'Leave {path} out of the watching: ignore_watch (PM2), --ignore (nodemon), --exclude (tsx), --watch-path (node).',
    'Or write the file into a folder that nobody watches.',
  ],
  wrongRemedies: ['Looking for a fault in the program: it did not crash.'],
  falseFriends: [
    'Somebody who saves often: other files, and gaps of no regular length.',
    'nodemon without -V names no file: from such a log alone it cannot be told.',
  ],
  watch: 'Which file changes just before each restart: `nodemon -V`, or `find . -newermt "-10 seconds"`.',
  signatures: [],
};

export const silentExit: Cause = {
  code: 'SILENT_EXIT',
  title: 'It ends without a word',
  remedy: [
    'Run it once by hand with --trace-exit: it tells who called process.exit.',
    'A server that says it listens and ends with 0: look whether the port is taken (`devdoctor ports`); with Express 5 the callback of listen gets the error.',
    'Nothing left to do: a program ends when no timer, server or connection keeps it.',
  ],
  wrongRemedies: ['Taking the last line of the log for the cause: it is only the last thing that went well.'],
  falseFriends: [
    'A job that is done: it is meant to end, and should not be restarted.',
    'A log that was cut or is written elsewhere: look for the other file of standard error.',
  ],
  watch: 'The exit code, standard error, and the port at the moment of the start.',
  signatures: [],
};
