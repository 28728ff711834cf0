import { withoutCommands } from '../syntax/ci-command';
import { visible } from '../syntax/visible';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML cannot hold at all: control characters, and halves of characters. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNPRINTABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/gu;

/** What is invisible, sets the direction of writing, or ends a line for some. */
const FORMAT = /[\p{Cf}\p{Zl}\p{Zp}\r]/gu;

/** Text for HTML and SVG, between tags and in attributes. What they cannot hold becomes `�`; what is not to be seen is written out. */
export function escaped(text: string): string {
  const plain = text.replace(UNPRINTABLE, '\ufffd').replace(FORMAT, visible);
  const entities = plain.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  return withoutCommands(entities, (character) => `&#${character.charCodeAt(0)};`);
}
