import { createRequire } from 'node:module';
import type * as re2js from 're2js';

const load = createRequire(__filename);

/** A regular expression as Go and all that is written in it read one, such as the API server and Prometheus. */
export interface Re2 {
  /** Whether it matches anywhere in a text. It takes time in proportion to the text, whatever the expression is. */
  test(text: string): boolean;
}

const known = new Map<string, Re2 | { readonly problem: string }>();

/**
 * A pattern in RE2's syntax, which has no lookaround and no backreferences. Each is read once.
 *
 * @returns what is wrong with it, in a few words, if anything is
 */
export function re2(pattern: string): Re2 | { readonly problem: string } {
  const found = known.get(pattern) ?? read(pattern);
  known.set(pattern, found);
  return found;
}

/** Most platforms have no patterns: the library is read where there is one. */
function read(pattern: string): Re2 | { readonly problem: string } {
  const { RE2JS, RE2JSException, RE2JSSyntaxException } = load('re2js') as typeof re2js;
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return { problem: error.getDescription() };
    if (error instanceof RE2JSException) return { problem: error.message };
    throw error;
  }
}
