import { re2 } from './re2';

test.each<[string, string, boolean]>([
  ['^[a-z]+$', 'abc', true],
  ['^[a-z]+$', 'aBc', false],
  ['b', 'abc', true],
  ['(?i)^a$', 'A', true],
  // What Go has, and JavaScript has not or reads in another way.
  ['^[[:alpha:]]+$', 'abc', true],
  [String.raw`^a\z`, 'a\n', false],
  [String.raw`^\pL+$`, 'é', true],
  ['^.$', '😀', true],
])('%s in %j: %p', (pattern, text, matches) => {
  const read = re2(pattern);
  expect('test' in read && read.test(text)).toBe(matches);
});

test.each([
  ['(?=a)b', 'invalid or unsupported Perl syntax'],
  [String.raw`(a)\1`, 'invalid escape sequence'],
  ['(', 'missing closing )'],
  ['a{1001}', 'invalid repeat count'],
])('what Go does not read is told: %s', (pattern, problem) => {
  expect(re2(pattern)).toEqual({ problem });
});

test('nor does one that nests too deeply stop anything', () => {
  expect(re2('('.repeat(5000) + ')'.repeat(5000))).toEqual({ problem: 'expression nests too deeply' });
});

test('an expression that would try without end elsewhere takes no time', () => {
  const read = re2('^(a+)+$');
  expect('test' in read && read.test(`${'a'.repeat(100_000)}b`)).toBe(false);
});

test('each is read once', () => {
  expect(re2('^once$')).toBe(re2('^once$'));
});
