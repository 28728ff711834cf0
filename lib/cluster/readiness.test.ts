import type { Json, Manifest } from '../objects/manifest';
import { isWaitedFor, unready } from './readiness';
import { configMap, object } from './testing/objects';

const with_ = (apiVersion: string, kind: string, fields: Record<string, unknown>, generation = 2): Manifest => ({
  ...object(apiVersion, kind, 'a'),
  metadata: { name: 'a', generation },
  ...(fields as Record<string, Json>),
});
const deployment = (status: Record<string, unknown>, replicas: number | null = 3): Manifest =>
  with_('apps/v1', 'Deployment', { spec: replicas === null ? {} : { replicas }, status });
const daemonSet = (status: Record<string, unknown>): Manifest =>
  with_('apps/v1', 'DaemonSet', {
    status: {
      ...{ observedGeneration: 2, desiredNumberScheduled: 2, numberAvailable: 2, updatedNumberScheduled: 2 },
      ...status,
    },
  });
const conditions = (...all: [string, string, string?][]) => ({
  conditions: all.map(([type, status, message]) => ({ type, status, ...(message !== undefined && { message }) })),
});
const ALL = { observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3 };

test.each<[string, Manifest, string | undefined]>([
  ['a Deployment', deployment(ALL), undefined],
  [
    'without replicas of its own, one',
    deployment({ ...ALL, replicas: 1, updatedReplicas: 1, availableReplicas: 1 }, null),
    undefined,
  ],
  ['scaled to nothing', deployment({ observedGeneration: 2 }, 0), undefined],
  ['that is new', deployment({}), 'its controller has not seen it'],
  ['of an older generation', deployment({ ...ALL, observedGeneration: 1 }), 'its controller has not seen it'],
  ['that rolls', deployment({ ...ALL, updatedReplicas: 1 }), '1 of 3 pods are of this version'],
  ['with old pods', deployment({ ...ALL, replicas: 4 }), '1 pods of the version before still run'],
  ['that starts', deployment({ ...ALL, availableReplicas: 2 }), '2 of 3 pods are available'],
  [
    'that is stuck',
    deployment({ ...ALL, availableReplicas: 0, conditions: [{ reason: 'ProgressDeadlineExceeded' }] }),
    '0 of 3 pods are available, and its progress deadline is over',
  ],
  ['a DaemonSet', daemonSet({}), undefined],
  ['on no node', daemonSet({ desiredNumberScheduled: 0, numberAvailable: 0, updatedNumberScheduled: 0 }), undefined],
  ['that starts', daemonSet({ numberAvailable: 1 }), '1 of 2 pods are available'],
  ['that rolls', daemonSet({ updatedNumberScheduled: 1 }), '1 of 2 pods are available'],
  ['of an older generation', daemonSet({ observedGeneration: 1 }), 'its controller has not seen it'],
  ['that is new', with_('apps/v1', 'DaemonSet', {}, 1), 'its controller has not seen it'],
  [
    'a CRD',
    with_('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
      status: conditions(['NamesAccepted', 'True'], ['Established', 'True']),
    }),
    undefined,
  ],
  [
    'a CRD whose names are taken',
    with_('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
      status: conditions(['NamesAccepted', 'False', 'x is taken'], ['Established', 'True']),
    }),
    'not NamesAccepted: x is taken',
  ],
  ['a CRD that is new', with_('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {}), 'not NamesAccepted yet'],
  [
    'a webhook',
    with_('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', {
      webhooks: [{ clientConfig: { caBundle: 'Y2E=' } }],
    }),
    undefined,
  ],
  [
    'a webhook without a CA',
    with_('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
      webhooks: [{ clientConfig: { caBundle: 'Y2E=' } }, { clientConfig: {} }],
    }),
    'its controller has not filled in the CA bundle',
  ],
  [
    'an API',
    with_('apiregistration.k8s.io/v1', 'APIService', { status: conditions(['Available', 'False', 'no endpoints']) }),
    'not Available: no endpoints',
  ],
  [
    'a Knative Service',
    with_('serving.knative.dev/v1', 'Service', { status: { observedGeneration: 2, ...conditions(['Ready', 'True']) } }),
    undefined,
  ],
  [
    'a Knative Service of before',
    with_('serving.knative.dev/v1', 'Service', { status: { observedGeneration: 1, ...conditions(['Ready', 'True']) } }),
    'its controller has not seen it',
  ],
  ['a namespace', with_('v1', 'Namespace', { status: { phase: 'Active' } }), undefined],
  ['a namespace that goes', with_('v1', 'Namespace', { status: { phase: 'Terminating' } }), 'is Terminating'],
  ["a Service of Kubernetes' own", with_('v1', 'Service', {}), undefined],
])('%s', (_, manifest, why) => {
  expect(unready(manifest)).toBe(why);
});

test('what is being deleted is not ready', () => {
  const going = deployment(ALL);
  const metadata = { ...going.metadata, deletionTimestamp: '2026-11-25T09:00:00Z' };
  expect(unready({ ...going, metadata })).toBe('is being deleted');
});

test('of kinds that are not known nothing is waited for', () => {
  expect([isWaitedFor(configMap('a')), isWaitedFor(deployment(ALL))]).toEqual([false, true]);
});
