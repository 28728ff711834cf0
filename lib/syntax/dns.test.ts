import fc from 'fast-check';
import { dns1035LabelProblem, dnsLabelProblem, dnsSubdomainProblem, domainProblem } from './dns';

it.each(['a', 'a-b', '7up', 'x'.repeat(63)])('%s is a label', (value) => {
  expect(dnsLabelProblem(value)).toBeUndefined();
});

it.each(['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a b', 'ä', 'a\n'])('%j is not a label', (value) => {
  expect(dnsLabelProblem(value)).toBe(
    `${JSON.stringify(value)} is not a DNS label: use lower case letters, digits and '-', with a letter or digit at both ends`,
  );
});

test('a label has at most 63 characters, or fewer where something is added to it', () => {
  expect(dnsLabelProblem('x'.repeat(64))).toBe(`"${'x'.repeat(64)}" has 64 characters: at most 63 are allowed`);
  expect(dnsLabelProblem('xxxx', 3)).toBe('"xxxx" has 4 characters: at most 3 are allowed');
});

test('some labels begin with a letter', () => {
  expect(dns1035LabelProblem('up7')).toBeUndefined();
  expect(dns1035LabelProblem('7up')).toBe('"7up" begins with a digit: begin with a letter');
  expect(dns1035LabelProblem('-')).toMatch(/is not a DNS label/);
});

it.each(['a', 'example.com', '1.2.3.4', `${'x'.repeat(63)}.com`])('%s is a name', (value) => {
  expect(dnsSubdomainProblem(value)).toBeUndefined();
});

it.each(['', '.', 'a..b', '.a', 'a.', 'a_b.c', 'Example.com', '*.example.com'])('%s is not a name', (value) => {
  expect(dnsSubdomainProblem(value)).toMatch(/is not a DNS name: use labels of lower case letters/);
});

test('a label of a domain has at most 63 characters, and a part of another name any number', () => {
  const long = `${'x'.repeat(64)}.com`;
  expect(domainProblem(long)).toBe(`"${long}" has 64 characters between two dots: at most 63 are allowed`);
  expect(domainProblem(`${'x'.repeat(63)}.com`)).toBeUndefined();
  expect(domainProblem('a..b')).toBe(dnsSubdomainProblem('a..b'));
  expect(dnsSubdomainProblem(long)).toBeUndefined();
});

test('a name has at most 253 characters', () => {
  expect(dnsSubdomainProblem('a.'.repeat(127))).toMatch(/ has 254 characters: at most 253 are allowed$/);
});

test('labels with dots between them are a name', () => {
  const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 10 }), (labels) => {
      expect(labels.map((value) => dnsLabelProblem(value))).toEqual(labels.map(() => undefined));
      expect(dnsSubdomainProblem(labels.join('.'))).toBeUndefined();
    }),
  );
});
