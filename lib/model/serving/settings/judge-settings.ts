import type { Texts } from '../../../objects/json';
import { isMapping, strings } from '../../../objects/json';
import { keyStep } from '../../../objects/key-step';
import type { Json } from '../../../objects/manifest';
import { domainProblem } from '../../../syntax/dns';
import { nearest } from '../../../syntax/nearest';
import { quote } from '../../../syntax/quote';
import type { ServingConfigMap } from '../config-maps';
import type { ServingProblem } from '../problem';
import { Problems } from '../problem';
import { CHECKSUM_ANNOTATION, EXAMPLE_KEY, exampleChecksum } from './example';
import type { Reading, YamlShape } from './reading';
import { yamlShapeProblem } from './reading';
import { RULES } from './rules';
import type { Keys } from './tables';
import { DEPRECATED_KEYS, DOMAIN, OPEN_KEYS, SETTINGS } from './tables';

/** Where the release puts its own image, without which Serving refuses the ConfigMap. */
const IMAGE = { name: 'config-deployment', key: 'queue-sidecar-image', older: 'queueSidecarImage' };

/** How YAML within a ConfigMap is read: `undefined` if it cannot be. */
export type ReadYaml = (text: string) => Json | undefined;

/**
 * What Serving says of one of its ConfigMaps: values that its parsers refuse, with which its webhook refuses all of the ConfigMap, and what they
 * take and do nothing with. ConfigMaps of other names are nobody's concern here.
 */
export function judgeSettings({ object, name, data, path }: ServingConfigMap, readYaml: ReadYaml): ServingProblem[] {
  const problems = new Problems();
  const keys = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (keys === undefined && name !== DOMAIN.name) return [];
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || value === null || typeof value === 'string') continue;
    const shown = typeof value === 'object' ? 'a mapping or list' : String(value);
    problems.refuse(`${path}${keyStep(key)}`, `${shown} is not a text: put it in quotes`);
  }
  const texts = strings(data);
  checkExample(problems, path, texts, strings(object.manifest.metadata.annotations));
  if (keys === undefined) checkDomains(problems, path, texts, readYaml);
  else checkKeys(problems, name, path, texts, keys, readYaml);
  // The Operator adds what the release has.
  if (name === IMAGE.name && path === 'data' && (texts[IMAGE.key] ?? texts[IMAGE.older] ?? '').trim() === '') {
    problems.refuse(
      `${path}.${IMAGE.key}`,
      'is missing: Serving refuses the ConfigMap without the image of the release',
    );
  }
  return problems.all;
}

function checkExample(problems: Problems, path: string, data: Texts, annotations: Texts): void {
  const example = data[EXAMPLE_KEY];
  if (example === undefined) return;
  const sum = annotations[CHECKSUM_ANNOTATION];
  const place = `${path}.${EXAMPLE_KEY}`;
  if (sum !== undefined && sum !== exampleChecksum(example)) {
    problems.refuse(
      place,
      `was changed, which ${CHECKSUM_ANNOTATION} shows, and Serving refuses it: it sets nothing, write keys beside it, and remove it with the annotation`,
    );
  }
}

function checkKeys(problems: Problems, name: string, path: string, data: Texts, keys: Keys, readYaml: ReadYaml): void {
  const olderKeys = olderKeysOf(keys);
  for (const [key, value] of Object.entries(data)) {
    if (key === EXAMPLE_KEY) continue;
    const newer = olderKeys.get(key) ?? key;
    const where = `${path}${keyStep(key)}`;
    const reading = Object.hasOwn(keys, newer) ? keys[newer] : undefined;
    if (reading === undefined) {
      const open = OPEN_KEYS[name];
      const isOpen = open !== undefined && key.startsWith(open.prefix) && key !== open.prefix;
      if (isOpen) checkValue(problems, where, value, open.reading);
      if (!isOpen || open.ignored) problems.refuse(where, unknownKey(key, keys), 'setting-ignored');
      continue;
    }
    const deprecated = DEPRECATED_KEYS[name]?.[newer];
    if (deprecated !== undefined) {
      problems.refuse(where, `this key is deprecated: write ${deprecated}`, 'setting-ignored');
    } else if (newer !== key) {
      problems.refuse(where, `this is the older spelling of a key: write ${newer}`, 'setting-ignored');
    }
    checkValue(problems, where, value, reading);
    if (reading.yaml !== undefined) problems.refuse(where, yamlProblem(value, reading.yaml, readYaml));
  }
  const textOf = (key: string): string | undefined => data[key] ?? data[keys[key]?.older ?? key];
  for (const { key, message } of RULES[name]?.(textOf) ?? []) {
    const problem = keys[key]?.refused?.(textOf(key) ?? '');
    // What is wrong by itself is said already.
    if (textOf(key) === undefined || problem === undefined) problems.refuse(`${path}${keyStep(key)}`, message);
  }
}

/** Whether Serving reads a key of a ConfigMap, in this spelling or as an older one. The keys of config-domain are domains. */
export function isKnownKey(name: string, key: string): boolean {
  const keys = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  return keys !== undefined && (Object.hasOwn(keys, key) || olderKeysOf(keys).has(key));
}

function olderKeysOf(keys: Keys): Map<string, string> {
  return new Map(Object.entries(keys).flatMap(([key, { older }]) => (older === undefined ? [] : [[older, key]])));
}

function checkValue(problems: Problems, where: string, value: string, { refused, ignored }: Reading): void {
  const text = value.trim();
  const problem = refused?.(value);
  if (problem !== undefined) problems.refuse(where, problem);
  else problems.refuse(where, ignored?.(text), 'setting-ignored');
}

function unknownKey(key: string, keys: Keys): string {
  const names = Object.keys(keys);
  const meant = names.find((name) => name.toLowerCase() === key.toLowerCase()) ?? nearest(key, names);
  return `Serving reads no such key, so that it does nothing: ${meant === undefined ? 'remove it, or correct its name' : `did you mean ${quote(meant)}?`}`;
}

function checkDomains(problems: Problems, path: string, data: Texts, readYaml: ReadYaml): void {
  for (const [domain, value] of Object.entries(data)) {
    if (domain === EXAMPLE_KEY) continue;
    const where = `${path}${keyStep(domain)}`;
    problems.refuse(where, domainProblem(domain), 'setting-ignored');
    problems.refuse(where, yamlProblem(value, DOMAIN.shape, readYaml));
  }
}

function yamlProblem(value: string, shape: YamlShape, readYaml: ReadYaml): string | undefined {
  const read = readYaml(value);
  if (read === null) return undefined;
  if (isMapping(read)) return yamlShapeProblem(read, shape);
  return read === undefined ? 'is no YAML: correct it' : 'is no mapping in YAML: write keys and values';
}
