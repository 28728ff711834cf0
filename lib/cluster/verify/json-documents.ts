import type { Json } from '../../objects/manifest';

export interface JsonDocuments {
  readonly documents: readonly Json[];

  /** What stands behind the last whole document: one that ends early, or no JSON. */
  readonly rest: string;
}

/** Reads JSON objects that are printed one behind the other, as `linkerd check` does for itself and each extension. Words before the first are left out. */
export function jsonDocuments(text: string): JsonDocuments {
  const documents: Json[] = [];
  const printed = text.slice(Math.max(0, text.indexOf('{')));
  let start = 0;
  let depth = 0;
  for (const { 0: token, index } of printed.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (token === '{') depth++;
    if (token !== '}' || --depth > 0) continue;
    try {
      documents.push(JSON.parse(printed.slice(start, index + 1)) as Json);
    } catch {
      break;
    }
    start = index + 1;
  }
  return { documents, rest: printed.slice(start).trim() };
}
