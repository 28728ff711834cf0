import { namedObject, readServedKinds } from './served-kinds';

const PRINTED = `configmaps                          cm           v1                                true         ConfigMap
deployments                         deploy       apps/v1                           true         Deployment
services                            kservice,ksvc   serving.knative.dev/v1         true         Service
services                            svc          v1                                true         Service
tokenreviews                                     authentication.k8s.io/v1          false        TokenReview
`;

test('kinds and their versions, with short names and without', () => {
  expect(readServedKinds(PRINTED)).toEqual(
    new Map([
      ['/ConfigMap', 'v1'],
      ['apps/Deployment', 'apps/v1'],
      ['serving.knative.dev/Service', 'serving.knative.dev/v1'],
      ['/Service', 'v1'],
      ['authentication.k8s.io/TokenReview', 'authentication.k8s.io/v1'],
    ]),
  );
});

test('an object by its key', () => {
  const kinds = readServedKinds(PRINTED);
  expect(namedObject('serving.knative.dev/Service default/a', kinds)).toEqual({
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'a', namespace: 'default' },
  });
  expect(namedObject('example.com/Thing a', kinds)).toBeUndefined();
});
