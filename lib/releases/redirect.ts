import { withoutCredentials } from '../syntax/url-credentials';
import { FetchProblem } from './fetch-problem';

const MOST_REDIRECTS = 5;

/**
 * The URL that a redirect leads to. What was asked for over TLS is never taken from anywhere else.
 *
 * @param at the URL that answered
 * @param seen those that were asked so far, `at` among them
 * @throws FetchProblem if it is not to be followed
 */
export function redirected(at: string, location: string | string[] | undefined, seen: ReadonlySet<string>): string {
  const next = typeof location === 'string' && URL.canParse(location, at) ? new URL(location, at).href : undefined;
  const problem = (what: string, expected: string): FetchProblem =>
    new FetchProblem({ what, expected, got: withoutCredentials(next ?? 'no usable Location') });
  if (next === undefined || !/^https?:/.test(next)) throw problem('bad redirect', 'an http or https URL');
  if (at.startsWith('https:') && !next.startsWith('https:')) throw problem('redirect out of TLS', 'an https URL');
  if (seen.has(next)) throw problem('redirect loop', 'a file');
  if (seen.size > MOST_REDIRECTS) throw problem('too many redirects', `at most ${MOST_REDIRECTS}`);
  return next;
}
