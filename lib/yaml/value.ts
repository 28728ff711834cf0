import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../objects/manifest';
import type { ScalarMeaning } from '../syntax/yaml-scalar';
import { meaningOf } from '../syntax/yaml-scalar';
import { Expansion } from './expansion';
import { isInexact, PROTOTYPE } from './json-text';
import type { AliasNode, MappingNode, ScalarNode, YamlNode } from './node';
import { Unreadable } from './node';

/** What a document says, as JSON. */
export interface YamlValue {
  readonly value: Json;

  /**
   * A number that JavaScript cannot hold exactly, as it stands in the text.
   *
   * @default - there is none
   */
  readonly inexact?: string;
}

/**
 * What a document says, as kubectl makes JSON of it. The last of two equal keys counts.
 * Source: go.yaml.in/yaml 2.4.2 `decode.go`, sigs.k8s.io/yaml 1.6.0 `yaml.go`.
 *
 * @throws Unreadable for what has no place in JSON, and for what other readers take for something else
 */
export function valueOf(node: YamlNode): YamlValue {
  const reader = new ValueReader();
  const value = reader.value(node);
  const [inexact] = reader.inexact;
  return inexact === undefined ? { value } : { value, inexact };
}

/** A mapping, as far as it is read. */
interface Filled {
  readonly fields: Record<string, Json>;

  /** What its keys are that are no texts: `1` and `"1"` are two keys to YAML, and one to JSON. */
  kinds?: Map<string, 'number' | 'boolean'>;
}

class ValueReader {
  readonly inexact: string[] = [];
  private readonly within = new Set<AliasNode>();
  private readonly expansion = new Expansion();

  value(node: YamlNode): Json {
    switch (node.kind) {
      case 'scalar':
        this.count(node);
        return this.scalar(node);
      case 'list':
        this.count(node);
        return node.items.map((item) => this.value(item));
      case 'mapping':
        return this.mapping(node).fields;
      case 'alias':
        this.count(node);
        return this.following(node, () => this.value(node.target));
    }
  }

  private count({ at }: YamlNode): void {
    if (this.expansion.isTooMuch(this.within.size > 0)) {
      const [outermost] = this.within;
      throw new Unreadable(
        outermost?.at ?? at,
        'aliases repeat so much that kubectl refuses the document: write out what they stand for',
      );
    }
  }

  private following<Result>(alias: AliasNode, read: () => Result): Result {
    if (this.within.has(alias)) throw new Unreadable(alias.at, 'an alias stands within what it stands for');
    this.within.add(alias);
    const result = read();
    this.within.delete(alias);
    return result;
  }

  private mapping(node: MappingNode): Filled {
    this.count(node);
    const filled: Filled = { fields: {} };
    for (const [key, value] of node.entries) {
      if (key.plain && key.tag === undefined && key.value === '<<') this.merge(filled, key, value);
      else {
        this.count(key);
        const name = this.keyOf(filled, key);
        filled.fields[name] = this.value(value);
      }
    }
    return filled;
  }

  /** What kubectl lets win over keys before it, and kustomize not. */
  private merge(into: Filled, key: ScalarNode, value: YamlNode): void {
    const merged: Filled = { fields: {} };
    // The first of several wins.
    for (const one of value.kind === 'list' ? [...value.items].reverse() : [value]) {
      const { fields, kinds } = this.merged(one);
      Object.assign(merged.fields, fields);
      for (const [name, kind] of kinds ?? []) (merged.kinds ??= new Map()).set(name, kind);
    }
    for (const [name, field] of Object.entries(merged.fields)) {
      if (Object.hasOwn(into.fields, name) && !isDeepStrictEqual(into.fields[name], field)) {
        throw new Unreadable(
          key.at,
          '"<<" stands after a key that it sets as well: kubectl takes its value, kustomize the other: put "<<" first',
        );
      }
      into.fields[name] = field;
    }
    for (const [name, kind] of merged.kinds ?? []) (into.kinds ??= new Map()).set(name, kind);
  }

  private merged(node: YamlNode): Filled {
    if (node.kind === 'mapping') return this.mapping(node);
    if (node.kind !== 'alias' || node.target.kind !== 'mapping') {
      throw new Unreadable(node.at, '"<<" takes a mapping, an alias of one, or a list of those');
    }
    const { target } = node;
    this.count(node);
    return this.following(node, () => this.mapping(target));
  }

  private keyOf(filled: Filled, key: ScalarNode): string {
    const meant = meaningOfScalar(key);
    const name = keyName(key);
    const kind = meant === undefined ? undefined : typeof meant === 'boolean' ? 'boolean' : 'number';
    const known = filled.kinds?.get(name);
    if (known !== kind && (known !== undefined || Object.hasOwn(filled.fields, name))) {
      throw new Unreadable(key.at, 'this is a key twice, once as a text: which one kubectl takes is left to chance');
    }
    if (kind !== undefined) (filled.kinds ??= new Map()).set(name, kind);
    if (name === '__proto__') throw new Unreadable(key.at, PROTOTYPE);
    return name;
  }

  private scalar(node: ScalarNode): Json {
    const meant = meaningOfScalar(node);
    if (meant === undefined) return textOf(node);
    if (meant === null || typeof meant === 'boolean') return meant;
    const number = Number(meant);
    if (!Number.isFinite(number)) {
      throw new Unreadable(node.at, 'this number has no place in JSON, so kubectl refuses it');
    }
    if (isInexact(number)) this.inexact.push(node.value);
    return number;
  }
}

const LARGEST = 2n ** 63n - 1n;

/** A key as kubectl writes it in JSON. @throws Unreadable for one that JSON has no place for */
export function keyName(key: ScalarNode): string {
  const meant = meaningOfScalar(key);
  if (meant === undefined) return textOf(key);
  if (meant === null || typeof meant === 'number' || (typeof meant === 'bigint' && meant > LARGEST)) {
    throw new Unreadable(key.at, 'this key is nothing or a fraction to kubectl, not a text: put it in quotes');
  }
  return String(meant);
}

/** What a scalar is, by its tag where it has one. */
function meaningOfScalar({ value, plain, tag, at }: ScalarNode): ScalarMeaning {
  if (tag === undefined) return plain ? meaningOf(value) : undefined;
  if (tag === 'str' || tag === 'binary') return undefined;
  const meant = meaningOf(value);
  if (tag === 'null' && meant === null) return null;
  if (tag === 'bool' && typeof meant === 'boolean') return meant;
  if (tag === 'int' && typeof meant === 'bigint') return meant;
  if (tag === 'float' && typeof meant === 'number') return meant;
  if (tag === 'float' && typeof meant === 'bigint' && meant <= LARGEST) return Number(meant);
  throw new Unreadable(at, `this is no !!${tag}`);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function textOf({ value, tag, at }: ScalarNode): string {
  if (tag !== 'binary') return value;
  const base64 = value.replace(/[\r\n]/g, '');
  if (!BASE64.test(base64)) throw new Unreadable(at, 'what is tagged !!binary is no base64');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    throw new Unreadable(
      at,
      'what is tagged !!binary is no text, and kubectl would spoil it: use binaryData or data of a Secret',
    );
  }
}
