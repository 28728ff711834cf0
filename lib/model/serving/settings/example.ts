const POLYNOMIAL = 0xedb88320;
const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest >>> 0;
});

/** The key under which a ConfigMap of the release shows what may be set. It sets nothing. */
export const EXAMPLE_KEY = '_example';

/** The annotation with the sum of the example: Serving's webhook refuses another example under the same sum. */
export const CHECKSUM_ANNOTATION = 'knative.dev/example-checksum';

/** The sum of an example: CRC-32 (IEEE) of the text with its line ends as `\n` in letters. Source: knative.dev/pkg 521cb33b33dd, `configmap/example.go`. */
export function exampleChecksum(example: string): string {
  const text = example.trim().replace(/(?:\r?\n)+/g, '\\n');
  let sum = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) sum = (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}
