import type { Json, Manifest } from '../objects/manifest';
import { diff } from './diff';
import { reportSections } from './diff-report';

const INJECT = { 'linkerd.io/inject': 'enabled' };

const namespace = (
  annotations: Record<string, string> = {},
  labels: Record<string, string> = {},
  name = 'team',
): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, annotations, labels },
});

interface Parts {
  readonly annotations?: Record<string, string>;
  readonly spec?: Record<string, Json>;
  readonly container?: Record<string, Json>;
  readonly namespace?: string;
}

const template = ({ annotations = {}, spec = {}, container = {} }: Parts): Json => ({
  metadata: { labels: { app: 'web' }, annotations },
  spec: { ...spec, containers: [{ name: 'web', image: 'registry.example.com/web:1', ...container }] },
});
const workload = (apiVersion: string, kind: string, parts: Parts = {}, name = 'web'): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: parts.namespace ?? 'team' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: template(parts) },
});
const deployment = (parts: Parts = {}, name = 'web'): Manifest => workload('apps/v1', 'Deployment', parts, name);
const knative = (parts: Parts = {}, name = 'web'): Manifest =>
  workload('serving.knative.dev/v1', 'Service', parts, name);
const pod: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'team' },
  spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1' }] },
};
const config = (name: string, data: Record<string, string>, of = 'team', kind = 'ConfigMap'): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: of },
  data,
});
const linkerd = (values: string): Manifest => config('linkerd-config', { values }, 'linkerd');
const anchors = (pem: string): Manifest => config('linkerd-identity-trust-roots', { 'ca-bundle.crt': pem }, 'linkerd');

/** Linkerd's own pods, whose proxy stands in their template. */
const destination = (sum: string): Manifest =>
  deployment(
    {
      namespace: 'linkerd',
      annotations: { 'linkerd.io/trust-root-sha256': sum },
      spec: {
        initContainers: [
          {
            name: 'linkerd-proxy',
            image: 'registry.example.com/proxy:1',
            env: [
              {
                name: 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS',
                valueFrom: { configMapKeyRef: { name: 'linkerd-identity-trust-roots', key: 'ca-bundle.crt' } },
              },
            ],
          },
        ],
      },
    },
    'linkerd-destination',
  );

const compared = (from: readonly Manifest[], to: readonly Manifest[]) =>
  diff(
    from.map((manifest) => ({ manifest })),
    to.map((manifest) => ({ manifest })),
  );
const restartsOf = (from: readonly Manifest[], to: readonly Manifest[]): string[] =>
  compared(from, to).restarts.map(({ object, why }) => `${object}: ${why.join('; ')}`);
const meshOf = (from: readonly Manifest[], to: readonly Manifest[]): string[] =>
  compared(from, to).mesh.map(({ object, kind }) => `${object} ${kind}`);

const WEB = 'Deployment team/web';
const LIMIT = 'config.linkerd.io/proxy-memory-limit';
const ENV = 'config.linkerd.io/proxy-additional-env';

test.each<[string, Manifest[], Manifest[], string[]]>([
  [
    'the namespace enters the mesh',
    [namespace(), deployment()],
    [namespace(INJECT), deployment()],
    [`${WEB}: it joins the mesh`],
  ],
  [
    'the namespace leaves it',
    [namespace(INJECT), deployment()],
    [namespace(), deployment()],
    [`${WEB}: it leaves the mesh`],
  ],
  [
    'its annotation becomes disabled',
    [namespace(INJECT), deployment()],
    [namespace({ 'linkerd.io/inject': 'disabled' }), deployment()],
    [`${WEB}: it leaves the mesh`],
  ],
  [
    'a label keeps the injector away from it',
    [namespace(INJECT), deployment()],
    [namespace(INJECT, { 'config.linkerd.io/admission-webhooks': 'disabled' }), deployment()],
    [`${WEB}: it leaves the mesh`],
  ],
  [
    'the pods say themselves that they are meshed',
    [namespace(INJECT), deployment({ annotations: INJECT })],
    [namespace(), deployment({ annotations: INJECT })],
    [],
  ],
  [
    'ingress mode',
    [namespace(INJECT), deployment()],
    [namespace({ 'linkerd.io/inject': 'ingress' }), deployment()],
    [`${WEB}: linkerd.io/inject of Namespace team`],
  ],
  [
    'a setting of the namespace',
    [namespace(INJECT), deployment()],
    [namespace({ ...INJECT, [LIMIT]: '1Gi' }), deployment()],
    [`${WEB}: ${LIMIT} of Namespace team`],
  ],
  [
    'a setting that goes',
    [namespace({ ...INJECT, [LIMIT]: '1Gi' }), deployment()],
    [namespace(INJECT), deployment()],
    [`${WEB}: ${LIMIT} of Namespace team`],
  ],
  [
    'a setting that the pods have themselves',
    [namespace(INJECT), deployment({ annotations: { [LIMIT]: '2Gi' } })],
    [namespace({ ...INJECT, [LIMIT]: '1Gi' }), deployment({ annotations: { [LIMIT]: '2Gi' } })],
    [],
  ],
  [
    'variables, which add up with those of the pods',
    [namespace(INJECT), deployment({ annotations: { [ENV]: '[]' } })],
    [namespace({ ...INJECT, [ENV]: '[{"name":"A","value":"b"}]' }), deployment({ annotations: { [ENV]: '[]' } })],
    [`${WEB}: ${ENV} of Namespace team`],
  ],
  [
    'a setting for pods that are not meshed',
    [namespace(), deployment()],
    [namespace({ [LIMIT]: '1Gi' }), deployment()],
    [],
  ],
  [
    'an annotation of somebody else',
    [namespace(INJECT), deployment()],
    [namespace({ ...INJECT, a: 'b' }), deployment()],
    [],
  ],
  [
    'pods that a change rolls anyway',
    [namespace(INJECT), deployment()],
    [namespace(), deployment({ container: { image: 'registry.example.com/web:2' } })],
    [],
  ],
  [
    'pods of which there are more now',
    [namespace(), deployment()],
    [namespace(INJECT), { ...deployment(), spec: { replicas: 5, ...(deployment().spec as object) } }],
    [`${WEB}: it joins the mesh`],
  ],
  ['a namespace that is here on one side alone', [namespace(INJECT), deployment()], [deployment()], []],
  [
    'the proxy’s image',
    [linkerd('proxy: {image: {version: "1"}}\n#'), namespace(INJECT), deployment(), deployment({ namespace: 'other' })],
    [linkerd('proxy: {image: {version: "2"}}\n#'), namespace(INJECT), deployment(), deployment({ namespace: 'other' })],
    [`${WEB}: proxy.image of ConfigMap linkerd/linkerd-config`],
  ],
  [
    'the networks of the cluster',
    [linkerd('clusterNetworks: 10.0.0.0/8\n#'), namespace(INJECT), deployment()],
    [linkerd('clusterNetworks: 10.0.0.0/16\n#'), namespace(INJECT), deployment()],
    [`${WEB}: clusterNetworks of ConfigMap linkerd/linkerd-config`],
  ],
  [
    'values of the control plane alone',
    [linkerd('controllerReplicas: 1\n#'), namespace(INJECT), deployment()],
    [linkerd('controllerReplicas: 3\n#'), namespace(INJECT), deployment()],
    [],
  ],
  [
    'Linkerd comes',
    [namespace(INJECT), deployment()],
    [linkerd('proxy: {cores: 1}\n#'), namespace(INJECT), deployment()],
    [],
  ],
  [
    'trust anchors',
    [anchors('a'), namespace(INJECT), deployment()],
    [anchors('b'), namespace(INJECT), deployment()],
    [`${WEB}: the trust anchors in ConfigMap linkerd/linkerd-identity-trust-roots`],
  ],
  [
    'trust anchors, by whose sum Linkerd’s own pods roll',
    [anchors('a'), destination('a')],
    [anchors('b'), destination('b')],
    [],
  ],
  [
    'trust anchors, where its pods have no sum',
    [anchors('a'), destination('')],
    [anchors('b'), destination('')],
    [
      'Deployment linkerd/linkerd-destination: ca-bundle.crt of ConfigMap linkerd/linkerd-identity-trust-roots, which is read at the start',
    ],
  ],
  [
    'a variable from a ConfigMap',
    [
      config('env', { a: '1', b: '1' }),
      deployment({ container: { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'env', key: 'a' } } }] } }),
    ],
    [
      config('env', { a: '2', b: '1' }),
      deployment({ container: { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'env', key: 'a' } } }] } }),
    ],
    [`${WEB}: a of ConfigMap team/env, which is read at the start`],
  ],
  [
    'another key of it',
    [
      config('env', { a: '1', b: '1' }),
      deployment({ container: { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'env', key: 'a' } } }] } }),
    ],
    [
      config('env', { a: '1', b: '2' }),
      deployment({ container: { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'env', key: 'a' } } }] } }),
    ],
    [],
  ],
  [
    'all variables of a Secret',
    [
      config('env', { a: 'MQ==' }, 'team', 'Secret'),
      deployment({ container: { envFrom: [{ secretRef: { name: 'env' } }] } }),
    ],
    [
      config('env', { a: 'Mg==' }, 'team', 'Secret'),
      deployment({ container: { envFrom: [{ secretRef: { name: 'env' } }] } }),
    ],
    [`${WEB}: a of Secret team/env, which is read at the start`],
  ],
  [
    'a folder of files, which the kubelet brings up to date',
    [
      config('env', { a: '1' }),
      deployment({
        spec: { volumes: [{ name: 'v', configMap: { name: 'env' } }] },
        container: { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      }),
    ],
    [
      config('env', { a: '2' }),
      deployment({
        spec: { volumes: [{ name: 'v', configMap: { name: 'env' } }] },
        container: { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      }),
    ],
    [],
  ],
  [
    'a single file, which it does not',
    [
      config('env', { a: '1' }),
      deployment({
        spec: { volumes: [{ name: 'v', configMap: { name: 'env' } }] },
        container: { volumeMounts: [{ name: 'v', mountPath: '/v/a', subPath: 'a' }] },
      }),
    ],
    [
      config('env', { a: '2' }),
      deployment({
        spec: { volumes: [{ name: 'v', configMap: { name: 'env' } }] },
        container: { volumeMounts: [{ name: 'v', mountPath: '/v/a', subPath: 'a' }] },
      }),
    ],
    [`${WEB}: a of ConfigMap team/env, which is read at the start`],
  ],
  [
    'a Job, whose pods end by themselves',
    [namespace(), workload('batch/v1', 'Job')],
    [namespace(INJECT), workload('batch/v1', 'Job')],
    [],
  ],
])('%s', (_, from, to, expected) => {
  expect(restartsOf(from, to)).toEqual(expected);
});

test.each<[string, Manifest, string]>([
  ['a Deployment', deployment(), 'kubectl -n team rollout restart deployment/web'],
  ['a StatefulSet', workload('apps/v1', 'StatefulSet'), 'kubectl -n team rollout restart statefulset/web'],
  ['a DaemonSet', workload('apps/v1', 'DaemonSet'), 'kubectl -n team rollout restart daemonset/web'],
  ['a Knative Service', knative(), 'kubectl -n team rollout restart deployment -l serving.knative.dev/service=web'],
  [
    'a Configuration',
    workload('serving.knative.dev/v1', 'Configuration'),
    'kubectl -n team rollout restart deployment -l serving.knative.dev/configuration=web',
  ],
  ['a ReplicaSet', workload('apps/v1', 'ReplicaSet'), 'kubectl -n team delete pod -l app=web'],
  ['a Pod', pod, 'kubectl -n team delete pod web, and apply it again'],
  ['a name that a shell would obey', deployment({}, 'a;reboot'), 'delete its pods'],
])('%s is restarted by its command', (_, manifest, command) => {
  expect(compared([namespace(), manifest], [namespace(INJECT), manifest]).restarts).toMatchObject([{ command }]);
});

test.each([
  ['no traffic', [{ revisionName: 'web-00001', percent: 100 }], 1],
  [
    'a share of it',
    [
      { revisionName: 'web-00001', percent: 80 },
      { latestRevision: true, percent: 20 },
    ],
    1,
  ],
  ['all of it', [{ latestRevision: true, percent: 100 }], 0],
])('a new revision that takes %s', (_, traffic, left) => {
  const split = (image: string): Manifest => {
    const { spec, ...rest } = knative({ container: { image } });
    return { ...rest, spec: { ...(spec as object), traffic } };
  };
  expect(restartsOf([namespace(), split('a')], [namespace(INJECT), split('b')])).toHaveLength(left);
});

test('where all revisions roll at once, Knative Services need no restart', () => {
  const queue = (cpu: string): Manifest =>
    config('config-deployment', { 'queue-sidecar-cpu-request': cpu }, 'knative-serving');
  const [before, after] = [
    [namespace(), knative(), deployment({}, 'db')],
    [namespace(INJECT), knative(), deployment({}, 'db')],
  ];
  expect(restartsOf([queue('25m'), ...before], [queue('50m'), ...after])).toEqual([
    'Deployment team/db: it joins the mesh',
  ]);
});

describe('the mesh', () => {
  test.each<[string, Manifest[], Manifest[], string[]]>([
    ['by the namespace', [namespace(), deployment()], [namespace(INJECT), deployment()], [`${WEB} joins`]],
    [
      'by the template',
      [namespace(), deployment({ annotations: INJECT })],
      [namespace(), deployment()],
      [`${WEB} leaves`],
    ],
    [
      'by the node’s network',
      [namespace(INJECT), deployment()],
      [namespace(INJECT), deployment({ spec: { hostNetwork: true } })],
      [`${WEB} leaves`],
    ],
    ['of what comes', [namespace(INJECT)], [namespace(INJECT), deployment()], []],
    ['of a namespace that is here on one side alone', [deployment()], [namespace(INJECT), deployment()], []],
  ])('%s', (_, from, to, expected) => {
    expect(meshOf(from, to)).toEqual(expected);
  });

  test('an injector that covers a namespace no more', () => {
    const injector = (...excluded: string[]): Manifest => ({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'linkerd-proxy-injector-webhook-config' },
      webhooks: [
        {
          name: 'linkerd-proxy-injector.linkerd.io',
          clientConfig: { service: { name: 'linkerd-proxy-injector', namespace: 'linkerd' } },
          rules: [{ resources: ['pods'] }],
          namespaceSelector: {
            matchExpressions: [
              { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', ...excluded] },
            ],
          },
        },
      ],
    });
    const pods = [namespace(INJECT), deployment()];
    expect(meshOf([injector(), ...pods], [injector('team'), ...pods])).toEqual([`${WEB} leaves`]);
  });
});

test('the report has a section with the workload, why, and the command', () => {
  const sections = reportSections(compared([namespace(), deployment()], [namespace(INJECT), deployment()]), false);
  const section = (wanted: string) => sections.find(({ title }) => title === wanted);
  expect(section('pods to restart')).toEqual({
    title: 'pods to restart',
    summary: '1 workload that goes on as before until then',
    rows: [[WEB, 'it joins the mesh', 'kubectl -n team rollout restart deployment/web']],
  });
  expect(section('network and mesh')).toMatchObject({
    summary: '1 workload joins the mesh, 1 change in 1 object',
    rows: [
      [WEB, 'joins the mesh, when its pods are restarted'],
      ['Namespace team', 'metadata.annotations["linkerd.io/inject"]: added "enabled"'],
    ],
  });
});

describe('many Knative Services', () => {
  const services = Array.from({ length: 20 }, (_, index) => knative({}, `web-${index}`));
  const found = (...more: Manifest[]) =>
    compared([namespace(), ...services, ...more], [namespace(INJECT), ...services, ...more]);
  const rowsOf = (title: string, diffed: ReturnType<typeof found>, verbose = false): string[] =>
    reportSections(diffed, verbose)
      .filter((section) => section.title === title)
      .flatMap(({ rows }) => rows.map((row) => row.join(' | ')));

  test('are restarted by one command where all of a namespace are, and some are named', () => {
    expect(rowsOf('pods to restart', found())).toEqual([
      'Service team/web-0, Service team/web-1, Service team/web-2 and 17 more | it joins the mesh | kubectl -n team rollout restart deployment -l serving.knative.dev/service',
    ]);
    expect(rowsOf('network and mesh', found())[0]).toBe(
      'Service team/web-0, Service team/web-1, Service team/web-2 and 17 more | joins the mesh, when its pods are restarted',
    );
  });

  test('are restarted one by one where one of them stays as it is', () => {
    const other = knative({ annotations: INJECT }, 'other');
    expect(rowsOf('pods to restart', found(other))).toHaveLength(20);
  });

  test('are all named with --verbose', () => {
    expect(rowsOf('pods to restart', found(), true)).toHaveLength(20);
    expect(rowsOf('network and mesh', found(), true)).toHaveLength(21);
  });
});
