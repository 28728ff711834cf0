/** What was done for a platform. */
interface OfEnvironment {
  /** `undefined` where there is one platform, which has none. */
  readonly environment: string | undefined;
}

/** For programs: one platform, or a list of those that have an environment each. */
export function jsonOfEach<T extends OfEnvironment>(done: readonly T[], json: (one: T) => object): unknown {
  const all = done.map((one) => ({
    ...(one.environment !== undefined && { environment: one.environment }),
    ...json(one),
  }));
  return all.length === 1 ? all[0] : all;
}

/** For people: each below the folder of its environment, line by line. */
export const linesOfEach = <T extends OfEnvironment>(done: readonly T[], lines: (one: T) => string[]): string[] =>
  done.flatMap((one, index) => [
    ...(index === 0 ? [] : ['']),
    ...(one.environment === undefined ? [] : [`${one.environment}/`, '']),
    ...lines(one),
  ]);
