/** The keys of a mapping in the order of code units. Most are in that order already, and sorting them takes longer than seeing so. */
export function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  return keys.some((key, index) => index > 0 && (keys[index - 1] ?? '') > key) ? keys.sort() : keys;
}
