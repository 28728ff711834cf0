import { withoutCommands } from './ci-command';
import { withoutCredentials } from './url-credentials';
import { jsonEscape, visible } from './visible';

/**
 * A text in one line that neither a terminal nor a CI system obeys, and in which no URL has a password. A character that is not as it was is
 * written as in JSON, so that a line of JSON says the same.
 */
export function inert(text: string): string {
  return withoutCommands(visible(withoutCredentials(text)), jsonEscape);
}
