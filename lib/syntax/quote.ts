/** A value as an error message names it. */
export function quote(value: unknown): string {
  return JSON.stringify(value);
}
