import { propProblem, wordProblem } from './word';

test('a word is one of those that there are', () => {
  expect(wordProblem('a', ['a', 'b'])).toBeUndefined();
  expect(wordProblem('c', ['a', 'b'])).toBe('"c" is none of "a", "b"');
});

test('so is the name of a prop', () => {
  expect(propProblem('linkerd', ['linkerd', 'networking'])).toBeUndefined();
  expect(propProblem('linkred', ['linkerd', 'networking'])).toBe('is no prop: did you mean "linkerd"?');
  expect(propProblem('istio', ['linkerd', 'networking'])).toBe('is no prop: there are linkerd, networking');
});
