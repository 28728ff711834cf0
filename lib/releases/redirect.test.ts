import { redirected } from './redirect';

const AT = { https: 'https://a.example/releases/file.yaml', http: 'http://a.example/releases/file.yaml' } as const;

test.each([
  [AT.https, 'https://b.example/file', 'https://b.example/file'],
  [AT.https, '/other', 'https://a.example/other'],
  [AT.https, 'other.yaml', 'https://a.example/releases/other.yaml'],
  [AT.https, '//b.example/file', 'https://b.example/file'],
  [AT.http, 'http://b.example/file', 'http://b.example/file'],
  [AT.http, 'https://b.example/file', 'https://b.example/file'],
])('%s leads by %s to %s', (at, location, next) => {
  expect(redirected(at, location, new Set([at]))).toBe(next);
});

test.each<[string, string | string[] | undefined, string]>([
  [AT.https, 'http://a.example/other', 'redirect out of TLS: expected an https URL, got http://a.example/other'],
  [AT.https, 'HTTP://a.example/other', 'redirect out of TLS: expected an https URL, got http://a.example/other'],
  [AT.https, 'ftp://a.example/other', 'bad redirect: expected an http or https URL, got ftp://a.example/other'],
  [AT.http, 'file:///etc/passwd', 'bad redirect: expected an http or https URL, got file:///etc/passwd'],
  [AT.http, undefined, 'bad redirect: expected an http or https URL, got no usable Location'],
  [AT.http, ['/a', '/b'], 'bad redirect: expected an http or https URL, got no usable Location'],
  [AT.http, 'http://', 'bad redirect: expected an http or https URL, got no usable Location'],
  [AT.http, AT.http, `redirect loop: expected a file, got ${AT.http}`],
])('%s does not lead by %j anywhere', (at, location, message) => {
  expect(() => redirected(at, location, new Set([at]))).toThrow(message);
});

test('five redirects are followed, and a sixth is not', () => {
  const asked = (times: number): Set<string> =>
    new Set(Array.from({ length: times }, (_, hop) => `${AT.https}/${hop}`));
  expect(redirected(AT.https, '/next', asked(5))).toBe('https://a.example/next');
  expect(() => redirected(AT.https, '/next', asked(6))).toThrow('too many redirects: expected at most 5');
});
