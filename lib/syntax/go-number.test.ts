import { goBool, goFloat, goInteger } from './go-number';

it.each([
  ['5', 5],
  ['+5', 5],
  ['-05', -5],
  ['', undefined],
  ['5.0', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['1_000', undefined],
  [' 5', undefined],
  ['five', undefined],
])('%j is the whole number %s', (text, number) => {
  expect(goInteger(text)).toBe(number);
});

it.each([
  ['70', 70],
  ['.5', 0.5],
  ['5.', 5],
  ['-1', -1],
  ['+1e3', 1000],
  ['0x1p4', 16],
  ['-0x.8p1', -1],
  ['Inf', Infinity],
  ['-infinity', -Infinity],
  ['NaN', NaN],
  ['', undefined],
  ['.', undefined],
  ['1e400', undefined],
  ['70%', undefined],
  ['1_000', undefined],
  ['0x10', undefined],
  ['1,5', undefined],
])('%j is the number %s', (text, number) => {
  expect(goFloat(text)).toBe(number);
});

it.each([
  ['true', true],
  ['T', true],
  ['1', true],
  ['False', false],
  ['0', false],
  ['no', undefined],
  ['yes', undefined],
  ['', undefined],
  ['tRUE', undefined],
])('%j is %s', (text, flag) => {
  expect(goBool(text)).toBe(flag);
});
