import { parseDocument, Scalar } from 'yaml';

/**
 * The values document in the ConfigMap `linkerd-config`, which the proxy injector and Linkerd's command line tool read, with some
 * texts of several lines set. What is not set stays as it is written.
 *
 * @throws Error if it has no such value
 */
export function withValues(
  values: string,
  changes: readonly (readonly [path: readonly string[], text: string])[],
): string {
  const document = parseDocument(values);
  for (const [path, text] of changes) {
    if (!document.hasIn(path)) throw new Error(`its values have no ${path.join('.')}`);
    const scalar = new Scalar(text);
    scalar.type = Scalar.BLOCK_LITERAL;
    document.setIn(path, scalar);
  }
  return document.toString({ lineWidth: 0, indentSeq: false });
}
