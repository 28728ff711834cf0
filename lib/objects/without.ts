/** An object without some of its keys. */
export function without<Given extends object, Key extends keyof Given>(
  object: Given,
  ...keys: readonly Key[]
): Omit<Given, Key> {
  const rest = Object.entries(object).filter(([key]) => !keys.includes(key as Key));
  return Object.fromEntries(rest) as Omit<Given, Key>;
}
