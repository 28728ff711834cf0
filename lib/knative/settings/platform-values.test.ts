import type { NetworkingLimits } from '../../model/networking-limits';
import type { PlatformValues } from './platform-values';
import * as values from './platform-values';
import type { NetworkSettings } from './network';
import type { KnativeServingSettings } from './settings';
import { settingsData } from './settings';

const INGRESS_CLASS = 'kourier.ingress.networking.knative.dev';

const platform = (limits: NetworkingLimits = {}): PlatformValues => ({
  domain: 'example.com',
  networking: { name: 'kourier', ingressClass: INGRESS_CLASS, limits },
});
const contradictions = (settings: KnativeServingSettings, limits?: NetworkingLimits) =>
  values.contradictions(settings, platform(limits));
const warnings = (settings: KnativeServingSettings, limits?: NetworkingLimits) =>
  values.warnings(settings, platform(limits));

describe("what contradicts the platform's own values", () => {
  it.each([
    [
      { network: { ingressClass: 'istio.ingress.networking.knative.dev' } },
      'network.ingressClass: "istio.ingress.networking.knative.dev" is not the class of kourier, "kourier.ingress.networking.knative.dev": leave it out, or give the platform another networking layer',
    ],
    [
      { domain: { 'example.com': { selector: { app: 'shop' } } } },
      `domain["example.com"]: it is the platform's own domain, which is for all services: leave it out, or change the platform's domain`,
    ],
  ])('%j is a mistake', (settings, message) => {
    expect(contradictions(settings)).toEqual([message]);
  });

  it('is a gradual rollout with a networking layer that does not split traffic', () => {
    const trafficSplit = { effect: 'it cannot', remedy: 'do without' };
    const gradual = { network: { rolloutDuration: 380 } };
    expect(contradictions(gradual, { trafficSplit })).toEqual([
      'network.rolloutDuration: 380 splits requests over revisions: with kourier, it cannot: do without',
    ]);
    expect(contradictions(gradual)).toEqual([]);
    expect(contradictions({ network: { rolloutDuration: 0 } }, { trafficSplit })).toEqual([]);
  });

  it('may be the mesh compatibility, with a warning of what happens', () => {
    for (const meshCompatibilityMode of ['auto', 'enabled'] as const) {
      const settings = { network: { meshCompatibilityMode } };
      expect(contradictions(settings)).toEqual([]);
      expect(warnings(settings)).toEqual([
        expect.stringMatching(`^network.meshCompatibilityMode: with "${meshCompatibilityMode}", .* leave it out`),
      ]);
      expect(settingsData(settings, platform())['config-network']).toMatchObject({
        'mesh-compatibility-mode': meshCompatibilityMode,
      });
    }
    expect(warnings({ network: { meshCompatibilityMode: 'disabled', ingressClass: INGRESS_CLASS } })).toEqual([]);
  });
});

describe('what the networking layer has no use for', () => {
  const limit = { effect: 'it does nothing', remedy: 'do otherwise' };

  it.each<[string, keyof NetworkingLimits, KnativeServingSettings]>([
    ['network.externalDomainTls', 'tls', { network: { externalDomainTls: 'Enabled' } }],
    ['network.httpProtocol', 'tls', { network: { httpProtocol: 'Redirected' } }],
    ['network.autocreateClusterDomainClaims', 'domainMapping', { network: { autocreateClusterDomainClaims: true } }],
    ['features.tagHeaderBasedRouting', 'tagHeader', { features: { tagHeaderBasedRouting: 'enabled' } }],
  ])('is warned of: %s', (prop, name, settings) => {
    const ofLayer = (given: NetworkingLimits = {}): string[] =>
      warnings(settings, given).filter((warning) => warning.includes('with kourier'));
    expect(ofLayer({ [name]: limit })).toEqual([`${prop}: with kourier, it does nothing: do otherwise`]);
    expect(ofLayer()).toEqual([]);
  });

  it('is warned of: a default timeout that is longer than requests may take', () => {
    const limits = { requestTimeout: { ...limit, seconds: 15 } };
    const settings = (revisionTimeoutSeconds: number) => ({ defaults: { revisionTimeoutSeconds } });
    expect(warnings(settings(16), limits)).toEqual([
      'defaults.revisionTimeoutSeconds: with kourier, it does nothing: do otherwise',
    ]);
    expect(warnings(settings(15), limits)).toEqual([]);
    expect(warnings({}, limits)).toEqual([]);
    expect(warnings(settings(16))).toEqual([]);
  });

  it.each<['clusterLocalDomainTls' | 'systemInternalTls', string]>([
    [
      'clusterLocalDomainTls',
      'nothing answers the https addresses that cluster-local services then have: leave it out, the mesh encrypts these requests already',
    ],
    [
      'systemInternalTls',
      'requests go in plain HTTP to the TLS port that Serving then names: leave it out, the mesh encrypts them already',
    ],
  ])('is warned of: network.%s, which does harm', (prop, message) => {
    const settings: KnativeServingSettings = { network: { [prop]: 'Enabled' } };
    expect(warnings(settings, { tls: limit })).toContain(`network.${prop}: with kourier, ${message}`);
    expect(warnings(settings).join()).not.toContain(message);
  });

  it.each<[string, NetworkSettings]>([
    ['externalDomainTls', { externalDomainTls: 'Enabled' }],
    ['clusterLocalDomainTls', { clusterLocalDomainTls: 'Enabled' }],
    ['systemInternalTls', { systemInternalTls: 'Enabled' }],
    ['namespaceWildcardCertSelector', { namespaceWildcardCertSelector: {} }],
  ])('is warned of where Serving does not start without cert-manager: network.%s', (prop, network) => {
    expect(warnings({ network })).toEqual([
      `network.${prop}: Serving's controller ends at its start, and nothing of Knative works, unless the cluster has cert-manager's CRDs: install cert-manager before Serving, or leave it out`,
    ]);
  });

  it('is not warned of cert-manager where nothing asks it', () => {
    expect(warnings({ network: { externalDomainTls: 'Disabled', httpProtocol: 'Redirected' } })).toEqual([]);
  });
});
