import type { Cause } from '../cause.ts';

const TYPESCRIPT = /error TS\d+:/;

export const moduleNotFound: Cause = {
  code: 'MODULE_NOT_FOUND',
  title: 'A module it needs is not there',
  remedy: [
    'A package name ({module}): is it in the manifest? Then install what the lock file says (`npm ci`); if not, add it.',
    'A path that begins with a dot or a slash: look for the file, its extension, and upper and lower case.',
    'A path into dist or build: build first.',
  ],
  wrongRemedies: ['`npm install` of a path: it installs something else or nothing.'],
  falseFriends: [
    'TypeScript `error TS2307: Cannot find module`: the compiler says it, TS_ERROR.',
    'A program that tries an optional package and goes on without it.',
  ],
  watch: 'The folder the service is started in: the same line may work from another one.',
  signatures: [
    {
      from: 'Node, import',
      words: ['rror'],
      pattern:
        /(?:\[ERR_MODULE_NOT_FOUND\]:? )?Cannot find (?:package|module) ['"](?<module>[^'"]+)['"] imported from (?<importer>\S+)/,
      unless: TYPESCRIPT,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Node, require',
      words: ['rror'],
      pattern: /\b(?:Error|error)\b[^'"]*Cannot find (?:module|package) ['"](?<module>[^'"]+)['"]/,
      unless: TYPESCRIPT,
      confidence: 'A',
      specificity: 88,
    },
    {
      from: 'Node, told by a program without its stack',
      words: [],
      pattern: /^(?:\S+ )?Cannot find module '(?<module>[^']+)'/,
      unless: TYPESCRIPT,
      onlyInCrash: true,
      confidence: 'B',
      specificity: 70,
    },
    {
      from: 'Node, a way into a package that it does not offer',
      words: ['rror'],
      pattern:
        /\[ERR_(?:PACKAGE_PATH_NOT_EXPORTED|UNSUPPORTED_DIR_IMPORT|PACKAGE_IMPORT_NOT_DEFINED)\]: [^'"]*['"]?(?<module>[^'"\s]+)?/,
      confidence: 'A',
      specificity: 86,
    },
    {
      from: 'webpack, Next.js, Vite, esbuild',
      words: ['odule n', 'rror'],
      pattern:
        /\bModule not found: (?:Error: )?Can't resolve '(?<module>[^']+)'|\b(?:ERROR|error): Could not resolve "(?<path>[^"]+)"|Failed to resolve import "(?<name>[^"]+)"/,
      onlyInCrash: true,
      confidence: 'B',
      specificity: 80,
    },
    {
      from: 'Python',
      words: ['rror', 'odule n'],
      pattern: /\b(?:ModuleNotFoundError|ImportError|python[\d.]*): No module named ['"]?(?<module>[\w.-]+)['"]?/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Python, a name that a module lacks',
      words: ['rror'],
      pattern:
        /^(?:E\s+)?ImportError: cannot import name '(?<name>[^']+)' from (?:partially initialized module )?'(?<module>[^']+)'/,
      onlyInCrash: true,
      confidence: 'B',
      specificity: 78,
    },
    {
      from: 'uvicorn, gunicorn, Flask',
      words: ['rror'],
      pattern:
        /\b[Ee]rror: +(?:Error loading ASGI app\. )?Could not import (?:module )?['"](?<module>[^'"]+)['"]|Error loading ASGI app\. Could not import module "(?<name>[^"]+)"/,
      confidence: 'A',
      specificity: 88,
    },
    {
      from: 'Ruby',
      words: ['rror'],
      pattern: /\bcannot load such file -- (?<module>\S+)/,
      confidence: 'A',
      specificity: 90,
    },
    {
      from: 'Bundler',
      words: [],
      pattern:
        /\bCould not find (?:gem ')?(?<module>[\w-]+)[^\n]*(?:\(Bundler::GemNotFound\)|in any of the (?:gem )?sources|in locally installed gems)/,
      confidence: 'A',
      specificity: 88,
    },
    {
      from: 'a shell that finds no such command, as in a script of npm before the packages are installed',
      words: [],
      pattern: /^(?:\/\S*\/)?(?:ba|da|z)?sh: (?:line )?(?:\d+: )?(?<module>[\w@./-]+): (?:command )?not found$/,
      onlyInCrash: true,
      confidence: 'B',
      specificity: 66,
    },
    {
      from: 'Java',
      words: ['rror', 'Exception'],
      pattern:
        /(?:Error: Could not find or load main class|java\.lang\.(?:ClassNotFoundException|NoClassDefFoundError):) (?<module>[\w.$/]+)/,
      onlyInCrash: true,
      confidence: 'A',
      specificity: 86,
    },
    {
      from: 'Go',
      words: ['equired'],
      pattern: /\bno required module provides package (?<module>[^\s;:]+)|\bcannot find package "(?<name>[^"]+)"/,
      confidence: 'A',
      specificity: 88,
    },
  ],
};

export const moduleFormat: Cause = {
  code: 'ERR_REQUIRE_ESM',
  title: 'Two module systems were mixed',
  remedy: [
    'Node 22 and later load both kinds with require: use one of these if you can.',
    'Otherwise load the module with a dynamic `import()`, or take its last version in CommonJS.',
    'Your own file is the one in the wrong kind: set "type" in the nearest package.json, or name it .mjs or .cjs.',
  ],
  wrongRemedies: ['Looking for a slip of the pen in the line: it is right, in the other kind of file.'],
  falseFriends: ['Another `SyntaxError` in the same place: SYNTAX_ERROR.'],
  watch: 'The version of Node that the service really runs with, and the nearest package.json of the file.',
  signatures: [
    {
      from: 'Node',
      words: ['rror'],
      pattern: /\bERR_REQUIRE_ESM\b(?:\]?: require\(\) of ES Module (?<module>\S+)(?: from (?<importer>\S+))?)?/,
      confidence: 'A',
      specificity: 92,
    },
    {
      from: 'Node, top-level await',
      words: ['rror'],
      pattern: /\bERR_REQUIRE_(?:ASYNC_MODULE|CYCLE_MODULE)\b/,
      confidence: 'A',
      specificity: 92,
    },
    {
      from: 'Node, import in CommonJS',
      words: ['rror'],
      pattern:
        /SyntaxError: (?:Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module)/,
      confidence: 'A',
      specificity: 92,
    },
    {
      from: 'Node, CommonJS in a module',
      words: ['rror'],
      pattern:
        /ReferenceError: (?<name>require|module|exports|__dirname|__filename) is not defined(?: in ES module scope|$)/,
      confidence: 'A',
      specificity: 92,
    },
    {
      from: 'Node, a .ts file without a loader',
      words: ['rror'],
      pattern: /\[ERR_UNKNOWN_FILE_EXTENSION\]: Unknown file extension "(?<extension>[^"]+)" for (?<path>\S+)/,
      confidence: 'A',
      specificity: 90,
    },
  ],
};
