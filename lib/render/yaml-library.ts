import type { ScalarTag, Tags } from 'yaml';
import { stringify } from 'yaml';
import { stringifyString } from 'yaml/util';
import type { Json } from '../objects/manifest';
import { meaningOf } from '../syntax/yaml-scalar';
import { inKeyOrder } from './key-order';
import { escaped, isLiteral, needsEscapes, quoted } from './yaml-text';

const strings: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: (value) => typeof value === 'string',
  resolve: (value) => value,
  stringify(item, context, onComment, onChompKeep) {
    const value = item.value as string;
    if (needsEscapes(value, isLiteral(value))) return escaped(value);
    if (meaningOf(value) !== undefined) return quoted(value);
    return stringifyString(item, { ...context, actualString: true }, onComment, onChompKeep);
  },
};

const withOurStrings = (tags: Tags): Tags => [
  ...tags.filter((tag) => typeof tag === 'string' || tag.tag !== strings.tag),
  strings,
];

/** A value as one YAML document, by the library: right for any value, and slow. */
export function toYamlByLibrary(value: Json): string {
  return stringify(inKeyOrder(value), {
    compat: 'yaml-1.1',
    customTags: withOurStrings,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}
