/** The ports browsers refuse to open, whatever listens there (WHATWG Fetch, "bad port"). */
const BLOCKED_BY_BROWSERS: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** Linux and most others hand these to clients; a server may find its port taken by one for a moment. */
const FIRST_EPHEMERAL = 32_768;

/** What is worth knowing about a port even when it is free. */
export const portNotes = (ports: readonly number[]): readonly string[] =>
  ports.flatMap((port) => [
    ...(BLOCKED_BY_BROWSERS.has(port)
      ? [`browsers refuse to open port ${port}, whatever listens there: choose another for a web page`]
      : []),
    ...(port >= FIRST_EPHEMERAL
      ? [
          `port ${port} is in the range handed out to clients, so it may be taken for a moment at any time: servers are safer below ${FIRST_EPHEMERAL}`,
        ]
      : []),
  ]);
