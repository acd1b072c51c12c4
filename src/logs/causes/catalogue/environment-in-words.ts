import type { Signature } from '../cause.ts';

/** `NameError: name 'X' is not defined` and its like tell of code, not of the environment. */
const CODE_NAME = /\b(?:ReferenceError|NameError|TypeError|error TS\d+)\b|\bname '/;

/** How programs tell in words of their own that a variable is missing. */
export const missingVariableInWords: readonly Signature[] = [
  {
    from: 'a program that tells of its own check, above what is missing',
    words: ['nvironment'],
    pattern:
      /\b(?:[Ee]nv(?:ironment)?|[Cc]onfig(?:uration)?|[Ss]ettings)(?: variables?)? (?:validation (?:failed|error)|is invalid|are invalid)|\b[Ii]nvalid (?:env\b|environment(?: variables?)?\b|configuration\b)/,
    unless: CODE_NAME,
    onlyInCrash: true,
    confidence: 'B',
    specificity: 87,
  },
  {
    from: 'a shell with ${X:?} and words of its own',
    words: [],
    pattern: /^\S*(?:sh|bash|\.sh): (?:line )?\d+: (?<variable>[A-Z][A-Z0-9]*_[A-Z0-9_]+): \S/,
    onlyInCrash: true,
    confidence: 'B',
    specificity: 66,
  },
  {
    from: 'free text: the variables come after',
    words: ['nvironment', 'equired', 'issing'],
    pattern:
      /\b(?:[Mm]issing|[Uu]nset|[Uu]ndefined|[Ii]nvalid|[Rr]equired?|[Nn]o|[Ss]et the|Please set)\b[^'"`:=]{0,40}?\b(?:env|ENV|[Ee]nvironment|config|configuration|settings?|secrets?|variables?|vars?|keys?)\b[^A-Z]{0,40}?(?<variable>\b[A-Z][A-Z0-9]*_[A-Z0-9_]+)\b/,
    unless: CODE_NAME,
    onlyInCrash: true,
    confidence: 'B',
    specificity: 64,
  },
  {
    from: 'free text: the variable comes first',
    words: ['rror', 'not set', 'equired', 'issing', 'nvironment'],
    pattern:
      /(?:^|[\s"'`(:[{.])(?<variable>[A-Z][A-Z0-9]*_[A-Z0-9_]+)["'`)\]}]*(?:,? (?:env(?:ironment)?|config(?:uration)?)?(?: ?var(?:iable)?s?| setting| key| secret)?)? ?(?:is|are|was|were|must be|has to be|needs to be|should be|has not been|isn't|not|:)? ?(?:not |un|never |also )?(?:defined|set\b|required|missing|provided|specified|configured|present|supplied|empty|undefined|available in)/,
    unless: CODE_NAME,
    onlyInCrash: true,
    confidence: 'B',
    specificity: 60,
  },
  {
    from: 'free text: one word or no name',
    words: ['nvironment'],
    pattern:
      /\b(?:[Ee]nv(?:ironment)?(?: var(?:iable)?s?)? (?:validation failed|is invalid|(?<variable>[A-Z][A-Z0-9_]+)["'`]? (?:is |was |must be |has not been )?(?:not |un)?(?:set|defined|required|missing|found|provided))|(?:[Mm]issing|[Ii]nvalid|[Rr]equired|[Uu]nset) (?:required )?env(?:ironment)? ?var(?:iable)?s?|env(?:ironment)? var(?:iable)?s? (?:is |are |was |were |not |missing|required)+|\bSet the \S+ environment variable)/,
    unless: CODE_NAME,
    onlyInCrash: true,
    confidence: 'B',
    specificity: 62,
  },
];
