/**
 * The JSON that kubectl printed.
 *
 * @throws Error if it is none; what it is instead is not repeated, since it may hold values of Secrets
 */
export function printedJson(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    throw new Error('what kubectl printed is no JSON: see that it is kubectl, and no wrapper that prints more');
  }
}
