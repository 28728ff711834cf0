import { withValues } from './values-document';

const VALUES = '# of ours\nanchors: |\n  old\nhook:\n  bundle: old\n  list:\n  - "off"\nversion: 1\n';

test('sets values and leaves every other line as it is', () => {
  expect(
    withValues(VALUES, [
      [['anchors'], 'new\nlines\n'],
      [['hook', 'bundle'], 'new\n'],
    ]),
  ).toBe('# of ours\nanchors: |\n  new\n  lines\nhook:\n  bundle: |\n    new\n  list:\n  - "off"\nversion: 1\n');
});

test('a value that is not there is an error', () => {
  expect(() => withValues(VALUES, [[['hook', 'other'], 'new']])).toThrow('its values have no hook.other');
});

test('a list can be set', () => {
  expect(
    withValues('a:\n  b:\n  - x\n  - y\nc: 1\n', [
      [
        ['a', 'b'],
        ['10.0.0.0/8', '::/0'],
      ],
    ]),
  ).toBe('a:\n  b:\n  - 10.0.0.0/8\n  - ::/0\nc: 1\n');
});
