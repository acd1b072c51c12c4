import type { Cause } from '../cause.ts';

const AFTER_V8 = /JavaScript heap|V8::|v8::/;

export const killedBySignal: Cause = {
  code: 'SIGKILL',
  title: 'Something killed it; want of memory is suspected',
  remedy: [
    'Ask the kernel: `journalctl -k` or `dmesg`, and look for "Killed process".',
    'In a container: `docker inspect` tells OOMKilled.',
    'Neither says so: look for who sends SIGKILL, such as a stop that timed out or a script with kill -9.',
  ],
  wrongRemedies: ['Taking want of memory for a fact: from the signal alone nobody can tell.'],
  falseFriends: ['The last line of `forever stop`, and `docker stop` after its time-out: a planned end.'],
  watch: 'The memory of the process until it dies, and the kernel log at that second.',
  signatures: [
    {
      from: 'bash, sh',
      words: ['Killed'],
      pattern: /(?:^|: line \d+:\s+(?<pid>\d+)\s+|\]\s+\d*\s*)Killed(?:: 9)?(?:\s{2,}.*|\s*$)/,
      confidence: 'C',
      specificity: 40,
    },
    {
      from: 'zsh',
      words: [],
      pattern: /^zsh: killed\s/,
      confidence: 'C',
      specificity: 40,
    },
    {
      from: 'PM2, npm, forever, supervisord, concurrently',
      words: ['SIG'],
      pattern:
        /\b(?:via signal \[|killed (?:by|with)(?: signal)?:? |terminated by |exited with code |signal:? |was sent )SIGKILL\b/,
      unless: /kill -9|SIGKILL to\b|sending/i,
      confidence: 'C',
      specificity: 40,
    },
    {
      from: 'systemd',
      words: ['process exited'],
      pattern: /[Pp]rocess exited, code=killed, status=9\/KILL/,
      confidence: 'C',
      specificity: 40,
    },
    {
      from: 'gunicorn',
      words: ['to signal'],
      pattern: /Worker with pid (?<pid>\d+) was terminated due to signal 9\b/,
      confidence: 'C',
      specificity: 40,
    },
    {
      from: 'gunicorn 21 and later',
      words: ['SIG'],
      pattern: /Worker \(pid:(?<pid>\d+)\) was sent SIGKILL!/,
      confidence: 'C',
      specificity: 40,
    },
    {
      from: 'Go, exec',
      words: [],
      pattern: /\bsignal: killed\b/,
      confidence: 'C',
      specificity: 40,
    },
  ],
};

export const segmentationFault: Cause = {
  code: 'SIGSEGV',
  title: 'Native code crashed',
  remedy: [
    'Find the native addon: `npm ls` and look for packages with .node files.',
    'Rebuild it for this Node: `npm rebuild`; then update it.',
    'Still there: run with a core dump, or with the addon left out.',
  ],
  wrongRemedies: ['Giving it more memory: this is an access to a wrong address.'],
  falseFriends: [
    'Go: `[signal SIGSEGV...]` below `panic: runtime error: invalid memory address`: a nil pointer in Go code.',
  ],
  watch: 'What was loaded last before the fault, and a core dump (`coredumpctl list`).',
  signatures: [
    {
      from: 'bash, sh, zsh, Ruby, Python faulthandler',
      words: ['Segmentation'],
      pattern: /\b[Ss]egmentation fault\b/,
      confidence: 'B',
      specificity: 45,
    },
    {
      from: 'systemd',
      words: ['process exited'],
      pattern: /[Pp]rocess exited, code=(?:killed|dumped), status=11\/SEGV/,
      confidence: 'B',
      specificity: 45,
    },
    {
      from: 'PM2, npm, supervisord, the JVM',
      words: ['SIG'],
      pattern:
        /\b(?:via signal \[|killed (?:by|with)(?: signal)?:? |terminated by |exited with code |signal:? )SIGSEGV\b|^#\s+SIGSEGV \(0xb\)|PID \d+ received SIGSEGV/,
      unless: /^\[signal SIGSEGV/,
      confidence: 'B',
      specificity: 45,
    },
    {
      from: 'gunicorn',
      words: ['to signal'],
      pattern: /Worker with pid (?<pid>\d+) was terminated due to signal 11\b/,
      confidence: 'B',
      specificity: 45,
    },
  ],
};

export const aborted: Cause = {
  code: 'SIGABRT',
  title: 'Native code gave up with an assertion',
  remedy: [
    'Read the lines above the abort: an assertion names its file and condition.',
    'Update or rebuild the native addon it names; without one, update Node.',
  ],
  wrongRemedies: ['Calling it heap exhaustion: without the text of V8 it is not.'],
  falseFriends: [
    'V8 out of memory ends with SIGABRT too, and says so: HEAP_OOM.',
    'systemd ends a service that missed its watchdog with SIGABRT: WATCHDOG_TIMEOUT.',
  ],
  watch: 'Standard error around the end: the assertion is printed there and nowhere else.',
  signatures: [
    {
      from: 'bash, sh, zsh',
      words: ['Aborted'],
      pattern: /(?:^|: line \d+:\s+(?<pid>\d+)\s+)Aborted(?:\s{2,}.*|\s+\(core dumped\).*|\s*$)|^zsh: abort\s/,
      confidence: 'B',
      specificity: 42,
    },
    {
      from: 'C and C++ libraries',
      words: [],
      pattern: /\bAssertion [`'](?<assertion>[^`']+)' failed\.?|^terminate called after throwing an instance of/,
      confidence: 'A',
      specificity: 50,
    },
    {
      from: 'V8 and Node, other fatal errors',
      words: [],
      pattern: /^.{0,40}(?:FATAL ERROR: (?!.*out of memory)\S|# Fatal error in\b)/i,
      confidence: 'A',
      specificity: 50,
    },
    {
      from: 'PM2, npm, supervisord',
      words: ['SIG'],
      pattern:
        /\b(?:via signal \[|killed (?:by|with)(?: signal)?:? |terminated by |exited with code |signal:? )SIGABRT\b/,
      unless: AFTER_V8,
      confidence: 'B',
      specificity: 42,
    },
    {
      from: 'systemd',
      words: ['process exited'],
      pattern: /[Pp]rocess exited, code=(?:killed|dumped), status=6\/ABRT/,
      confidence: 'B',
      specificity: 42,
    },
    {
      from: 'gunicorn',
      words: ['to signal'],
      pattern: /Worker with pid (?<pid>\d+) was terminated due to signal 6\b/,
      confidence: 'B',
      specificity: 42,
    },
  ],
};
