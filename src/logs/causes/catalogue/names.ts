import type { Cause } from '../cause.ts';

export const nameNotResolved: Cause = {
  code: 'DNS_FAILURE',
  title: 'A host name cannot be resolved',
  remedy: [
    'Look how {host} is written in the settings: a slip, or a name that only exists inside another network.',
    'In Compose: the name of the service, and both services in the same network.',
    'EAI_AGAIN: the name server itself did not answer; look at /etc/resolv.conf and the network.',
  ],
  wrongRemedies: ['Writing the address into /etc/hosts: it changes with the next start of the other service.'],
  falseFriends: ['A warning about a service that is then done without.'],
  watch: 'Whether the name resolves from the same place: `getent hosts NAME`, in the container if there is one.',
  signatures: [
    {
      from: 'Node',
      words: ['getaddrinfo'],
      pattern:
        /\b(?:getaddrinfo|query\w*) (?<reason>ENOTFOUND|EAI_AGAIN|EAI_\w+|ENODATA|ESERVFAIL)(?: (?<host>[^\s,:'"]+))?/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'Python',
      words: ['rror'],
      pattern:
        /\bgaierror: \[Errno -?\d+\]|\[Errno -[235]\] (?:Name or service not known|Temporary failure in name resolution|No address)/,
      confidence: 'A',
      specificity: 82,
    },
    {
      from: 'libpq',
      words: ['rror'],
      pattern: /could not translate host name "(?<host>[^"]+)" to address/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'Python redis',
      words: ['rror'],
      pattern:
        /\bError -?\d+ connecting to (?<host>[^\s:]+):(?<port>\d+)\. (?:Name or service not known|Temporary failure in name resolution|No address|-\d)/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'Python urllib3, httpx',
      words: ['rror'],
      pattern: /\bNameResolutionError\b.*?Failed to resolve '(?<host>[^']+)'/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'Go',
      words: ['dial tcp'],
      pattern:
        /\blookup (?<host>\S+?)(?: on \S+)?: (?:no such host|server misbehaving|Temporary failure in name resolution|i\/o timeout)/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'Java',
      words: ['Exception'],
      pattern: /java\.net\.UnknownHostException:? ?(?<host>[\w.-]+)?/,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'Ruby',
      words: ['getaddrinfo', 'rror'],
      pattern:
        /\bgetaddrinfo(?:\(3\))?: (?:Name or service not known|Temporary failure in name resolution|nodename nor servname)|Failed to open TCP connection to (?<host>[^\s:]+):(?<port>\d+) \(getaddrinfo/,
      confidence: 'A',
      specificity: 84,
    },
  ],
};
