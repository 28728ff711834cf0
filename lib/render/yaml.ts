import type { ScalarTag, Tags } from 'yaml';
import { stringify } from 'yaml';
import { stringifyString } from 'yaml/util';
import type { Json } from '../objects/manifest';
import { inKeyOrder } from './key-order';

/** What kubectl's reader takes for the end of a line or for not printable, though the library writes it plainly. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const ESCAPED = /[\x00-\x08\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]|\t/;

/** What it takes for a value or a mark of its own at the beginning of a plain string. */
const MARK = /^[=<-]/;

/** What a literal block holds as it is: neither leading nor trailing blanks, which need indicators, and at most one last line break. */
const LITERAL = /^[^\s][^]*[^\s]\n?$/;
const BLANK_AT_LINE_END = /[ \t]\n/;

const strings: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: (value) => typeof value === 'string',
  resolve: (value) => value,
  stringify(item, context, onComment, onChompKeep) {
    const value = item.value as string;
    const literal = value.includes('\n') && LITERAL.test(value) && !BLANK_AT_LINE_END.test(value);
    if (ESCAPED.test(value) || (!literal && (MARK.test(value) || value.includes('\n')))) return escaped(value);
    return stringifyString(item, { ...context, actualString: true }, onComment, onChompKeep);
  },
};

const withOurStrings = (tags: Tags): Tags => [
  ...tags.filter((tag) => typeof tag === 'string' || tag.tag !== strings.tag),
  strings,
];

/** JSON's notation, with escapes for all that is not printable everywhere. */
function escaped(value: string): string {
  return JSON.stringify(value).replace(
    /[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * A value as one YAML document, in the words of YAML 1.2 that a reader of YAML 1.1, as kubectl is, reads the same:
 * what either would take for a number, a boolean, a date or nothing is quoted when it is a string.
 */
export function toYaml(value: Json): string {
  return stringify(inKeyOrder(value), {
    compat: 'yaml-1.1',
    customTags: withOurStrings,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}
