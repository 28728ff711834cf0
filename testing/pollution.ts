const { prototype } = Object;

/** What every object of JavaScript has. `__proto__` stands for the prototype itself. */
const INHERITED = Object.getOwnPropertyNames(prototype).filter((name) => name !== '__proto__');

/**
 * What every object has got from somebody's key such as `__proto__` or `constructor`. It is taken out, so that what comes after in the
 * same process is not to blame.
 */
export function takeOutPollution(): string[] {
  const shared = new Map(INHERITED.map((name) => [`${name}.`, Reflect.get(prototype, name) as object]));
  return [...shared.set('', prototype)].flatMap(([name, object]) =>
    Object.keys(object).map((key) => {
      Reflect.deleteProperty(object, key);
      return `${name}${key}`;
    }),
  );
}
