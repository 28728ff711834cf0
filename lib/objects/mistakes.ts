import type { IConstruct } from 'constructs';

/** What a user got wrong, or should know: where, and in one line what was given and what to do. */
export interface Mistake {
  /** The construct's path, or `file:line`. */
  readonly where: string;
  readonly message: string;
}

/** Many mistakes, reported together. Commands print one line each and no stack trace. */
export class Mistakes extends Error {
  constructor(readonly mistakes: readonly Mistake[]) {
    super(mistakes.map(({ where, message }) => `${where}: ${message}`).join('\n'));
    this.name = 'Mistakes';
  }
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
