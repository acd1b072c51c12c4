import type { Cause } from '../cause.ts';

const ANOTHER_PORT = /trying (?:another|the next|next)|try(?:ing)? next port|using (?:available )?port|instead\b/i;

export const portInUse: Cause = {
  code: 'EADDRINUSE',
  title: 'The port is already taken',
  remedy: [
    'Ask who holds it: `devdoctor why {port}`.',
    'Stop that program, through its supervisor if it has one: `devdoctor fix --port {port}`.',
    'Or give this service another port, usually with PORT.',
  ],
  wrongRemedies: [
    'Restarting the service again: the port stays taken.',
    'Killing whatever has the port without looking: it may be a database, a container or an editor.',
    'Raising the number of restarts: the loop only lasts longer.',
  ],
  falseFriends: [
    'Vite: `Port 5173 is in use, trying another one...`: it moved on and runs.',
    'A warning about one port that is followed by a start on the next.',
    'A retry that succeeds a moment later: the old copy was still ending.',
  ],
  watch: 'Who listens on the port at the moment of the next start.',
  signatures: [
    {
      from: 'Node',
      words: ['in use'],
      pattern: /\bEADDRINUSE\b.*?address already in use\s+(?<address>[\w.:%[\]*-]*):(?<port>\d{1,5})\b/,
      unless: ANOTHER_PORT,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Node, a socket file',
      words: ['in use'],
      pattern: /\bEADDRINUSE\b.*?address already in use\s+(?<path>(?:[A-Za-z]:)?[/\\.]\S+)/,
      unless: ANOTHER_PORT,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Bun',
      words: ['rror', 'in use'],
      pattern: /Failed to start server\. Is port (?<port>\d+) in use\?/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Go',
      words: ['in use'],
      pattern:
        /listen (?:tcp|udp)[46]? (?<address>\S*):(?<port>\d+): bind: (?:address already in use|Only one usage of each socket address)/,
      unless: ANOTHER_PORT,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Flask, Next.js and others that name the port',
      words: ['in use'],
      pattern: /\b[Pp]ort:? (?<port>\d{1,5}) is (?:already )?in use(?: by|\.|,|$|\s)/,
      unless: ANOTHER_PORT,
      confidence: 'A',
      specificity: 83,
    },
    {
      from: 'Spring Boot',
      words: ['in use'],
      pattern: /\b[Pp]ort (?<port>\d{1,5}) (?:was|is) already in use/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Tomcat, Create React App',
      words: ['in use'],
      pattern:
        /connector configured to listen on port (?<port>\d+) failed to start\. The port may already be in use|Something is already running on port (?<port2>\d+)/,
      confidence: 'B',
      specificity: 83,
    },
    {
      from: 'gunicorn',
      words: ['in use'],
      pattern: /Connection in use: \('(?<address>[^']*)', (?<port>\d+)/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'uvicorn, asyncio',
      words: ['rror', 'in use'],
      pattern:
        /\[(?:Errno (?:98|48)|WinError 10048)\] error while attempting to bind on address \('(?<address>[^']*)', (?<port>\d+)/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Ruby',
      words: ['in use', 'rror'],
      pattern: /Address already in use - bind\(2\) for "?(?<address>[^"\s]*?)"?(?::| port )(?<port>\d+)/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Python, Java, Django and everything else without a port',
      words: ['in use'],
      pattern:
        /^(?:.*\b(?:Error|Errno|Exception|EADDRINUSE|error|fatal|FATAL|CRITICAL|bind)\b.*)?\b(?:[Aa]ddress (?:is )?already in use|That port is already in use|[Aa]ddress in use)/,
      unless: ANOTHER_PORT,
      confidence: 'A',
      specificity: 84,
    },
    {
      from: 'Node, only the code',
      words: ['rror', 'in use'],
      pattern: /\b(?:Error|error)\b.*\bEADDRINUSE\b/,
      unless: ANOTHER_PORT,
      confidence: 'A',
      specificity: 82,
    },
  ],
};

export const portNotPermitted: Cause = {
  code: 'EACCES_PORT',
  title: 'The program may not bind this port',
  remedy: [
    'Use a port of 1024 or more, and a proxy in front if the outside needs {port}.',
    'On Linux, where it has to be {port}: give the program the right with `setcap cap_net_bind_service=+ep`, let systemd give it with AmbientCapabilities=CAP_NET_BIND_SERVICE, or lower net.ipv4.ip_unprivileged_port_start.',
    'On Windows with a port above 1024: `netsh int ipv4 show excludedportrange tcp` lists what is reserved; choose a port outside.',
  ],
  wrongRemedies: [
    'Running the whole server as root: every fault in it then has all rights.',
    'Looking for the process that has the port on Windows: a reserved range has none.',
  ],
  falseFriends: ['`EACCES: permission denied, mkdir` or `open`: a file, not a port.'],
  watch: 'The port number in the message, and the rights of the user that runs the service.',
  signatures: [
    {
      from: 'Node',
      words: ['denied'],
      pattern: /\blisten EACCES:? permission denied\s+(?<address>[\w.:%[\]*-]*):(?<port>\d{1,5})\b/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Node, a socket file, a pipe or an older form',
      words: ['rror', 'denied'],
      pattern: /\b(?:listen|bind) EACCES\b(?:: permission denied)?(?:\s+(?<path>\S+))?/,
      confidence: 'A',
      specificity: 86,
    },
    {
      from: 'Go',
      words: ['denied'],
      pattern:
        /listen (?:tcp|udp)[46]? (?<address>\S*):(?<port>\d+): bind: (?:permission denied|An attempt was made to access a socket in a way forbidden)/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'uvicorn, asyncio',
      words: ['rror', 'denied'],
      pattern: /\[Errno 13\] error while attempting to bind on address \('(?<address>[^']*)', (?<port>\d+)/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Ruby',
      words: ['denied'],
      pattern: /Permission denied - bind\(2\) for "?(?<address>[^"\s]*?)"?(?::| port )(?<port>\d+)/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Java',
      words: ['Exception'],
      pattern: /java\.net\.(?:SocketException|BindException): Permission denied/,
      confidence: 'A',
      specificity: 86,
    },
    {
      from: 'gunicorn, Django',
      words: ['denied', 'rror'],
      pattern: /\bYou don't have permission to access that port|\bbind\b.*\b[Pp]ermission denied/,
      confidence: 'A',
      specificity: 86,
    },
    {
      from: 'Python sockets',
      words: ['denied'],
      pattern: /^(?:PermissionError: \[Errno 13\] )?Permission denied$/,
      below: /\bbind\(|socket\.py|socketserver\.py|server_bind|Serving Flask app/,
      confidence: 'A',
      specificity: 84,
    },
  ],
};
