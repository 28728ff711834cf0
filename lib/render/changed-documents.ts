/** What became of a document of a file. */
export interface DocumentChange {
  readonly change: 'added' | 'changed' | 'removed';

  /** `Deployment ambassador/ambassador`, as far as the text says it. */
  readonly document: string;
}

/** The documents that two texts of a file do not have in common, each with what it is. */
export function changedDocuments(before: string, after: string): DocumentChange[] {
  if (before === after) return [];
  const [from, to] = [documentsOf(before), documentsOf(after)];
  const there = [...to].flatMap(([document, text]): DocumentChange[] => {
    const earlier = from.get(document);
    if (earlier === text) return [];
    return [{ change: earlier === undefined ? 'added' : 'changed', document }];
  });
  const gone = [...from.keys()].filter((document) => !to.has(document));
  return [...there, ...gone.map((document): DocumentChange => ({ change: 'removed', document }))];
}

function documentsOf(text: string): Map<string, string> {
  return new Map(
    text
      .split(/^---\n/m)
      .filter((document) => document.trim() !== '')
      .map((document) => [described(document), document]),
  );
}

/** Kind, namespace and name, which stand where every writer of manifests puts them. */
function described(document: string): string {
  const [, kind = 'document'] = /^kind: *["']?([\w.-]+)/m.exec(document) ?? [];
  const [, metadata = ''] = /^metadata:\n((?:[ #].*\n|\n)*)/m.exec(document) ?? [];
  const [, name = '?'] = /^ +(?:name|generateName): *["']?([^"'\n]+)/m.exec(metadata) ?? [];
  const [, namespace] = /^ +namespace: *["']?([^"'\n]+)/m.exec(metadata) ?? [];
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
