import fc from 'fast-check';
import { escaped } from './escape';

test.each([
  [`<script>alert("1" & '2')</script>`, '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;'],
  ['\u0000\u001b[31m\ud800', '\ufffd\ufffd[31m\ufffd'],
  ['ünïcode 😀\n\t', 'ünïcode 😀\n\t'],
  ['\u202egnp.exe', '\\u202egnp.exe'],
  ['a\n::set-env::b ##[c]', 'a\n&#58;:set-env::b &#35;#[c]'],
])('%j', (text, expected) => {
  expect(escaped(text)).toBe(expected);
});

test('whatever goes in, no markup and nothing that XML cannot hold comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escaped(text)).toMatch(/^(?:[^<>"'&]|&(?:amp|lt|gt|quot|#\d\d);)*$/);
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      expect(escaped(text)).not.toMatch(/[\x00-\x08\x0b\x0c\x0d-\x1f]|\p{Surrogate}|\p{Cf}|[\u2028\u2029]/u);
    }),
  );
});
