import { neededSecrets, providedSecrets } from './secrets';
import { object, rendered } from '../testing/objects';

test('the Secrets without which pods do not start', () => {
  const spec = {
    template: {
      spec: {
        volumes: [
          { name: 'a', secret: { secretName: 'mounted' } },
          { name: 'b', secret: { secretName: 'if-there', optional: true } },
          { name: 'c', projected: { sources: [{ secret: { name: 'projected' } }, { serviceAccountToken: {} }] } },
          { name: 'd', emptyDir: {} },
        ],
        containers: [
          {
            env: [
              { name: 'A', valueFrom: { secretKeyRef: { name: 'value', key: 'a' } } },
              { name: 'B', value: 'b' },
            ],
          },
        ],
        initContainers: [{ envFrom: [{ secretRef: { name: 'values' } }, { secretRef: { name: 'mounted' } }] }],
      },
    },
  };
  const deployment = rendered({ ...object('apps/v1', 'Deployment', 'web', 'n'), spec: spec });
  expect(neededSecrets([deployment, rendered(object('v1', 'ConfigMap', 'a', 'n'))])).toEqual(
    ['mounted', 'projected', 'value', 'values'].map((name) => ({ namespace: 'n', name, source: 'platform/web' })),
  );
});

test('what declares a Secret, or has one made', () => {
  const certificate = { ...object('cert-manager.io/v1', 'Certificate', 'c', 'n'), spec: { secretName: 'made' } };
  const other = { ...object('example.com/v1', 'Certificate', 'c', 'n'), spec: { secretName: 'other' } };
  expect(providedSecrets([certificate, other, object('v1', 'Secret', 's', 'n')])).toEqual(new Set(['n/made', 'n/s']));
});
