import type { MutatingWebhookConfigurationProps } from '../../imports/kubernetes';
import {
  ApiService,
  ConfigMap,
  Deployment,
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
} from '../../imports/kubernetes';
import { NetworkAuthentication } from '../../imports/policy.linkerd.io';
import type { Namespaces } from '../namespaces';
import type { Overlay } from '../releases/overlay';
import { overlay } from '../releases/overlay';
import { beyondMeshedNamespaces } from './born-meshed';
import { LINKERD_NAMESPACE } from './control-plane/namespace';
import type { CallerNetworks } from './policy/caller-networks';
import { withValues } from './values-document';
import type { Trust } from './trust-root';
import { caBundle, TRUST_ROOT_ANNOTATION, trimmedPem, trustRootSha256 } from './trust-root';
import { VIZ_NAMESPACE } from './viz/namespace';

/** The configuration that calls the proxy injector. */
export const INJECTOR_WEBHOOK_CONFIGURATION = 'linkerd-proxy-injector-webhook-config';

/** The Deployment of the proxy injector. */
export const PROXY_INJECTOR = 'linkerd-proxy-injector';

const VALIDATORS = ['linkerd-sp-validator-webhook-config', 'linkerd-policy-validator-webhook-config'];

const NARROWED = "the platform's networks are narrower than the vendored files'";

const OWN_CA = "a vendored copy carries another installation's CA";

type Webhook = NonNullable<MutatingWebhookConfigurationProps['webhooks']>[number];

/** What the platform makes of Linkerd's control plane. */
export interface ControlPlaneOverlaysProps {
  /** @default - as the vendored files have it */
  readonly trust?: Trust;

  /** @default - as the vendored files have it */
  readonly probeNetworks?: readonly string[];
  readonly namespaces: Namespaces;
  readonly injectorReplicas: number;
  readonly validatorFailurePolicy: 'Ignore' | 'Fail';
}

/** What a vendored release of Linkerd's control plane is rendered with. */
export function controlPlaneOverlays(props: ControlPlaneOverlaysProps): Overlay[] {
  const { trust, probeNetworks, namespaces, injectorReplicas, validatorFailurePolicy } = props;
  return [
    ...(trust === undefined ? [] : trustOverlays(trust)),
    ...(probeNetworks === undefined ? [] : probeNetworksOverlays(probeNetworks)),
    overlay({
      kind: MutatingWebhookConfiguration,
      of: INJECTOR_WEBHOOK_CONFIGURATION,
      because:
        "the namespaces that the platform meshes have a configuration of their own, and the others' pods must not depend on the injector",
      change: ({ webhooks, ...configuration }) => ({
        ...configuration,
        webhooks: (webhooks ?? []).map((webhook) => ({
          ...webhook,
          failurePolicy: 'Ignore',
          namespaceSelector: beyondMeshedNamespaces(webhook.namespaceSelector, namespaces),
        })),
      }),
    }),
    overlay({
      kind: Deployment,
      of: { name: PROXY_INJECTOR, namespace: LINKERD_NAMESPACE },
      because: 'no pod of a meshed namespace is created while no injector answers',
      change: ({ spec, ...deployment }) => {
        if (spec === undefined) throw new Error('it has no spec');
        return { ...deployment, spec: { ...spec, replicas: Math.max(spec.replicas ?? 1, injectorReplicas) } };
      },
    }),
    ...VALIDATORS.map((name) =>
      overlay({
        kind: ValidatingWebhookConfiguration,
        of: name,
        because: `the platform's choice is ${validatorFailurePolicy}`,
        change: ({ webhooks, ...configuration }) => ({
          ...configuration,
          webhooks: (webhooks ?? []).map((webhook) => ({ ...webhook, failurePolicy: validatorFailurePolicy })),
        }),
      }),
    ),
  ];
}

/** What the platform makes of Linkerd's viz extension. */
export interface VizOverlaysProps {
  /** @default - as the vendored files have it */
  readonly trust?: Trust;

  /** @default - as the vendored files have it */
  readonly networks?: Pick<CallerNetworks, 'nodeNetworks' | 'apiServerNetworks'>;
}

/** What a vendored release of Linkerd's viz extension is rendered with. */
export function vizOverlays({ trust, networks = {} }: VizOverlaysProps): Overlay[] {
  return [
    ...(trust === undefined ? [] : tapTrustOverlays(trust)),
    ...callersOverlays('kubelet', networks.nodeNetworks),
    ...callersOverlays('kube-api-server', networks.apiServerNetworks),
  ];
}

function tapTrustOverlays(trust: Trust): Overlay[] {
  return [
    overlay({
      kind: ApiService,
      of: 'v1alpha1.tap.linkerd.io',
      because: OWN_CA,
      change: ({ spec, ...service }) => {
        if (spec === undefined) throw new Error('it has no spec');
        return { ...service, spec: { ...spec, caBundle: caBundle(trust.webhookCaBundle) } };
      },
    }),
    mutatingCa('linkerd-tap-injector-webhook-config', trust),
  ];
}

/** Callers that viz knows by their networks. */
function callersOverlays(name: string, networks: readonly string[] | undefined): Overlay[] {
  if (networks === undefined) return [];
  return [
    overlay({
      kind: NetworkAuthentication,
      of: { name, namespace: VIZ_NAMESPACE },
      because: NARROWED,
      change: (authentication) => ({
        ...authentication,
        spec: { ...authentication.spec, networks: networks.map((cidr) => ({ cidr })) },
      }),
    }),
  ];
}

const PROBE_NETWORKS = '--probe-networks=';

/** The networks from which HTTP probes pass, for the policy controller and where Linkerd's own tools look them up. */
function probeNetworksOverlays(networks: readonly string[]): Overlay[] {
  return [
    overlay({
      kind: Deployment,
      of: { name: 'linkerd-destination', namespace: LINKERD_NAMESPACE },
      because: NARROWED,
      change: ({ spec, ...deployment }) => {
        if (spec?.template.spec === undefined) throw new Error('it has no spec of pods');
        const { containers, ...pod } = spec.template.spec;
        const takes = (arg: string): boolean => arg.startsWith(PROBE_NETWORKS);
        if (!containers.some(({ args = [] }) => args.some(takes)))
          throw new Error(`no container takes ${PROBE_NETWORKS}`);
        const narrowed = containers.map((container) => {
          const { args } = container;
          if (args === undefined) return container;
          return { ...container, args: args.map((arg) => (takes(arg) ? PROBE_NETWORKS + networks.join(',') : arg)) };
        });
        const template = { ...spec.template, spec: { ...pod, containers: narrowed } };
        return { ...deployment, spec: { ...spec, template } };
      },
    }),
    overlay({
      kind: ConfigMap,
      of: { name: 'linkerd-config', namespace: LINKERD_NAMESPACE },
      because: NARROWED,
      change: ({ data, ...configMap }) => ({
        ...configMap,
        data: { ...data, values: withValues(data?.values ?? '', [[['policyController', 'probeNetworks'], networks]]) },
      }),
    }),
  ];
}

function trustOverlays(trust: Trust): Overlay[] {
  const { trustAnchors, webhookCaBundle } = trust;
  return [
    overlay({
      kind: ConfigMap,
      of: { name: 'linkerd-identity-trust-roots', namespace: LINKERD_NAMESPACE },
      because: OWN_CA,
      change: ({ data, ...configMap }) => ({
        ...configMap,
        data: { ...data, 'ca-bundle.crt': trimmedPem(trustAnchors) },
      }),
    }),
    overlay({
      kind: ConfigMap,
      of: { name: 'linkerd-config', namespace: LINKERD_NAMESPACE },
      because: OWN_CA,
      change: ({ data, ...configMap }) => ({
        ...configMap,
        data: {
          ...data,
          values: withValues(data?.values ?? '', [
            [['identityTrustAnchorsPEM'], `${trimmedPem(trustAnchors)}\n`],
            ...['proxyInjector', 'profileValidator', 'policyValidator'].map(
              (webhook) => [[webhook, 'caBundle'], `${trimmedPem(webhookCaBundle)}\n`] as const,
            ),
          ]),
        },
      }),
    }),
    overlay({
      kind: Deployment,
      of: {
        where: ({ spec }) => spec?.template.metadata?.annotations?.[TRUST_ROOT_ANNOTATION] !== undefined,
        called: `with ${TRUST_ROOT_ANNOTATION}`,
      },
      because: OWN_CA,
      change: ({ spec, ...deployment }) => {
        if (spec === undefined) throw new Error('it has no spec');
        const { metadata, ...template } = spec.template;
        const annotations = { ...metadata?.annotations, [TRUST_ROOT_ANNOTATION]: trustRootSha256(trustAnchors) };
        return { ...deployment, spec: { ...spec, template: { ...template, metadata: { ...metadata, annotations } } } };
      },
    }),
    mutatingCa(INJECTOR_WEBHOOK_CONFIGURATION, trust),
    ...VALIDATORS.map((name) =>
      overlay({
        kind: ValidatingWebhookConfiguration,
        of: name,
        because: OWN_CA,
        change: ({ webhooks, ...configuration }) => ({
          ...configuration,
          webhooks: (webhooks ?? []).map((webhook) => withCa(webhook, webhookCaBundle)),
        }),
      }),
    ),
  ];
}

const mutatingCa = (name: string, { webhookCaBundle }: Trust): Overlay =>
  overlay({
    kind: MutatingWebhookConfiguration,
    of: name,
    because: OWN_CA,
    change: ({ webhooks, ...configuration }) => ({
      ...configuration,
      webhooks: (webhooks ?? []).map((webhook) => withCa(webhook, webhookCaBundle)),
    }),
  });

function withCa<Given extends Pick<Webhook, 'clientConfig'>>(webhook: Given, pem: string): Given {
  return { ...webhook, clientConfig: { ...webhook.clientConfig, caBundle: caBundle(pem) } };
}
