import type { JsonPath } from '../../objects/manifest';

/** A field that nothing asked for. */
export interface UnreadField {
  readonly path: JsonPath;

  /** The fields of the same mapping that were asked for. */
  readonly asked: readonly string[];
}

/**
 * Gives a reader a view of a value that remembers which fields are asked for. A precompiled validator asks for each field that its schema
 * names, so that what it never asks for is not in the schema. Of a mapping of which it asks for nothing the schema says nothing.
 *
 * A field that is null is not there, as the API server reads it.
 */
export class RecordedFields {
  /** The view. */
  readonly view: unknown;

  private readonly asked = new Map<object, Set<string>>();
  private readonly views = new Map<object, object>();

  /** @param isUnknown whether a field counts as one that was not asked for, whoever asks */
  constructor(
    private readonly value: unknown,
    private readonly isUnknown: (path: JsonPath) => boolean = () => false,
  ) {
    this.view = this.viewOf(value);
  }

  /** The fields that are there and were not asked for. */
  get unread(): UnreadField[] {
    return [...this.unreadIn(this.value, [])];
  }

  private *unreadIn(value: unknown, path: JsonPath): Iterable<UnreadField> {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) yield* this.unreadIn(item, [...path, index]);
      return;
    }
    const asked = this.asked.get(value);
    if (asked === undefined) return;
    for (const [key, child] of Object.entries(value)) {
      const here = [...path, key];
      if (asked.has(key) && !this.isUnknown(here)) yield* this.unreadIn(child, here);
      else yield { path: here, asked: [...asked] };
    }
  }

  private viewOf(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const made = this.views.get(value);
    if (made !== undefined) return made;
    const target: object = Array.isArray(value) ? value : withoutNulls(value);
    const view = new Proxy(target, {
      get: (fields, key) => {
        if (typeof key === 'string' && !Array.isArray(value)) this.record(value, key);
        return this.viewOf(Reflect.get(fields, key));
      },
    });
    this.views.set(value, view);
    return view;
  }

  private record(mapping: object, key: string): void {
    const asked = this.asked.get(mapping);
    if (asked === undefined) this.asked.set(mapping, new Set([key]));
    else asked.add(key);
  }
}

function withoutNulls(value: object): object {
  if (!Object.values(value).includes(null)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, child]) => child !== null));
}
