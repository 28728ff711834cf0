/** What was done for a platform. */
interface OfEnvironment {
  /** `undefined` where there is one platform, which has none. */
  readonly environment: string | undefined;
}

/** For programs: one platform, or a list of those that have an environment each. */
export function jsonOfEach<T extends OfEnvironment>(done: readonly T[], json: (one: T) => object): string {
  const all = done.map((one) => ({
    ...(one.environment !== undefined && { environment: one.environment }),
    ...json(one),
  }));
  return `${JSON.stringify(all.length === 1 ? all[0] : all, null, 2)}\n`;
}

/** For people: each below the folder of its environment. */
export const textOfEach = <T extends OfEnvironment>(done: readonly T[], text: (one: T) => string): string =>
  done.map((one) => (one.environment === undefined ? '' : `${one.environment}/\n\n`) + text(one)).join('\n');
