/** What stands for something that nobody is to read. */
export const MASK = '(masked)';

/** Schemes of which a user's name is no secret, since nobody logs in by a name alone. */
const LOGIN_BY_KEY = /^(?:git\+)?ssh$/i;

/** A URL with its scheme, up to a space or a quotation mark. A backslash takes the next character with it, as in JSON. */
const URL_IN_TEXT = /\b([a-z][a-z0-9+.-]*):\/\/((?:\\.|[^\s"'`<>\\])+)/gi;

/** What ends a URL's authority. */
const AUTHORITY = /^[^/?#]*/;

/** A host, or its address, and a port: after them an `@` is part of a path. */
const HOST = /^(?:\[[0-9a-f:.]+\]|[^:@]*)(?::\d*)?$/i;

/** A text without the user names and passwords of the URLs in it, also of those that are no good URLs. */
export function withoutCredentials(text: string): string {
  if (!text.includes('://') || !text.includes('@')) return text;
  return text.replace(URL_IN_TEXT, (url: string, scheme: string, rest: string) => {
    const [authority] = AUTHORITY.exec(rest) ?? [''];
    // A password with a slash in it, which should have been written as %2F, ends the authority early.
    const end = HOST.test(authority)
      ? -1
      : authority.includes('@')
        ? authority.lastIndexOf('@')
        : rest.lastIndexOf('@');
    if (end < 0) return `${scheme}://${withoutCredentials(rest)}`;
    const user = rest.slice(0, end);
    if (LOGIN_BY_KEY.test(scheme) && !user.includes(':')) return url;
    return `${scheme}://${MASK}${rest.slice(end)}`;
  });
}

/** What is meant to be the address of a server, without a user name and a password: it may have no scheme, and anything in its password. */
export function addressWithoutCredentials(address: string): string {
  const shown = withoutCredentials(address);
  if (shown !== address) return shown;
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^]*)$/i.exec(address) ?? [];
  const [, user = ''] = /^([^]*)@/.exec(rest) ?? [];
  const secret = user.includes(':') && !user.includes('://');
  return secret ? `${scheme}${MASK}${rest.slice(user.length)}` : address;
}
