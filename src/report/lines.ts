import { sanitize } from '../util/sanitize.ts';
import { wrap } from '../util/fit-text.ts';

/** Columns of a label and its gap under a finding. */
const LABEL_WIDTH = 9;

/** A paragraph with a hanging indent. */
export const paragraph = (text: string, indent: number, width: number): readonly string[] =>
  wrap(sanitize(text), width - indent).map((line) => `${' '.repeat(indent)}${line}`);

/** A labelled paragraph: the label once, the text beside it. */
export const labelled = (
  label: string,
  text: string,
  indent: number,
  width: number,
  paintLabel: (text: string) => string,
): readonly string[] =>
  wrap(sanitize(text), width - indent - LABEL_WIDTH).map((line, index) =>
    index === 0
      ? `${' '.repeat(indent)}${paintLabel(label.padEnd(LABEL_WIDTH))}${line}`
      : `${' '.repeat(indent + LABEL_WIDTH)}${line}`,
  );

/** A labelled command, never broken: it is there to be copied. */
export const labelledCommand = (
  label: string,
  command: string,
  indent: number,
  paintLabel: (text: string) => string,
  paint: (text: string) => string,
): string => `${' '.repeat(indent)}${paintLabel(label.padEnd(LABEL_WIDTH))}${paint(sanitize(command))}`;
