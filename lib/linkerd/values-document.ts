import { parseDocument, Scalar } from 'yaml';

/**
 * The values document in the ConfigMap `linkerd-config`, which the proxy injector and Linkerd's command line tool read, with some
 * texts of several lines and some lists set. What is not set stays as it is written.
 *
 * @throws Error if it has no such value
 */
export function withValues(
  values: string,
  changes: readonly (readonly [path: readonly string[], value: string | readonly string[]])[],
): string {
  const document = parseDocument(values);
  for (const [path, value] of changes) {
    if (!document.hasIn(path)) throw new Error(`its values have no ${path.join('.')}`);
    document.setIn(path, typeof value === 'string' ? blockOf(value) : document.createNode(value));
  }
  return document.toString({ lineWidth: 0, indentSeq: false });
}

function blockOf(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
}
