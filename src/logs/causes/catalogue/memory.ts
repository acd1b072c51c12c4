import type { Cause } from '../cause.ts';

/** What V8 prints around its last words, and nobody who only quotes them. */
const V8_TEXT = /<--- (?:Last few GCs|JS stacktrace) --->|Mark-(?:sweep|Compact)|Scavenge \d/;

export const heapExhausted: Cause = {
  code: 'HEAP_OOM',
  title: 'The heap reached its limit',
  remedy: [
    'Read the figures in "Last few GCs", such as `45.9 (50.9) MB`: they tell how large the heap was.',
    'A job that needs more than the limit: raise --max-old-space-size (Java: -Xmx), and stay below the memory of the container.',
    'A heap that grew for hours: a leak. Run with --heapsnapshot-near-heap-limit=2 and compare the snapshots.',
  ],
  wrongRemedies: [
    'Raising the heap limit above the memory of the container: the kernel then kills it, without a word.',
    'Letting the supervisor restart it on a memory limit and calling that the mend.',
  ],
  falseFriends: ['The words "out of memory" in text of the business, such as a ticket or a search that is logged.'],
  watch: 'The size of the heap over time: a slope that never comes back is a leak, a jump is one job.',
  signatures: [
    {
      from: 'V8',
      words: ['f memory'],
      pattern: /^(?:\S+:\s)?(?:FATAL ERROR: .*\bout of memory|#\s+Fatal (?:process|JavaScript) out of memory)/,
      confidence: 'A',
      specificity: 97,
    },
    {
      from: 'V8, with another line running into it',
      words: ['f memory'],
      pattern: /FATAL ERROR: [\w .()-]* - JavaScript heap out of memory$/,
      below: V8_TEXT,
      confidence: 'A',
      specificity: 96,
    },
    {
      from: 'Node, a worker thread',
      words: ['rror'],
      pattern: /\bERR_WORKER_OUT_OF_MEMORY\b/,
      confidence: 'A',
      specificity: 96,
    },
    {
      from: 'Java',
      words: ['rror'],
      pattern:
        /\bjava\.lang\.OutOfMemoryError: (?<space>Java heap space|GC overhead limit exceeded|Metaspace|[A-Z][\w ]+)/,
      confidence: 'A',
      specificity: 95,
    },
    {
      from: 'Java, at start',
      words: ['rror', 'f memory'],
      pattern:
        /Terminating due to java\.lang\.OutOfMemoryError|Could not reserve enough space for .*heap|insufficient memory for the Java Runtime Environment/,
      confidence: 'A',
      specificity: 95,
    },
    {
      from: 'Go',
      words: ['f memory', 'rror'],
      pattern: /^fatal error: (?:runtime: )?(?:out of memory|cannot allocate memory)/,
      confidence: 'A',
      specificity: 95,
    },
    {
      from: 'Python',
      words: ['rror'],
      pattern: /^(?:[\w.]+\.)?_?(?:Array)?MemoryError(?::|$)/,
      onlyInCrash: true,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Ruby',
      words: ['rror'],
      pattern: /\bfailed to allocate memory \(NoMemoryError\)/,
      confidence: 'A',
      specificity: 95,
    },
  ],
};

export const killedForMemory: Cause = {
  code: 'OOM_KILLED',
  title: 'The kernel killed it for want of memory',
  remedy: [
    'Give the container or the unit more memory, or set --max-old-space-size to about three quarters of what it has.',
    'Count what is outside the heap too: buffers, native addons, child processes.',
  ],
  wrongRemedies: ['Raising only the heap limit: the kernel looks at everything the process has.'],
  falseFriends: ['Exit code 137 alone: `docker stop` after its time-out and `kill -9` end the same way.'],
  watch: '`docker inspect` (OOMKilled), `journalctl -k`, `dmesg`: only the kernel tells who was killed and why.',
  signatures: [
    {
      from: 'Linux',
      words: ['f memory'],
      pattern:
        /\b[Oo]ut of memory(?: \([^)]*\))?: Kill(?:ed)? process (?<pid>\d+)(?:[, ]+\(?(?<process>[^()\s,]+)\)?)?/,
      confidence: 'A',
      specificity: 100,
    },
    {
      from: 'Linux, the line before',
      words: [],
      pattern: /\boom-kill:constraint=CONSTRAINT_\w+|\binvoked oom-killer:/,
      confidence: 'A',
      specificity: 99,
    },
    {
      from: 'Docker, Kubernetes',
      words: ['Killed'],
      pattern: /"OOMKilled":\s*true|\b(?:Reason:?|reason["']?:?)\s*["']?OOMKilled\b|\bOOMKilled\b(?!["']?:)/,
      confidence: 'A',
      specificity: 98,
    },
    {
      from: 'Docker events',
      words: [],
      pattern: /\bcontainer oom (?<container>[0-9a-f]{12,64})\b/,
      confidence: 'A',
      specificity: 97,
    },
    {
      from: 'systemd',
      words: ['Failed with result'],
      pattern: /Failed with result 'oom-kill'/,
      confidence: 'A',
      specificity: 98,
    },
    {
      from: 'systemd, the line before',
      words: [],
      pattern: /process of this unit has been killed by the OOM killer/,
      confidence: 'A',
      specificity: 98,
    },
  ],
};

export const supervisorMemoryLimit: Cause = {
  code: 'PM2_MEMORY_LIMIT',
  title: 'PM2 restarted it for exceeding its memory limit',
  remedy: [
    'See whether memory comes back after the work is done.',
    'Growing: a leak, so look for it with a heap snapshot.',
    'Large and steady: the limit is too low; set max_memory_restart above what the work needs.',
  ],
  wrongRemedies: ['Raising the limit for ever: the restarts only come later.'],
  falseFriends: ['A deploy: PM2 prints `Stopping app` for both; only this line names the limit.'],
  watch: 'The memory of the process between two restarts.',
  signatures: [
    {
      from: 'PM2',
      words: ['memory-restart'],
      pattern:
        /Process (?<process>\S+) restarted because it exceeds --max-memory-restart value(?: \(current_memory=(?<memory>\d+) max_memory_limit=(?<limit>\d+))?/,
      confidence: 'A',
      specificity: 99,
    },
  ],
};
