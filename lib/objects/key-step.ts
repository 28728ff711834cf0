const PLAIN = /^[A-Za-z_$][A-Za-z0-9_$-]*$/;

/** A key as it stands behind the path to its mapping: `.image`, `["linkerd.io/inject"]`. */
export function keyStep(key: string): string {
  return PLAIN.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
