import type { MutatingWebhookConfigurationProps } from '../../imports/kubernetes';
import {
  ApiService,
  ConfigMap,
  Deployment,
  MutatingWebhookConfiguration,
  ValidatingWebhookConfiguration,
} from '../../imports/kubernetes';
import type { Namespaces } from '../namespaces';
import type { Overlay } from '../releases/overlay';
import { overlay } from '../releases/overlay';
import { beyondMeshedNamespaces } from './born-meshed';
import { withValues } from './values-document';
import type { Trust } from './trust-root';
import { caBundle, TRUST_ROOT_ANNOTATION, trimmedPem, trustRootSha256 } from './trust-root';

const NAMESPACE = 'linkerd';

/** The configuration that calls the proxy injector. */
export const INJECTOR_WEBHOOK_CONFIGURATION = 'linkerd-proxy-injector-webhook-config';

/** The Deployment of the proxy injector. */
export const PROXY_INJECTOR = 'linkerd-proxy-injector';

const VALIDATORS = ['linkerd-sp-validator-webhook-config', 'linkerd-policy-validator-webhook-config'];

const OWN_CA = "a vendored copy carries another installation's CA";

type Webhook = NonNullable<MutatingWebhookConfigurationProps['webhooks']>[number];

/** What the platform makes of Linkerd's control plane. */
export interface ControlPlaneOverlaysProps {
  /** @default - as the vendored files have it */
  readonly trust?: Trust;
  readonly namespaces: Namespaces;
  readonly injectorReplicas: number;
  readonly validatorFailurePolicy: 'Ignore' | 'Fail';
}

/** What a vendored release of Linkerd's control plane is rendered with. */
export function controlPlaneOverlays(props: ControlPlaneOverlaysProps): Overlay[] {
  const { trust, namespaces, injectorReplicas, validatorFailurePolicy } = props;
  return [
    ...(trust === undefined ? [] : trustOverlays(trust)),
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
      of: { name: PROXY_INJECTOR, namespace: NAMESPACE },
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

/** What a vendored release of Linkerd's viz extension is rendered with. */
export function vizOverlays(trust: Trust | undefined): Overlay[] {
  if (trust === undefined) return [];
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

function trustOverlays(trust: Trust): Overlay[] {
  const { trustAnchors, webhookCaBundle } = trust;
  return [
    overlay({
      kind: ConfigMap,
      of: { name: 'linkerd-identity-trust-roots', namespace: NAMESPACE },
      because: OWN_CA,
      change: ({ data, ...configMap }) => ({
        ...configMap,
        data: { ...data, 'ca-bundle.crt': trimmedPem(trustAnchors) },
      }),
    }),
    overlay({
      kind: ConfigMap,
      of: { name: 'linkerd-config', namespace: NAMESPACE },
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
