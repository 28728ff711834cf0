import { isMapping, text } from './json';
import type { JsonPath } from './manifest';

/** What a document holds: itself, or an item of it where it is a list. */
export interface DocumentItem {
  /** Where it stands in the document; empty for the document itself. */
  readonly path: JsonPath;
  readonly value: unknown;

  /** Why kubectl does not take it, in a clause. @default - nothing is known against it */
  readonly problem?: string;
}

const LIST = 'List';

/**
 * What kubectl takes from a document: whatever has `items` is a list of objects, of any kind, as `kubectl get -o yaml` writes it. Items of a
 * `ConfigMapList` need not say that they are ConfigMaps. A list within a list is refused. Source: apimachinery 0.32
 * `pkg/apis/meta/v1/unstructured/helpers.go` and `pkg/api/meta/help.go`; seen with kubectl 1.32.4.
 */
export function itemsOf(document: unknown): DocumentItem[] {
  const itself = { path: [], value: document };
  if (!isMapping(document)) return [itself];
  const kind = text(document.kind) ?? '';
  if (!Object.hasOwn(document, 'items')) {
    return [kind === LIST ? { ...itself, problem: 'is a List without items' } : itself];
  }
  const { items } = document;
  if (kind === '') return [{ ...itself, problem: 'has items and no kind: for a list of objects write kind: List' }];
  if (items === null) return [];
  if (!Array.isArray(items)) {
    return [{ path: ['items'], value: items, problem: `items of a ${kind} is no list: write one, or remove it` }];
  }
  const inferred = { apiVersion: text(document.apiVersion) ?? '', kind: kind.replace(/List$/, '') };
  return items.map((item: unknown, index) => {
    const found = { path: ['items', index], value: item };
    if (!isMapping(item)) return { ...found, problem: `items[${index}] of a ${kind} is no object` };
    if (Array.isArray(item.items)) {
      return { ...found, problem: `is a list within a list, which kubectl refuses: put its items into the outer one` };
    }
    const isTold = [item.kind, item.apiVersion].some((said) => (text(said) ?? '') !== '');
    return isTold ? found : { ...found, value: { ...item, ...inferred } };
  });
}
