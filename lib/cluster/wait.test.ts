import type { Manifest } from '../objects/manifest';
import { FakeKubectl } from './testing/fake-kubectl';
import { configMap, object } from './testing/objects';
import { PhaseReadiness } from './wait';

let fake: FakeKubectl;
afterEach(() => {
  fake.remove();
});

const webhook: Manifest = {
  ...object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'w'),
  webhooks: [
    {
      name: 'w.example.com',
      clientConfig: { caBundle: 'Y2E=', service: { namespace: 'n', name: 'hook' } },
      rules: [{ apiGroups: [''], resources: ['configmaps'], operations: ['UPDATE'] }],
    },
  ],
};

/** Endpoints from the second look on, an answer from the third: by then it has been called two, and four times. */
const IN_TIME = `
const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'a' } };
if (args.includes('endpointslices')) list([{ ...slice, endpoints: calls >= 2 ? [{ conditions: { ready: true } }] : null }]);
else if (args[0] === 'apply') calls >= 4 ? print('ok') : fail('failed calling webhook "w.example.com": failed to call webhook: refused');
else list(${JSON.stringify([webhook])});`;

test('a webhook is waited for until it is there, has endpoints and answers, each in its turn', async () => {
  fake = new FakeKubectl(IN_TIME);
  const readiness = new PhaseReadiness(fake.kubectl, [webhook], [configMap('a')]);
  expect(await readiness.look()).toEqual([
    { what: 'Service n/hook', why: 'has no ready endpoints, and webhooks are behind it' },
  ]);
  expect(await readiness.look()).toEqual([{ what: 'webhook w.example.com', why: 'failed to call webhook: refused' }]);
  expect(await readiness.look()).toEqual([]);
  // What was found ready is not asked for again.
  expect(await readiness.look()).toEqual([]);
});

test('a silent webhook is told with the reason', async () => {
  fake = new FakeKubectl(IN_TIME.replace('calls >= 4', 'false').replace('calls >= 2', 'true'));
  const readiness = new PhaseReadiness(fake.kubectl, [webhook], [configMap('a')]);
  expect(await readiness.look()).toEqual([{ what: 'webhook w.example.com', why: 'failed to call webhook: refused' }]);
});

const deployment: Manifest = {
  ...object('apps/v1', 'Deployment', 'web', 'n'),
  spec: { replicas: 1, selector: { matchLabels: { app: 'web' } } },
};
const pod = (name: string, app: string): Manifest => ({
  ...object('v1', 'Pod', name, 'n'),
  metadata: { name, namespace: 'n', labels: { app } },
  status: { containerStatuses: [{ name: 'main', state: { waiting: { reason: 'ImagePullBackOff' } } }] },
});

test('who has waited in vain is told about the pods and the events', async () => {
  const event = {
    ...object('v1', 'Event', 'e', 'n'),
    type: 'Warning',
    reason: 'Failed',
    message: 'no such image',
    involvedObject: { kind: 'Pod', name: 'web-1' },
  };
  fake = new FakeKubectl(`
if (args.includes('pods')) list(${JSON.stringify([pod('web-1', 'web'), pod('other', 'other')])});
else if (args.includes('events')) list(${JSON.stringify([event])});
else list([]);`);
  const readiness = new PhaseReadiness(fake.kubectl, [deployment, configMap('a')], []);
  expect(await readiness.look()).toEqual([{ what: 'Deployment n/web', why: 'is not there' }]);
  expect(await readiness.reasons()).toEqual([
    'Pod n/web-1: container main waits: ImagePullBackOff',
    'Pod web-1: Failed: no such image',
  ]);
});

test('nothing is asked for where there is nothing to wait for', async () => {
  fake = new FakeKubectl('');
  expect(await new PhaseReadiness(fake.kubectl, [configMap('a')], []).look()).toEqual([]);
  expect(fake.calls).toEqual([]);
});
