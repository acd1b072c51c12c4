import type { Cause } from '../cause.ts';

export const syntaxError: Cause = {
  code: 'SYNTAX_ERROR',
  title: 'A file cannot be parsed',
  remedy: [
    'Open the file and line above the message, and mend what it names.',
    'A text of JSON.parse: the data is broken, not the program; look at the file or answer it read.',
  ],
  wrongRemedies: ['Installing the packages again: the file stays as it is.'],
  falseFriends: [
    '`Cannot use import statement outside a module`: ERR_REQUIRE_ESM.',
    'A request body that was no JSON, logged and answered with 400.',
    'An error of the Vite dev server: it waits for the next save.',
  ],
  watch: 'Whether the file was just being saved: an editor may write it in two steps.',
  signatures: [
    {
      from: 'Node, the JSON file named',
      words: ['rror'],
      pattern: /\bSyntaxError: (?:Error parsing )?(?<path>(?:[A-Za-z]:)?[\w./\\@ -]+\.json)\b/,
      onlyInCrash: true,
      confidence: 'A',
      specificity: 72,
    },
    {
      from: 'JavaScript, Python',
      words: ['rror'],
      pattern: /\b(?:SyntaxError|IndentationError|TabError)(?: \[[A-Z_]+\])?: (?<problem>\S.*)/,
      unless: /ERR_(?:UNSUPPORTED|INVALID)_TYPESCRIPT_SYNTAX|outside a module|Unexpected token 'export'/,
      onlyInCrash: true,
      confidence: 'A',
      specificity: 70,
    },
    {
      from: 'esbuild, tsx',
      words: ['rror'],
      pattern: /\b(?:Transform|Build) failed with \d+ errors?:/,
      onlyInCrash: true,
      confidence: 'A',
      specificity: 71,
    },
    {
      from: 'esbuild, the place',
      words: [],
      pattern: /^(?<path>\S.*?):(?<row>\d+):\d+: (?:ERROR|error): (?<problem>.+)/,
      below: /\b(?:Transform|Build) failed with \d+ error/,
      onlyInCrash: true,
      confidence: 'A',
      specificity: 71,
    },
    {
      from: 'Ruby',
      words: ['rror'],
      pattern: /\bsyntax errors? found|: syntax error, (?<problem>.+)/,
      confidence: 'A',
      specificity: 72,
    },
    {
      from: 'Go',
      words: ['rror'],
      pattern: /^(?:\.\/)?(?<path>\S+\.go):(?<row>\d+):\d+: syntax error: (?<problem>.+)/,
      confidence: 'A',
      specificity: 72,
    },
    {
      from: 'Java',
      words: ['rror'],
      pattern:
        /^(?<path>\S+\.java):(?<row>\d+): error: (?<problem>.+)|java\.lang\.Error: Unresolved compilation problem/,
      confidence: 'A',
      specificity: 72,
    },
    {
      from: 'YAML',
      words: ['rror', 'Exception'],
      pattern:
        /\b(?:YAMLException|YAMLParseError|yaml\.(?:scanner|parser)\.\w+Error|Psych::SyntaxError|ScannerException|ParserException)\b/,
      onlyInCrash: true,
      confidence: 'A',
      specificity: 68,
    },
  ],
};

export const typeError: Cause = {
  code: 'TS_ERROR',
  title: 'The TypeScript compiler refused the code',
  remedy: [
    'Mend the first error it lists; the others often follow from it.',
    'Or run without type checks knowingly: tsx, or ts-node with --transpile-only.',
    'Node itself only strips types: enums and namespaces need a compiler.',
  ],
  wrongRemedies: ['Restarting: the same error stands there again.'],
  falseFriends: ['`tsc --watch` prints errors and goes on; nothing ended.'],
  watch: 'Whether anything ended after the list of errors.',
  signatures: [
    {
      from: 'tsc, ts-node',
      words: ['rror'],
      pattern:
        /(?:^|\s)(?:(?<path>[^\s(:]+\.[cm]?tsx?)(?:\((?<row>\d+),\d+\)|:(?<at>\d+):\d+))?(?: - |: |\s)?error (?<rule>TS\d{3,5}):/,
      confidence: 'A',
      specificity: 76,
    },
    {
      from: 'ts-node',
      words: ['rror'],
      pattern: /\bTSError: (?:⨯ )?Unable to compile TypeScript/,
      confidence: 'A',
      specificity: 74,
    },
    {
      from: 'Node 22 and later',
      words: ['rror'],
      pattern: /\[ERR_(?:UNSUPPORTED|INVALID)_TYPESCRIPT_SYNTAX\]/,
      confidence: 'A',
      specificity: 76,
    },
    {
      from: 'Node, types inside node_modules',
      words: ['rror'],
      pattern: /\[ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING\]/,
      confidence: 'A',
      specificity: 76,
    },
    {
      from: 'Next.js',
      words: ['rror'],
      pattern: /^Failed to compile\.?$|^(?:\S+ )?Type error: /,
      onlyInCrash: true,
      confidence: 'B',
      specificity: 66,
    },
  ],
};
