import * as fc from 'fast-check';
import { dnsSubdomainProblem } from '../syntax/dns';
import { certifiesName, hostnameProblem, objectName, servesName } from './hostname';

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const name = fc.array(label, { minLength: 2, maxLength: 5 }).map((labels) => labels.join('.'));
const hostname = fc.tuple(fc.boolean(), name).map(([pattern, base]) => (pattern ? `*.${base}` : base));

test.each([
  ['*.example.com', 'a.example.com', true, true],
  ['*.example.com', 'a.b.example.com', true, false],
  ['*.b.example.com', 'a.b.example.com', true, true],
  ['*.example.com', 'example.com', false, false],
  ['*.example.com', 'aexample.com', false, false],
  ['www.example.com', 'www.example.com', true, true],
  ['www.example.com', 'a.www.example.com', false, false],
])('%s and %s: a Host serves it %p, a certificate is valid for it %p', (pattern, of, served, certified) => {
  expect([servesName(pattern, of), certifiesName(pattern, of)]).toEqual([served, certified]);
});

test('whatever a certificate is valid for, a Host of its hostname serves', () => {
  fc.assert(
    fc.property(hostname, name, label, (pattern, other, first) => {
      const candidates = [other, pattern, pattern.replace('*', first)];
      const certified = candidates.filter((candidate) => certifiesName(pattern, candidate));
      expect(certified.every((candidate) => servesName(pattern, candidate))).toBe(true);
    }),
  );
});

test("an object's name is a name that Kubernetes takes, without dots", () => {
  fc.assert(
    fc.property(hostname, (of) => {
      expect(hostnameProblem(of)).toBeUndefined();
      expect(dnsSubdomainProblem(objectName(of))).toBeUndefined();
      expect(objectName(of)).not.toContain('.');
    }),
  );
});

test.each(['*', '*.', 'a.*.example.com', '**.example.com', '*example.com', 'Example.com', ''])(
  '%s is refused',
  (of) => {
    expect(hostnameProblem(of)).toMatch(/is not a DNS name/);
  },
);
