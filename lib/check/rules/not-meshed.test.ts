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

const NO_PROJECTION = linkerdConfig('identity:\n  serviceAccountTokenProjection: false\n');
const OWN_PROXY = { name: 'linkerd-proxy', image: 'a', env: [{ name: 'LINKERD2_PROXY_LOG', value: 'info' }] };
const NO_TOKEN = { spec: { automountServiceAccountToken: false } };
const account = (fields: object): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'web', namespace: 'team-a' },
    ...fields,
  });
const OF_ACCOUNT = { spec: { serviceAccountName: 'web' } };
const OWN_MOUNT = {
  container: { volumeMounts: [{ name: 'token', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }] },
};
const SILENT_ACCOUNT = account({ automountServiceAccountToken: false });

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
  ['a template with a proxy of its own', [deployment('web', { spec: { initContainers: [OWN_PROXY] } })], undefined],
  ['no token, which the proxy has of its own', [namespace('team-a', ENABLED), deployment('web', NO_TOKEN)], undefined],
  [
    'no token where proxies have none of their own',
    [NO_PROJECTION, namespace('team-a', ENABLED), deployment('web', NO_TOKEN)],
    /spec\.template\.spec\.automountServiceAccountToken: .*: the pod has automountServiceAccountToken: false, .*: set automountServiceAccountToken: true in the pod, which cdk8s-plus/,
  ],
  [
    '… also with a mount of its own, which the injector does not look at then',
    [NO_PROJECTION, namespace('team-a', ENABLED), deployment('web', { ...NO_TOKEN, ...OWN_MOUNT })],
    /the pod has automountServiceAccountToken: false/,
  ],
  [
    '… with a proxy that the pod brings along',
    [
      NO_PROJECTION,
      namespace('team-a', ENABLED),
      deployment('web', { spec: { ...NO_TOKEN.spec, initContainers: [OWN_PROXY] } }),
    ],
    undefined,
  ],
  [
    '… by its ServiceAccount',
    [NO_PROJECTION, namespace('team-a', ENABLED), SILENT_ACCOUNT, deployment('web', OF_ACCOUNT)],
    /spec\.template\.spec\.serviceAccountName: .*: its ServiceAccount web has automountServiceAccountToken: false/,
  ],
  [
    '… where the pod says otherwise than its ServiceAccount',
    [
      NO_PROJECTION,
      namespace('team-a', ENABLED),
      SILENT_ACCOUNT,
      deployment('web', { spec: { ...OF_ACCOUNT.spec, automountServiceAccountToken: true } }),
    ],
    undefined,
  ],
  [
    '… where the pod mounts one where its ServiceAccount has none mounted',
    [NO_PROJECTION, namespace('team-a', ENABLED), SILENT_ACCOUNT, deployment('web', { ...OF_ACCOUNT, ...OWN_MOUNT })],
    undefined,
  ],
  [
    '… with the default',
    [NO_PROJECTION, namespace('team-a', ENABLED), account({}), deployment('web', OF_ACCOUNT)],
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
