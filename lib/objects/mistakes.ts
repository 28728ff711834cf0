import type { IConstruct } from 'constructs';

/** What a user got wrong, or should know: where, and in one line what was given and what to do. */
export interface Mistake {
  /** The construct's path, or `file:line`. */
  readonly where: string;
  readonly message: string;
}

/** Many mistakes, reported together. Commands print one line each and no stack trace. */
export class Mistakes extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    const lines = mistakes.map(({ where, message }) => ({ where: inOneLine(where), message: inOneLine(message) }));
    super(lines.map(({ where, message }) => `${where}: ${message}`).join('\n'));
    this.name = 'Mistakes';
    this.mistakes = lines;
  }
}

/** Names and values of users can hold anything, also what moves a terminal's cursor. */
function inOneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, (character) =>
    character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const WARNING = 'knitmesh/warning';

/** Records what is wrong with a construct. Nothing is written while there is one; all of them are reported together. */
export function addMistake(construct: IConstruct, message: string): void {
  construct.node.addValidation({ validate: () => [message] });
}

/** Records what a user should know of a construct. Rendering goes on. */
export function addWarning(construct: IConstruct, message: string): void {
  construct.node.addMetadata(WARNING, message);
}

/** All that is wrong with a construct and those within it, in the order of the tree. */
export function mistakesOf(root: IConstruct): Mistake[] {
  return mistakesAmong(root.node.findAll());
}

/** All that is wrong with some constructs by themselves. */
export function mistakesAmong(constructs: readonly IConstruct[]): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const { node } of constructs) {
    for (const message of node.validate()) mistakes.push({ where: node.path, message });
  }
  return mistakes;
}

/** All warnings of a construct and those within it, in the order of the tree. */
export function warningsOf(root: IConstruct): Mistake[] {
  const warnings: Mistake[] = [];
  for (const { node } of root.node.findAll()) {
    for (const { type, data } of node.metadata) {
      if (type === WARNING) warnings.push({ where: node.path, message: String(data) });
    }
  }
  return warnings;
}
