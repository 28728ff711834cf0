import { entryOf } from './entry-of';
import { isMapping } from './json';
import { pathText } from './json-path';
import type { Json } from './manifest';

/** A value, and where it stands. */
export interface PlacedValue {
  readonly path: string;
  readonly value: Json;
}

/**
 * What stands at a path in which `[]` is each item of a list: `spec.tls[].secretName`.
 *
 * @param pattern steps that are joined by dots, so that no key with a dot is one
 */
export function valuesAt(value: unknown, pattern: string): PlacedValue[] {
  const steps = entryOf(known, pattern, () => pattern.replaceAll('[]', '.[]').split('.'));
  const path: (string | number)[] = [];
  const found: PlacedValue[] = [];
  const descend = (from: unknown, depth: number): void => {
    const step = steps[depth];
    if (step === undefined) found.push({ path: pathText(path), value: from as Json });
    else if (step !== '[]') {
      if (!isMapping(from) || !Object.hasOwn(from, step)) return;
      path.push(step);
      descend(from[step], depth + 1);
      path.pop();
    } else if (Array.isArray(from)) {
      for (const [index, item] of from.entries()) {
        path.push(index);
        descend(item, depth + 1);
        path.pop();
      }
    }
  };
  descend(value, 0);
  return found;
}

const known = new Map<string, readonly string[]>();
