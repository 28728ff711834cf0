import * as fc from 'fast-check';
import { conflictsIn, describeConflicts } from './conflicts';

/** What kubectl says behind every list of conflicts. */
const ADVICE = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
`;

test.each([
  ['error: Apply failed with 1 conflict: conflict with "helm": .data.a', [['helm', '.data.a']]],
  [
    'error: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    [['kubectl', '.spec.replicas']],
  ],
  [
    'error: Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: .metadata.annotations.kubectl.kubernetes.io/last-applied-configuration',
    [['kubectl-client-side-apply', '.metadata.annotations.kubectl.kubernetes.io/last-applied-configuration']],
  ],
  [
    'error: Apply failed with 3 conflicts: conflicts with "helm":\n- .data.a\n- .data.b\nconflicts with "kubectl-patch" using v1:\n- .data.c',
    [
      ['helm', '.data.a'],
      ['helm', '.data.b'],
      ['kubectl-patch', '.data.c'],
    ],
  ],
  ['Error from server (Forbidden): no', []],
])('%s', (said, conflicts) => {
  expect(conflictsIn(`${said}\n${ADVICE}`).map(({ manager, field }) => [manager, field])).toEqual(conflicts);
});

test('whatever conflicts the API server lists are found', () => {
  const field = fc.stringMatching(/^\.[a-zA-Z0-9.[\]="{}/-]{1,40}$/);
  const conflict = fc.record({
    manager: fc.stringMatching(/^[a-zA-Z0-9 .:-]{1,20}$/),
    fields: fc.array(field, { minLength: 2, maxLength: 5 }),
  });
  fc.assert(
    fc.property(fc.array(conflict, { minLength: 1, maxLength: 4 }), (managers) => {
      const text = managers.map(({ manager, fields }) =>
        [`conflicts with ${JSON.stringify(manager)} using apps/v1:`, ...fields.map((one) => `- ${one}`)].join('\n'),
      );
      expect(conflictsIn(`error: Apply failed with 9 conflicts: ${text.join('\n')}\n${ADVICE}`)).toEqual(
        managers.flatMap(({ manager, fields }) => fields.map((field) => ({ manager, field }))),
      );
    }),
  );
});

test('they are described manager by manager', () => {
  expect(
    describeConflicts([
      { manager: 'helm', field: '.a' },
      { manager: 'flux', field: '.b' },
      { manager: 'helm', field: '.c' },
    ]),
  ).toBe('.a, .c belong to "helm"; .b belongs to "flux"');
});
