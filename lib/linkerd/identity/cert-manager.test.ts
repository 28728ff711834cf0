import { App } from 'cdk8s';
import { collectObjects } from '../../objects/collect';
import type { Json } from '../../objects/manifest';
import { warningsOf } from '../../objects/mistakes';
import { Phase } from '../../objects/phase';
import { toYaml } from '../../render/yaml';
import type { CertManagerProps } from './cert-manager';
import { caInjection, certManager, injectCaFrom } from './cert-manager';
import { hostOf, WEBHOOK_SERVICES } from './webhook-services';

interface CertificateObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly isCA?: boolean;
    readonly secretName: string;
    readonly dnsNames?: readonly string[];
    readonly privateKey: object;
  };
}

const build = (props?: CertManagerProps, viz = true) => {
  const app = new App();
  const trust = certManager(props).build(new Phase(app, 'linkerd'), { root: '/nowhere', viz });
  return { app, trust };
};
const render = (...given: Parameters<typeof build>): string =>
  collectObjects(build(...given).app)
    .map(({ manifest }) => toYaml(manifest as Json))
    .join('---\n');
const certificates = (viz = true): CertificateObject[] =>
  collectObjects(build({}, viz).app)
    .map(({ manifest }) => manifest as unknown as CertificateObject)
    .filter(({ kind }) => kind === 'Certificate');

test('least props', () => {
  expect(render()).toMatchSnapshot();
});

test('all props', () => {
  const props: Required<CertManagerProps> = {
    namespace: 'security',
    anchorHours: 17_520,
    issuerHours: 48,
    webhookHours: 24,
  };
  expect(render(props)).toMatchSnapshot();
});

test('what Linkerd trusts is written in the cluster', () => {
  expect(build().trust).toBe('in-cluster');
});

test('every service that the API server calls gets a certificate for its name, in the Secret that it mounts', () => {
  const servers = certificates().filter(({ spec }) => spec.isCA !== true);
  expect(servers.map(({ metadata, spec }) => [metadata.namespace, spec.secretName, spec.dnsNames]).sort()).toEqual(
    WEBHOOK_SERVICES.map((service) => [service.namespace, service.secret, [hostOf(service)]]).sort(),
  );
});

test('the annotation names the Certificate of the service', () => {
  for (const service of WEBHOOK_SERVICES) {
    expect(certificates().map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toContain(
      injectCaFrom(service),
    );
  }
  expect(caInjection({ service: 'tap', namespace: 'linkerd-viz' })).toEqual({
    'cert-manager.io/inject-ca-from': 'linkerd-viz/tap',
  });
});

test('every key is ECDSA P-256 and new with each certificate', () => {
  for (const { spec } of certificates()) {
    expect(spec.privateKey).toEqual({ algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' });
  }
});

test('without viz nothing goes to its namespace', () => {
  expect(render({}, false)).not.toContain('linkerd-viz');
  expect(certificates(false)).toHaveLength(certificates().length - 2);
});

test('says what must be installed first', () => {
  expect(warningsOf(build().app).map(({ message }) => message)).toEqual([
    expect.stringMatching(/^linkerd\.identity: needs cert-manager and trust-manager, .*: install both before/),
  ]);
});

test.each<[CertManagerProps, string]>([
  [{ namespace: 'Cert_Manager' }, 'linkerd.identity.namespace: "Cert_Manager" is not a DNS label'],
  [{ anchorHours: 100 }, 'linkerd.identity.anchorHours: 100 is not a whole number from 8760 to 876000'],
  [{ issuerHours: 24 }, 'linkerd.identity.issuerHours: 24 is not a whole number from 48 to 876000'],
  [
    { issuerHours: 100_000 },
    'linkerd.identity.issuerHours: 100000 is longer than anchorHours, 87600: give a smaller one',
  ],
  [
    { webhookHours: 500_000 },
    "linkerd.identity.webhookHours: 500000 is longer than the webhooks' authority is valid, 87600: give a smaller one",
  ],
  [{ webhookHours: 0.5 }, 'linkerd.identity.webhookHours: 0.5 is not a whole number from 24 to 876000'],
])('%j is refused', (props, message) => {
  expect(() => collectObjects(build(props).app)).toThrow(message);
});
