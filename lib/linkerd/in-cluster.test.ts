import { App } from 'cdk8s';
import { Namespaces } from '../namespaces';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import { toYaml } from '../render/yaml';
import type { Json } from '../objects/manifest';
import { injectCaFrom } from './identity/cert-manager';
import { WEBHOOK_SERVICES } from './identity/webhook-services';
import { LinkerdControlPlane } from './control-plane/control-plane';
import { LinkerdViz } from './viz/viz';
import { parse } from 'yaml';

/** Linkerd whose certificates are made in the cluster. */
const objects = () => {
  const app = new App();
  const namespaces = new Namespaces(app);
  namespaces.add('default');
  new LinkerdControlPlane(new Phase(app, 'linkerd'), { namespaces });
  new LinkerdViz(new Phase(app, 'linkerd-viz'), {});
  return collectObjects(app).map(({ manifest }) => manifest);
};

test('no certificate is rendered, and no sum of one', () => {
  const yaml = objects()
    .map((manifest) => toYaml(manifest as Json))
    .join('---\n');
  expect(yaml).not.toContain('BEGIN CERTIFICATE');
  expect(yaml).not.toMatch(/caBundle: \S{3}/);
  expect(yaml).not.toContain('linkerd.io/trust-root-sha256');
  expect(
    objects().some(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'linkerd-identity-trust-roots'),
  ).toBe(false);
});

test('cert-manager puts the CA into every object that the API server calls a service by', () => {
  const injected = objects().map(({ metadata }) => metadata.annotations?.['cert-manager.io/inject-ca-from']);
  const calling = objects().filter(({ kind }) => /WebhookConfiguration$|^APIService$/.test(kind));
  expect(injected.filter((from) => from !== undefined)).toHaveLength(calling.length);
  expect(new Set(injected.filter((from) => from !== undefined))).toEqual(new Set(WEBHOOK_SERVICES.map(injectCaFrom)));
});

test('linkerd-config says so', () => {
  const config = objects().find(({ metadata }) => metadata.name === 'linkerd-config') as unknown as {
    data: { values: string };
  };
  expect(parse(config.data.values)).toMatchObject({
    identity: { externalCA: true },
    identityTrustAnchorsPEM: '',
    proxyInjector: { caBundle: '', externalSecret: true, injectCaFrom: 'linkerd/linkerd-proxy-injector' },
    profileValidator: { injectCaFrom: 'linkerd/linkerd-sp-validator' },
    policyValidator: { injectCaFrom: 'linkerd/linkerd-policy-validator' },
  });
});
