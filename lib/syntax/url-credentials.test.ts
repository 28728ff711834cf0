import fc from 'fast-check';
import { addressWithoutCredentials, MASK, withoutCredentials } from './url-credentials';

test.each([
  ['https://user:pass@m.example/a@b', `https://${MASK}@m.example/a@b`],
  ['http://user:pa@ss@host', `http://${MASK}@host`],
  ['http://user:p%40ss@host:3128/', `http://${MASK}@host:3128/`],
  ['http://user:pa/ss@host', `http://${MASK}@host`],
  ['http://user:pa#ss@host', `http://${MASK}@host`],
  ['http://user:pa?s@s@host', `http://${MASK}@host`],
  ['https://token@git.example/a.git', `https://${MASK}@git.example/a.git`],
  ['git+ssh://git:pw@git.example/a', `git+ssh://${MASK}@git.example/a`],
  ['ssh://git@git.example/a', 'ssh://git@git.example/a'],
  ['postgres://u:p@db/a and redis://:q@cache', `postgres://${MASK}@db/a and redis://${MASK}@cache`],
  ['"http://u:p\\"q@host"', `"http://${MASK}@host"`],
  ['https://proxy.example/https://u:p@host', `https://proxy.example/https://${MASK}@host`],
  ['https://m.example/a@b', 'https://m.example/a@b'],
  ['https://m.example:5000/a@sha256:00', 'https://m.example:5000/a@sha256:00'],
  ['http://[::1]:80/a@b', 'http://[::1]:80/a@b'],
  ['see https://m.example, or write to a@m.example', 'see https://m.example, or write to a@m.example'],
  ['/srv/a@b', '/srv/a@b'],
])('%s is shown as %s', (text, shown) => {
  expect(withoutCredentials(text)).toBe(shown);
});

test.each([
  ['user:pa@ss@host:3128', `${MASK}@host:3128`],
  ['http://user:pa ss@host', `http://${MASK}@host`],
  ['user:pa"ss@host', `${MASK}@host`],
  ['git@git.example:team/platform.git', 'git@git.example:team/platform.git'],
  ['proxy.example:3128', 'proxy.example:3128'],
])('an address without a good scheme, %s, is shown as %s', (address, shown) => {
  expect(addressWithoutCredentials(address)).toBe(shown);
});

test('whatever a password is, an address is shown without it', () => {
  const password = fc.string({ unit: 'binary', minLength: 1 }).map((text) => `marker${text}`);
  fc.assert(
    fc.property(password, fc.constantFrom('http://', 'socks5://', ''), (text, scheme) => {
      expect(addressWithoutCredentials(`${scheme}user:${text}@proxy.example`)).not.toContain('marker');
      expect(withoutCredentials(`see http://user:${encodeURIComponent(text)}@a`)).not.toContain('marker');
    }),
  );
});
