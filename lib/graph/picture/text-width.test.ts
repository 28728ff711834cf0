import fc from 'fast-check';
import { textWidth, wrapped } from './text-width';

test.each([
  ['', 10, 0],
  ['i', 10, 2.22],
  ['W', 10, 9.44],
  ['ambassador', 10, 55.02],
  ['~', 10, 5.84],
  ['😀', 10, 10],
  ['é', 10, 10],
])('%j at %d is %d wide', (text, size, width) => {
  expect(textWidth(text, size)).toBeCloseTo(width, 1);
});

test('bold is wider', () => {
  expect(textWidth('ambassador', 10, 'bold')).toBeGreaterThan(textWidth('ambassador', 10));
});

test('lines break at spaces, and in long words behind hyphens', () => {
  expect(wrapped('a b', 10, 200)).toEqual(['a b']);
  expect(wrapped('one two three', 10, 40)).toEqual(['one two', 'three']);
  expect(wrapped('one-two-three', 10, 45)).toEqual(['one-two-', 'three']);
});

test('no line is too wide, and no character is lost', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200 }), (text) => {
      const lines = wrapped(text, 10, 100);
      expect(lines.every((line) => textWidth(line, 10) <= 100)).toBe(true);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});
