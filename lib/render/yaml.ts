import { createRequire } from 'node:module';
import type { Json } from '../objects/manifest';
import { isWhole } from '../objects/unwritable';
import { keysInOrder } from './key-order';
import type * as library from './yaml-library';
import { escaped, isLiteral, isPlain, isSimple, needsEscapes, quoted } from './yaml-text';

const load = createRequire(__filename);

/**
 * A value as one YAML document, in the words of YAML 1.2 that a reader of YAML 1.1, as kubectl is, reads the same:
 * what either would take for a number, a boolean, a date or nothing is quoted when it is a string.
 *
 * The bytes are those of the YAML library with those quotes, which takes many times as long; what objects never have is left to it.
 */
export function toYaml(value: Json): string {
  if (typeof value === 'object' && value !== null) {
    const text = Array.isArray(value) ? list(value, '\n') : mapping(value, '\n', true);
    if (text !== undefined) return `${text}\n`;
  }
  return (load('./yaml-library') as typeof library).toYamlByLibrary(value);
}

/** No text: the value is left to the library. */
type Written = string | undefined;

/** @param indent a line break, and the blanks before the lines of the value */
function written(value: Json, indent: string): Written {
  switch (typeof value) {
    case 'string':
      return string(value, indent);
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? JSON.stringify(value) : undefined;
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null) return 'null';
      if (typeof value !== 'object') return undefined;
      return Array.isArray(value) ? list(value, indent) : mapping(value, indent, false);
  }
}

function list(values: readonly Json[], indent: string): Written {
  if (values.length === 0) return '[]';
  let text = '';
  for (const value of values) {
    const item = written(value, `${indent}  `);
    if (item === undefined) return undefined;
    text += text === '' ? `- ${item}` : `${indent}- ${item}`;
  }
  return text;
}

function mapping(value: Readonly<Record<string, Json>>, indent: string, outermost: boolean): Written {
  const within = `${indent}  `;
  let text = '';
  for (const key of keysInOrder(value)) {
    const name = keyText(key, outermost);
    const child = value[key] as Json;
    const member = written(child, within);
    if (name === undefined || member === undefined) return undefined;
    const below = typeof child === 'object' && member !== 'null' && member !== '[]' && member !== '{}';
    text += `${text === '' ? '' : indent}${name}:${below ? within : ' '}${member}`;
  }
  return text === '' ? '{}' : text;
}

function string(value: string, indent: string): Written {
  if (isSimple(value)) return value;
  if (!isWhole(value)) return undefined;
  const literal = isLiteral(value);
  if (needsEscapes(value, literal)) return escaped(value);
  if (literal) return block(value, indent);
  return isPlain(value) ? value : quoted(value);
}

/** A text of several lines as it is. Its empty lines have no blanks. */
function block(value: string, indent: string): string {
  const ended = value.endsWith('\n');
  const lines = (ended ? value.slice(0, -1) : value).replace(/\n+/g, (breaks) => `${breaks.slice(1)}${indent}`);
  return `${ended ? '|' : '|-'}${indent}${lines}`;
}

/** Beyond that the library writes keys in another form. */
const LONGEST_KEY = 1024;

/** Objects have the same keys over and over; those of the whole document may read differently. */
const keyTexts = { within: new Map<string, string>(), outermost: new Map<string, string>() };

function keyText(key: string, outermost: boolean): Written {
  const texts = outermost ? keyTexts.outermost : keyTexts.within;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = newKeyText(key, outermost);
  if (text !== undefined) texts.set(key, text);
  return text;
}

function newKeyText(key: string, outermost: boolean): Written {
  if (!isWhole(key)) return undefined;
  const text = textOfKey(key, outermost);
  return text.length > LONGEST_KEY ? undefined : text;
}

function textOfKey(key: string, outermost: boolean): string {
  if (needsEscapes(key, isLiteral(key))) return escaped(key);
  if (key.includes('\n')) return JSON.stringify(key);
  // Three dots end a document.
  return isPlain(key) && !(outermost && key.startsWith('...')) ? key : quoted(key);
}
