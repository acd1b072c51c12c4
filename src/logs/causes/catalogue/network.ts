import type { Cause } from '../cause.ts';

export const connectionRefused: Cause = {
  code: 'ECONNREFUSED_DB',
  title: 'A service it depends on does not answer',
  remedy: [
    'Start what should listen on {address} port {port}, or put the right host and port into the settings.',
    'In a container 127.0.0.1 is the container itself: use the name of the other service.',
    'Let the program wait and try again at start, with a limit.',
  ],
  wrongRemedies: ['Restarting this program: it is the other one that is missing.'],
  falseFriends: [
    'A retry inside the running process: down, and no restart loop.',
    'A warning about an optional service that is then done without.',
    'ioredis `MaxRetriesPerRequestError` and `Connection is closed.`: what follows from it.',
  ],
  watch: 'Whether anything listens on that address when the program starts.',
  signatures: [
    {
      from: 'Node',
      words: ['REFUSED'],
      pattern: /\bconnect ECONNREFUSED (?<address>[\w.:%[\]-]+):(?<port>\d{1,5})\b/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'Node, a socket file',
      words: ['REFUSED'],
      pattern: /\bconnect ECONNREFUSED (?<path>[/\\@]\S+)/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'Node, a socket file that is not there',
      words: [],
      pattern: /\bconnect ENOENT (?<path>[/\\]\S+)/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'Node, localhost with two addresses',
      words: ['REFUSED'],
      pattern: /\bAggregateError \[ECONNREFUSED\]|\bcode: 'ECONNREFUSED'|\bECONNREFUSED\b/,
      confidence: 'A',
      specificity: 76,
    },
    {
      from: 'Go',
      words: ['dial tcp'],
      pattern:
        /dial tcp[46]? (?<address>\S+):(?<port>\d+): connect(?:ex)?: (?:connection refused|No connection could be made)/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'libpq: psycopg, Ruby pg',
      words: ['rror'],
      pattern:
        /connection (?:to server )?at "(?<host>[^"]+)"(?: \((?<address>[^)]+)\))?, port (?<port>\d+) failed: Connection refused/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'libpq, older',
      words: ['rror'],
      pattern: /could not connect to server: Connection refused/,
      confidence: 'A',
      specificity: 80,
    },
    {
      from: 'libpq, a socket file',
      words: ['rror'],
      pattern:
        /connection to server on socket "(?<path>[^"]+)" failed: (?:No such file or directory|Connection refused)/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'Python redis, kombu',
      words: ['rror'],
      pattern: /\bError (?:111|61|10061) connecting to (?<host>[^\s:]+):(?<port>\d+)\. Connection refused/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'PyMySQL',
      words: ['rror'],
      pattern:
        /Can't connect to (?:local )?(?:MySQL|MariaDB) server (?:on|through) '?(?<host>[^'\s:]+)(?::(?<port>\d+))?'?/,
      confidence: 'A',
      specificity: 80,
    },
    {
      from: 'pymongo',
      words: ['rror'],
      pattern: /ServerSelectionTimeoutError: (?<host>[^\s:]+):(?<port>\d+): \[Errno 111\] Connection refused/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'PostgreSQL for Java',
      words: ['Exception'],
      pattern: /Connection to (?<host>[^\s:]+):(?<port>\d+) refused/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'Java',
      words: ['Exception'],
      pattern:
        /java\.net\.ConnectException: (?:Connection refused|Connexion refusée)|Connection refused: (?:\S*?\/)?(?<address>[\w.:-]+):(?<port>\d+)/,
      confidence: 'A',
      specificity: 80,
    },
    {
      from: 'Prisma',
      words: ['rror'],
      pattern: /Can't reach database server at [`'"]?(?<address>[\w.-]+)[`'"]?:[`'"]?(?<port>\d+)/,
      confidence: 'A',
      specificity: 80,
    },
    {
      from: 'Redis for Java',
      words: ['Exception'],
      pattern:
        /\b(?:RedisConnection|JedisConnection)\w*Exception: (?:Unable to connect to|Failed (?:to connect to|connecting to)) (?<host>[\w.-]+)[^:]*:(?<port>\d+)/,
      confidence: 'B',
      specificity: 78,
    },
    {
      from: 'MySQL for Java',
      words: ['Exception'],
      pattern: /CommunicationsException: Communications link failure/,
      confidence: 'B',
      specificity: 74,
    },
    {
      from: 'Ruby',
      words: ['REFUSED', 'rror'],
      pattern:
        /Connection refused - (?:connect\(2\) for|Unable to connect to) "?(?<address>[^"\s:]+)"?(?: port |:)(?<port>\d+)/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'Python and everything else without an address',
      words: ['rror', 'Exception'],
      pattern:
        /\bConnectionRefusedError: \[Errno|\[Errno (?:111|61)\] Connection refused|\[WinError 10061\]|\b[Cc]onnection refused\b/,
      confidence: 'A',
      specificity: 74,
    },
  ],
};
