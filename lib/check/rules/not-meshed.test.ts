import { deployment, found, namespace, objectsOf, testExamples } from '../testing/doc-examples';
import { notMeshed } from './not-meshed';

testExamples(notMeshed);

const ENABLED = { annotations: { 'linkerd.io/inject': 'enabled' } };
const job = (annotations: object = {}): string =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly', namespace: 'team-a' },
    spec: {
      schedule: '0 3 * * *',
      jobTemplate: {
        spec: { template: { metadata: { annotations }, spec: { containers: [{ name: 'a', image: 'a' }] } } },
      },
    },
  });
const inNamespace = (name: string, text: string): string =>
  text.replace('"namespace":"team-a"', `"namespace":"${name}"`);
const linkerdConfig = (values: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'linkerd-config', namespace: 'linkerd' },
    data: { values },
  });

test.each<[string, string[], RegExp | undefined]>([
  ['the namespace enables it', [namespace('team-a', ENABLED), deployment('web')], undefined],
  ['the template does', [namespace('team-a'), deployment('web', ENABLED)], undefined],
  [
    'ingress mode is in the mesh as well',
    [namespace('team-a', { annotations: { 'linkerd.io/inject': 'ingress' } }), deployment('web')],
    undefined,
  ],
  [
    'the namespace says nothing',
    [namespace('team-a'), deployment('web')],
    /the namespace team-a is without linkerd\.io\/inject/,
  ],
  [
    'the namespace says disabled',
    [namespace('team-a', { annotations: { 'linkerd.io/inject': 'disabled' } }), deployment('web')],
    /is with linkerd\.io\/inject: disabled/,
  ],
  ['the namespace is not there', [deployment('web')], /the namespace team-a is not among the objects/],
  [
    'the template says disabled',
    [namespace('team-a', ENABLED), deployment('web', { annotations: { 'linkerd.io/inject': 'disabled' } })],
    /^.*metadata\.annotations\["linkerd\.io\/inject"\]: its pods are outside the mesh: the pod template has/,
  ],
  [
    'host network',
    [namespace('team-a', ENABLED), deployment('web', { spec: { hostNetwork: true } })],
    /their node's network/,
  ],
  [
    'a namespace that Linkerd never meshes',
    [namespace('kube-system', ENABLED), inNamespace('kube-system', deployment('web'))],
    /Linkerd never meshes pods of kube-system/,
  ],
  [
    "a namespace that Linkerd's webhooks leave out",
    [
      namespace('team-a', { ...ENABLED, labels: { 'config.linkerd.io/admission-webhooks': 'disabled' } }),
      deployment('web'),
    ],
    /no webhook of Linkerd sees its pods/,
  ],
  [
    'a template with a proxy of its own',
    [deployment('web', { spec: { initContainers: [{ name: 'linkerd-proxy', image: 'a' }] } })],
    undefined,
  ],
  ['a Job, since native sidecars are the default', [namespace('team-a', ENABLED), job()], undefined],
  [
    'a Job whose proxy is no native sidecar',
    [namespace('team-a', ENABLED), job({ 'config.linkerd.io/proxy-enable-native-sidecar': 'false' })],
    /keeps the Job from ever ending/,
  ],
  [
    'a Job where native sidecars are off',
    [namespace('team-a', ENABLED), job(), linkerdConfig('proxy:\n  nativeSidecar: false\n')],
    /keeps the Job from ever ending/,
  ],
])('%s', (_, documents, line) => {
  const lines = found(notMeshed, objectsOf(...documents));
  expect(lines).toHaveLength(line === undefined ? 0 : 1);
  expect(lines.join('')).toMatch(line ?? /^$/);
});
