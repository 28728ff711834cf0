import type { Env } from './env';
import { manifestWith, mistakesWith, saying } from './testing/platform';

const envOf = (env: Env): unknown => manifestWith({ env }).spec.template.spec.containers[0]?.env;

test('a name has a value or a source', () => {
  const secretKeyRef = { name: 'db', key: 'password' };
  expect(envOf({ TARGET: 'world', PASSWORD: { secretKeyRef }, EMPTY: '' })).toEqual([
    { name: 'TARGET', value: 'world' },
    { name: 'PASSWORD', valueFrom: { secretKeyRef } },
    { name: 'EMPTY', value: '' },
  ]);
});

test('a list is written as it is', () => {
  const list = [
    { name: 'B', value: '2' },
    { name: 'A', value: '$(B)' },
    { name: '1', value: 'a name that a mapping would put first' },
  ];
  expect(envOf(list)).toEqual(list);
});

it.each([
  [{ '': '1' }, 'env[""]: is missing: name the variable'],
  [{ 'A=B': '1' }, /^env\.A=B: "A=B" is not the name of an environment variable/],
  [{ PORT: '1' }, 'env.PORT: "PORT" is set by Serving: remove it'],
  [{ K_SERVICE: '1' }, 'env.K_SERVICE: "K_SERVICE" is set by Serving: remove it'],
  [
    [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ],
    'env[1]: "A" is set already by env[0]: remove one of the two',
  ],
  [
    [{ name: 'A', value: '1', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
    'env[0]: "A" has a value and a source: remove one of the two',
  ],
  [{ A: 8080 as unknown as string }, 'env.A: a number is not a text: put it in quotes'],
  [{ A: null as unknown as string }, 'env.A: null is not a text: write one, or leave it out'],
  [{ A: {} }, 'env.A: has no source: give one of configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef'],
  [
    { A: { secretKeyRef: { name: 's', key: 'k' }, configMapKeyRef: { name: 's', key: 'k' } } },
    /^env\.A: has configMapKeyRef and secretKeyRef: give one of/,
  ],
  [
    { A: { fieldRef: { fieldPath: 'metadata.name' } } },
    'env.A.fieldRef: needs the flag kubernetes.podspec-fieldref of config-features, which is "disabled": set settings.features.kubernetesPodspecFieldref of the platform to "enabled", or remove this',
  ],
] satisfies [Env, string | RegExp][])('%j is refused', (env, message) => {
  expect(mistakesWith({ env })).toEqual([saying(message)]);
});

test('a sidecar may set PORT, which Serving does not', () => {
  const sidecar = { name: 'side', image: 'side', env: { PORT: '9000' } };
  expect(mistakesWith({ port: { number: 8080 }, sidecars: [sidecar] })).toEqual([]);
  expect(mistakesWith({ port: { number: 8080 }, sidecars: [{ ...sidecar, env: { K_REVISION: '1' } }] })).toEqual([
    'sidecars[0].env.K_REVISION: "K_REVISION" is set by Serving: remove it',
  ]);
});

test('whole ConfigMaps and Secrets are given one by one', () => {
  const ref = { name: 'config' };
  expect(mistakesWith({ envFrom: [{ configMapRef: ref }, { secretRef: ref, prefix: 'A_' }] })).toEqual([]);
  expect(mistakesWith({ envFrom: [{}, { configMapRef: ref, secretRef: ref, prefix: '=' }] })).toEqual([
    'envFrom[0]: has none or both of configMapRef and secretRef: give one',
    expect.stringMatching(/^envFrom\[1\]\.prefix: "=" is not/),
    'envFrom[1]: has none or both of configMapRef and secretRef: give one',
  ]);
});
