import { App } from 'cdk8s';
import { parse } from 'yaml';
import type { DeploymentProps } from '../../imports/kubernetes';
import { Namespaces } from '../namespaces';
import { collectObjects } from '../objects/collect';
import type { Json, Manifest } from '../objects/manifest';
import { mistakesOf, warningsOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import type { TemporaryFiles } from '../releases/testing/temporary-root';
import { TemporaryRoot } from '../releases/testing/temporary-root';
import { toYaml } from '../render/yaml';
import type { VendoredLinkerdProps } from './vendored';
import { addVendoredLinkerd, addVendoredViz } from './vendored';
import { OTHER_AUTHORITY, TRUST_ANCHORS } from './testing/certificates';
import { caBundle, TRUST_ROOT_ANNOTATION, trustRootSha256 } from './trust-root';

const WEBHOOKS = {
  'linkerd-proxy-injector-webhook-config': 'MutatingWebhookConfiguration',
  'linkerd-sp-validator-webhook-config': 'ValidatingWebhookConfiguration',
  'linkerd-policy-validator-webhook-config': 'ValidatingWebhookConfiguration',
};

const webhook = (name: string, kind: string, failurePolicy: string): Manifest => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name, labels: { of: 'ours' } },
  webhooks: [
    {
      name: `${name}.example.com`,
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      timeoutSeconds: 7,
      objectSelector: {},
      failurePolicy,
      clientConfig: { caBundle: caBundle(OTHER_AUTHORITY), service: { name, namespace: 'linkerd' } },
    },
  ],
});

const configMap = (name: string, data: Record<string, string>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'linkerd' },
  data,
});

const deployment = (name: string, args: string[] = []): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'linkerd' },
  spec: {
    replicas: 1,
    template: {
      metadata: { annotations: { [TRUST_ROOT_ANNOTATION]: trustRootSha256(OTHER_AUTHORITY), kept: 'yes' } },
      spec: {
        containers: [{ name, resources: null }, ...(args.length > 0 ? [{ name: 'policy', args }] : [])],
      },
    },
  },
});

const BUDGET: Manifest = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'linkerd-proxy-injector', namespace: 'linkerd' },
};

/** A control plane in miniature, of another installation's CA. */
const controlPlane = (failurePolicy = 'Ignore'): Manifest[] => [
  { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'a.linkerd.io' } },
  configMap('linkerd-identity-trust-roots', { 'ca-bundle.crt': OTHER_AUTHORITY.trim() }),
  configMap('linkerd-config', {
    values: toYaml({
      identityTrustAnchorsPEM: OTHER_AUTHORITY,
      proxyInjector: { caBundle: OTHER_AUTHORITY },
      profileValidator: { caBundle: OTHER_AUTHORITY },
      policyValidator: { caBundle: OTHER_AUTHORITY },
      policyController: { probeNetworks: ['0.0.0.0/0', '::/0'] },
    }),
  }),
  deployment('linkerd-proxy-injector'),
  deployment('linkerd-destination', ['--log-level=info', '--probe-networks=0.0.0.0/0,::/0']),
  ...Object.entries(WEBHOOKS).map(([name, kind]) => webhook(name, kind, failurePolicy)),
];

const callers = (name: string): Manifest => ({
  apiVersion: 'policy.linkerd.io/v1alpha1',
  kind: 'NetworkAuthentication',
  metadata: { name, namespace: 'linkerd-viz' },
  spec: { networks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }] },
});

const viz: Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'linkerd-viz', labels: { 'linkerd.io/extension': 'viz' } } },
  webhook('linkerd-tap-injector-webhook-config', 'MutatingWebhookConfiguration', 'Ignore'),
  {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1alpha1.tap.linkerd.io' },
    spec: { group: 'tap.linkerd.io', caBundle: caBundle(OTHER_AUTHORITY) },
  },
  callers('kubelet'),
  callers('kube-api-server'),
];

const files = (objects: readonly Manifest[]): TemporaryFiles => {
  const text = (manifests: readonly Manifest[]): string =>
    manifests.map((object) => toYaml(object as Json)).join('---\n');
  return { linkerd: { 'all.yaml': { text: text(objects) } }, 'linkerd-viz': { 'viz.yaml': { text: text(viz) } } };
};

let root: TemporaryRoot | undefined;
afterEach(() => {
  root?.remove();
});

function render(props?: VendoredLinkerdProps, objects = controlPlane()) {
  root?.remove();
  root = new TemporaryRoot(files(objects));
  const app = new App();
  const namespaces = new Namespaces(app);
  namespaces.add('web');
  const context = { crds: new Phase(app, 'crds'), namespaces, root: root.path };
  addVendoredLinkerd({ ...context, phase: new Phase(app, 'linkerd') }, props);
  addVendoredViz({ ...context, phase: new Phase(app, 'linkerd-viz') }, props);
  const found = (): Map<string, Manifest> =>
    new Map(
      collectObjects(app).map(({ phase, manifest }) => [
        `${phase} ${manifest.kind} ${manifest.metadata.name ?? ''}`,
        manifest,
      ]),
    );
  return { app, found, mistakes: () => mistakesOf(app).map(({ message }) => message) };
}

test('all goes to its phase, with the namespaces, the configuration of meshed namespaces and a budget', () => {
  expect([...render({ trustAnchors: TRUST_ANCHORS }).found().keys()]).toMatchSnapshot();
});

test('all props', () => {
  const all: Required<VendoredLinkerdProps> = {
    trustAnchors: TRUST_ANCHORS,
    webhookCaBundle: OTHER_AUTHORITY,
    injectorReplicas: 3,
    validatorFailurePolicy: 'Fail',
    networks: { nodeNetworks: ['10.0.1.0/24'], apiServerNetworks: ['10.0.0.0/24'], probeNetworks: ['10.0.2.0/24'] },
  };
  expect([...render(all).found().values()].map((object) => toYaml(object as Json)).join('---\n')).toMatchSnapshot();
});

test("the trust anchors stand wherever another installation's stood", () => {
  const text = JSON.stringify([...render({ trustAnchors: TRUST_ANCHORS }).found().values()]);
  for (const foreign of [OTHER_AUTHORITY.trim(), caBundle(OTHER_AUTHORITY), trustRootSha256(OTHER_AUTHORITY)]) {
    expect(text).not.toContain(JSON.stringify(foreign).slice(1, -1));
  }
  expect(text.split(caBundle(TRUST_ANCHORS))).toHaveLength(1 + 3 + 2 + 2);
  expect(text.split(trustRootSha256(TRUST_ANCHORS))).toHaveLength(1 + 2);
});

test('a place that no overlay knows is a mistake, not a mesh with two authorities', () => {
  const stray = configMap('stray', { 'ca.crt': OTHER_AUTHORITY });
  expect(render({ trustAnchors: TRUST_ANCHORS }, [...controlPlane(), stray]).mistakes()).toEqual([
    expect.stringMatching(
      /^vendor\/linkerd\/1\.2\.3\/all\.yaml:\d+: ConfigMap linkerd\/stray: ca\.crt holds a certificate that is not of the platform$/,
    ),
  ]);
});

test('without trust anchors those of the files stay, with a warning', () => {
  const { app, found } = render();
  expect(found().get('20-linkerd ConfigMap linkerd-identity-trust-roots')?.data).toEqual({
    'ca-bundle.crt': OTHER_AUTHORITY.trim(),
  });
  expect(warningsOf(app).map(({ message }) => message)).toEqual([
    'linkerd.trustAnchors: none is given, so the mesh trusts the CA of the vendored files: give your own',
  ]);
});

test('what high availability fails closed, but for the meshed namespaces, is open, and its own budget is kept', () => {
  const objects = render({ trustAnchors: TRUST_ANCHORS }, [...controlPlane('Fail'), BUDGET]).found();
  for (const [name, kind] of Object.entries(WEBHOOKS)) {
    expect(objects.get(`20-linkerd ${kind} ${name}`)).toMatchObject({ webhooks: [{ failurePolicy: 'Ignore' }] });
  }
  expect(objects.get('20-linkerd PodDisruptionBudget linkerd-proxy-injector')).toEqual(BUDGET);
});

describe('the networks of callers without an identity', () => {
  const policyArgs = (objects: ReadonlyMap<string, Manifest>): unknown =>
    (objects.get('20-linkerd Deployment linkerd-destination') as unknown as DeploymentProps).spec?.template.spec
      ?.containers[1]?.args;
  const probeNetworks = (objects: ReadonlyMap<string, Manifest>): unknown => {
    const { values } = objects.get('20-linkerd ConfigMap linkerd-config')?.data as { values: string };
    return (parse(values) as { policyController: { probeNetworks: unknown } }).policyController.probeNetworks;
  };
  const vizCallers = (objects: ReadonlyMap<string, Manifest>, name: string): unknown =>
    objects.get(`30-linkerd-viz NetworkAuthentication ${name}`)?.spec;

  test("are the platform's, in the policy controller, in linkerd-config and in viz", () => {
    const networks = { nodeNetworks: ['10.0.1.0/24', 'fd00::/64'], apiServerNetworks: ['10.0.0.0/24'] };
    const objects = render({ trustAnchors: TRUST_ANCHORS, networks }).found();
    expect(policyArgs(objects)).toEqual(['--log-level=info', '--probe-networks=10.0.1.0/24,fd00::/64,10.0.0.0/24']);
    expect(probeNetworks(objects)).toEqual(['10.0.1.0/24', 'fd00::/64', '10.0.0.0/24']);
    expect(vizCallers(objects, 'kubelet')).toEqual({ networks: [{ cidr: '10.0.1.0/24' }, { cidr: 'fd00::/64' }] });
    expect(vizCallers(objects, 'kube-api-server')).toEqual({ networks: [{ cidr: '10.0.0.0/24' }] });
  });

  test.each<[VendoredLinkerdProps['networks'] & object]>([[{}], [{ nodeNetworks: ['nodes'] }]])(
    'are those of the files with %j',
    (networks) => {
      const objects = render({ trustAnchors: TRUST_ANCHORS, networks }).found();
      expect(policyArgs(objects)).toContain('--probe-networks=0.0.0.0/0,::/0');
      expect(probeNetworks(objects)).toEqual(['0.0.0.0/0', '::/0']);
      expect(vizCallers(objects, 'kubelet')).toEqual(callers('kubelet').spec);
      expect(vizCallers(objects, 'kube-api-server')).toEqual(callers('kube-api-server').spec);
    },
  );

  test('must have a place in the files', () => {
    const without = controlPlane().map((object) =>
      object.metadata.name === 'linkerd-destination' ? deployment('linkerd-destination') : object,
    );
    const networks = { probeNetworks: ['10.0.1.0/24'] };
    expect(render({ trustAnchors: TRUST_ANCHORS, networks }, without).mistakes()).toEqual([
      expect.stringMatching(
        /overlay of Deployment linkerd\/linkerd-destination .*: no container takes --probe-networks=$/,
      ),
    ]);
  });
});

test('more injectors than asked for are kept', () => {
  const many = controlPlane().map((object) =>
    object.metadata.name === 'linkerd-proxy-injector'
      ? { ...object, spec: { ...(object.spec as object), replicas: 5 } }
      : object,
  );
  expect(
    render({ trustAnchors: TRUST_ANCHORS }, many).found().get('20-linkerd Deployment linkerd-proxy-injector'),
  ).toMatchObject({
    spec: { replicas: 5 },
  });
});

test.each<[VendoredLinkerdProps, string]>([
  [{ trustAnchors: 'x' }, 'linkerd.trustAnchors: holds no certificate: give the trust anchors in PEM'],
  [
    { trustAnchors: TRUST_ANCHORS, webhookCaBundle: 'x' },
    'linkerd.webhookCaBundle: holds no certificate: give the trust anchors in PEM',
  ],
  [{ webhookCaBundle: TRUST_ANCHORS }, 'linkerd.webhookCaBundle: is given without trustAnchors: give both'],
  [
    { trustAnchors: TRUST_ANCHORS, injectorReplicas: 0 },
    'linkerd.injectorReplicas: 0 is not a whole number from 1 to 100',
  ],
])('%j is a mistake', (props, message) => {
  expect(render(props).mistakes()).toContain(message);
});

test('a configuration without a webhook is a mistake', () => {
  const empty = controlPlane().map((object) =>
    object.metadata.name === 'linkerd-proxy-injector-webhook-config' ? { ...object, webhooks: [] } : object,
  );
  expect(render({ trustAnchors: TRUST_ANCHORS }, empty).mistakes()).toEqual([
    'linkerd-proxy-injector-webhook-config has no webhook: take another version of Linkerd',
  ]);
});
