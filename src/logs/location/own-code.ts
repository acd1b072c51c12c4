/** Folders and names of what is installed or belongs to a runtime. */
const FOREIGN: readonly RegExp[] = [
  /(?:^|[/\\])node_modules[/\\]/,
  /^node:|^internal\/|^<|^\[|^evalmachine|^native\b|^undefined$/,
  /[/\\](?:site|dist)-packages[/\\]|[/\\]lib[/\\]python\d|[/\\]Python\d+[/\\]Lib[/\\]|^<frozen/,
  /[/\\]gems[/\\]|[/\\]rubygems[/\\]|[/\\]lib[/\\]ruby[/\\]/,
  /[/\\]pkg[/\\]mod[/\\]|[/\\](?:go|go-\d[\d.]*|golang)[/\\](?:src|\d+(?:\.\d+)*[/\\]src)[/\\]|^_cgo_|[/\\]vendor[/\\]/,
  /^(?:java\/(?:io|lang|net|nio|security|sql|text|time|util)|javax|jdk\/internal|sun|com\/sun|kotlin|scala|jakarta|groovy\/lang)\//,
  /^org\/(?:springframework|apache|hibernate|eclipse|jboss|postgresql|junit|gradle)\/|^io\/(?:netty|undertow|micrometer)\/|^reactor\/|^com\/(?:zaxxer|mysql)\//,
  /[/\\]\.(?:yarn|pnpm)[/\\]/,
];

/** Whether a path of a trace is likely code of the project, not of a package or a runtime. */
export const isOwnCode = (path: string): boolean => !FOREIGN.some((pattern) => pattern.test(path));
