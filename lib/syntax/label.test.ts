import { labelKeyProblem, labelValueProblem } from './label';

it.each(['team', 'Team_1.x', 'app.kubernetes.io/name', 'a'.repeat(63)])('%s is a key', (key) => {
  expect(labelKeyProblem(key)).toBeUndefined();
});

it.each(['', 'a b', '-a', 'a-', '/name', 'example.com/', 'Example.com/name', 'a/b/c', 'a'.repeat(64)])(
  '"%s" is not a key',
  (key) => {
    expect(labelKeyProblem(key)).toMatch(/is not the key of a label or annotation: write at most 63 letters/);
  },
);

it.each(['', 'a', 'A_b.c-1', 'a'.repeat(63)])('"%s" is a value', (value) => {
  expect(labelValueProblem(value)).toBeUndefined();
});

it.each(['a b', '-a', 'a/b', 'ä', 'a'.repeat(64)])('"%s" is not a value', (value) => {
  expect(labelValueProblem(value)).toMatch(/is not the value of a label: use at most 63/);
});
