import fc from 'fast-check';
import { visible } from './visible';

test.each([
  ['a terminal would obey it', 'a\u001b[2Jb\u009b31m\u007f', 'a\\u001b[2Jb\\u009b31m\\u007f'],
  ['it would begin a line', 'a\nb\r\tc\u2028d\u0085e', 'a\\nb\\r\\tc\\u2028d\\u0085e'],
  ['it would turn the text around, or hide', 'a\u202eb\u2066c\u200bd\ufeff', 'a\\u202eb\\u2066c\\u200bd\\ufeff'],
  ['it is a half, or of two halves', '\ud800 \u{e0041}', '\\ud800 \\udb40\\udc41'],
  ['nothing', 'Grüße, 世界 😀', 'Grüße, 世界 😀'],
])('what is written out: %s', (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('whatever goes in, one line comes out that a terminal shows as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});

test('within JSON it stands for the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(visible(JSON.stringify(text)))).toBe(text);
    }),
  );
});
