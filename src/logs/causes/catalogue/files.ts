import type { Cause } from '../cause.ts';

const WATCHING = /\bwatch(?:er|ers|ing|es)?\b|inotify/i;

export const watchersExhausted: Cause = {
  code: 'ENOSPC_WATCHERS',
  title: 'The system has no file watchers left',
  remedy: [
    'Leave folders out of the watching that need none: node_modules, dist, data.',
    '`ENOSPC: System limit`: raise fs.inotify.max_user_watches with sysctl.',
    '`EMFILE: ..., watch`: raise fs.inotify.max_user_instances; or end old watchers.',
  ],
  wrongRemedies: [
    'Freeing disk space, or `df`: the disk is not what is full.',
    '`ulimit -n` for `EMFILE: ..., watch`: it counts other things.',
  ],
  falseFriends: ['`ENOSPC: no space left on device`: a full disk.', '`EMFILE: too many open files, open`: a leak.'],
  watch: 'How many watchers each process has: `find /proc/*/fd -lname anon_inode:inotify`.',
  signatures: [
    {
      from: 'Node',
      words: ['ENOSPC'],
      pattern: /\bENOSPC: System limit for number of file watchers reached(?:, watch '(?<path>[^']*)')?/,
      confidence: 'A',
      specificity: 92,
    },
    {
      from: 'Node, no instances left or an older form',
      words: ['ENOSPC', 'rror'],
      pattern:
        /\b(?:EMFILE: too many open files|ENOSPC: no space left on device|ENOSPC|EMFILE),? watch(?: '(?<path>[^']*)'| (?<name>\S+)|$)/,
      confidence: 'A',
      specificity: 92,
    },
    {
      from: 'Python watchdog and watchfiles',
      words: ['rror'],
      pattern: /\binotify (?:watch|instance) limit reached|OS file watch limit reached|upper limit on inotify/i,
      confidence: 'A',
      specificity: 92,
    },
    {
      from: 'Go, Rust and others',
      words: [],
      pattern: /\b(?:inotify|watcher|watching)\b.*(?:[Tt]oo many open files|[Nn]o space left on device)/,
      confidence: 'A',
      specificity: 90,
    },
  ],
};

export const diskFull: Cause = {
  code: 'ENOSPC_DISK',
  title: 'The disk is full',
  remedy: [
    'See which one: `df -h`, and `df -i` for files without size.',
    'Free it: old logs, `docker system prune`, caches. Then let the logs rotate.',
  ],
  wrongRemedies: ['Raising inotify limits with sysctl: that is for the other ENOSPC.'],
  falseFriends: ['`ENOSPC: System limit for number of file watchers reached`: no disk is full.'],
  watch: 'The free space while the service writes.',
  signatures: [
    {
      from: 'Node',
      words: ['ENOSPC'],
      pattern: /\bENOSPC: no space left on device(?:, (?<call>\w+))?(?: '(?<path>[^']*)')?/,
      unless: /, watch\b/,
      confidence: 'A',
      specificity: 88,
    },
    {
      from: 'Python',
      words: ['rror'],
      pattern: /\[Errno 28\] No space left on device(?:: '(?<path>[^']*)')?/,
      confidence: 'A',
      specificity: 88,
    },
    {
      from: 'Java, Ruby, Go and everything else',
      words: ['Exception', 'ENOSPC', 'rror'],
      pattern: /\b(?<!ENOSPC: )[Nn]o space left on device\b|\bENOSPC\b|\bEDQUOT\b|[Dd]isk quota exceeded/,
      unless: WATCHING,
      confidence: 'A',
      specificity: 84,
    },
  ],
};

export const tooManyFiles: Cause = {
  code: 'EMFILE',
  title: 'The process has too many open files',
  remedy: [
    'Count them while it runs: `ls /proc/PID/fd | wc -l`, again a minute later.',
    'The number grows: find what is opened and never closed; `ls -l /proc/PID/fd` shows it.',
    'It is large and steady: raise the limit (`ulimit -n`, LimitNOFILE).',
  ],
  wrongRemedies: ['Only raising the limit: a leak reaches the new one too.'],
  falseFriends: ["`EMFILE: too many open files, watch '.'`: inotify instances, ENOSPC_WATCHERS."],
  watch: 'The number of descriptors over time.',
  signatures: [
    {
      from: 'Node',
      words: [],
      pattern:
        /\b(?:EMFILE|ENFILE): (?:too many open files|file table overflow)(?: in system)?(?:, (?<call>\w+))?(?: '(?<path>[^']*)')?/,
      unless: /, watch\b/,
      confidence: 'A',
      specificity: 88,
    },
    {
      from: 'Python',
      words: ['rror'],
      pattern: /\[Errno 24\] Too many open files(?:: '(?<path>[^']*)')?/,
      confidence: 'A',
      specificity: 88,
    },
    {
      from: 'Go, Java, Ruby',
      words: [],
      pattern: /\b[Tt]oo many open files\b/,
      unless: /\b(?:EMFILE|Errno 24)\b|inotify|\bwatch/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'Node, another call',
      words: [],
      pattern: /\b(?:accept|spawn|connect|uv_\w+|scandir|pipe)\b[^\n]*\b(?:EMFILE|ENFILE)\b/,
      confidence: 'A',
      specificity: 84,
    },
  ],
};
