import type { NetworkingLayer } from '../../networking/layer';
import type { Limit, NetworkingLimits } from '../../model/networking-limits';
import { quote } from '../../syntax/quote';
import type { DefaultsSettings } from './defaults';
import type { DomainSettings } from './domain';
import type { FeaturesSettings } from './features';
import type { NetworkSettings } from './network';
import { NETWORK, networkSettings } from './network';
import { certificateKeys, WITHOUT_CERT_MANAGER } from '../../model/serving/cert-manager';

/** What the platform itself decides of Serving's configuration. */
export interface PlatformValues {
  /** The domain of all services that no other domain is for. */
  readonly domain: string;

  readonly networking: Pick<NetworkingLayer, 'name' | 'ingressClass' | 'limits'>;
}

/** The settings that have to do with what the platform decides. */
interface AffectedSettings {
  readonly defaults?: DefaultsSettings;
  readonly domain?: DomainSettings;
  readonly network?: NetworkSettings;
  readonly features?: FeaturesSettings;
}

/** What the platform writes into Serving's ConfigMaps by itself. */
export function platformData({ domain, networking }: PlatformValues) {
  return {
    'config-domain': { [domain]: '' },
    'config-network': { 'ingress-class': networking.ingressClass, 'mesh-compatibility-mode': 'disabled' },
  };
}

/** What of the settings contradicts the platform, each with its prop in front. */
export function contradictions({ network = {}, domain = {} }: AffectedSettings, platform: PlatformValues): string[] {
  const { name, ingressClass, limits } = platform.networking;
  const problems: string[] = [];
  if (network.ingressClass !== undefined && network.ingressClass !== ingressClass) {
    problems.push(
      `network.ingressClass: ${quote(network.ingressClass)} is not the class of ${name}, ${quote(ingressClass)}: leave it out, or give the platform another networking layer`,
    );
  }
  if (platform.domain in domain) {
    problems.push(
      `domain[${quote(platform.domain)}]: it is the platform's own domain, which is for all services: leave it out, or change the platform's domain`,
    );
  }
  const { rolloutDuration = 0 } = network;
  if (limits.trafficSplit !== undefined && rolloutDuration > 0) {
    const { effect, remedy } = limits.trafficSplit;
    problems.push(
      `network.rolloutDuration: ${rolloutDuration} splits requests over revisions: with ${name}, ${effect}: ${remedy}`,
    );
  }
  return problems;
}

/** Settings that come to nothing, or to harm, with a networking layer of such a limit. */
const LAYER_SETTINGS: readonly {
  readonly prop: string;
  readonly limit: keyof NetworkingLimits;
  readonly on: (settings: AffectedSettings, limits: NetworkingLimits) => boolean;

  /** @default - what the limit says */
  readonly message?: string;
}[] = [
  { prop: 'network.externalDomainTls', limit: 'tls', on: ({ network }) => network?.externalDomainTls === 'Enabled' },
  { prop: 'network.httpProtocol', limit: 'tls', on: ({ network }) => network?.httpProtocol === 'Redirected' },
  {
    prop: 'network.clusterLocalDomainTls',
    limit: 'tls',
    on: ({ network }) => network?.clusterLocalDomainTls === 'Enabled',
    message:
      'nothing answers the https addresses that cluster-local services then have: leave it out, the mesh encrypts these requests already',
  },
  {
    prop: 'network.systemInternalTls',
    limit: 'tls',
    on: ({ network }) => network?.systemInternalTls === 'Enabled',
    message:
      'requests go in plain HTTP to the TLS port that Serving then names: leave it out, the mesh encrypts them already',
  },
  {
    prop: 'network.autocreateClusterDomainClaims',
    limit: 'domainMapping',
    on: ({ network }) => network?.autocreateClusterDomainClaims === true,
  },
  {
    prop: 'features.tagHeaderBasedRouting',
    limit: 'tagHeader',
    on: ({ features }) => features?.tagHeaderBasedRouting === 'enabled',
  },
  {
    prop: 'defaults.revisionTimeoutSeconds',
    limit: 'requestTimeout',
    on: ({ defaults }, { requestTimeout }) =>
      (defaults?.revisionTimeoutSeconds ?? 0) > (requestTimeout?.seconds ?? Infinity),
  },
];

const MESH_COMPATIBILITY = {
  auto: 'one 502 or 503 can make Serving give up the addresses of pods for good, and the proxy of Linkerd answers 503 when it fails fast',
  enabled:
    'Serving reaches pods by the Service of their revision, so the activator and the autoscaler cannot tell one pod from another',
} as const;

/** What a user should know of the settings on this platform, each with its prop in front. */
export function warnings(settings: AffectedSettings, { networking }: PlatformValues): string[] {
  const found = LAYER_SETTINGS.flatMap(({ prop, limit, on, message }) => {
    const known: Limit | undefined = networking.limits[limit];
    if (known === undefined || !on(settings, networking.limits)) return [];
    return [`${prop}: with ${networking.name}, ${message ?? `${known.effect}: ${known.remedy}`}`];
  });
  const asking = certificateKeys(networkSettings.data(settings.network ?? {}));
  for (const [prop, { key }] of Object.entries(NETWORK)) {
    if (!asking.includes(key)) continue;
    found.push(`network.${prop}: ${WITHOUT_CERT_MANAGER}: install cert-manager before Serving, or leave it out`);
  }
  const mode = settings.network?.meshCompatibilityMode ?? 'disabled';
  if (mode === 'auto' || mode === 'enabled') {
    found.push(
      `network.meshCompatibilityMode: with ${quote(mode)}, ${MESH_COMPATIBILITY[mode]}: leave it out, for "disabled"`,
    );
  }
  return found;
}
