import type { MutatingWebhookConfigurationProps } from '../../imports/kubernetes';
import { PodDisruptionBudget } from '../../imports/kubernetes';
import type { Namespaces } from '../namespaces';
import type { Json, Manifest } from '../objects/manifest';
import { addMistake, addWarning } from '../objects/mistakes';
import type { Phase } from '../objects/phase';
import { trustAnchorsProblems } from '../releases/trust-anchors';
import { VendoredRelease } from '../releases/vendored-release';
import { wholeNumberProblem } from '../syntax/whole-number';
import { BornMeshed } from './born-meshed';
import { LINKERD_NAMESPACE, LINKERD_NAMESPACE_PROPS, PRIVILEGED } from './control-plane/namespace';
import { controlPlaneOverlays, INJECTOR_WEBHOOK_CONFIGURATION, PROXY_INJECTOR, vizOverlays } from './overlays';
import type { CallerNetworks } from './policy/caller-networks';
import { networksProblems, probeNetworksOf } from './policy/caller-networks';
import type { Trust } from './trust-root';
import { caBundle, foreignTrust } from './trust-root';
import { VIZ_NAMESPACE, VIZ_NAMESPACE_PROPS } from './viz/namespace';

/** How Linkerd's control plane and its viz extension are rendered from their vendored releases. */
export interface VendoredLinkerdProps {
  /**
   * The trust anchors of the mesh: certificates of certificate authorities in PEM, ECDSA P-256, no keys.
   *
   * @default - those that the vendored files carry, with a warning
   */
  readonly trustAnchors?: string;

  /**
   * The CA of the certificates of Linkerd's webhooks and of viz's tap API, in PEM. One of its own lets those certificates be
   * renewed without touching identities.
   *
   * @default - the trust anchors
   */
  readonly webhookCaBundle?: string;

  /**
   * How many proxy injectors run at least: no pod of a meshed namespace is created while none answers. 1 to 100.
   *
   * @default 2
   */
  readonly injectorReplicas?: number;

  /**
   * What happens to ServiceProfiles and policies while their validator does not answer. `Fail` refuses those of every namespace.
   *
   * @default 'Ignore'
   */
  readonly validatorFailurePolicy?: 'Ignore' | 'Fail';

  /**
   * The networks that viz lets the API server and kubelets in from, and from which HTTP probes pass in the whole mesh.
   *
   * @default - as the vendored files have it: every address
   */
  readonly networks?: CallerNetworks;
}

/** Where a vendored release goes to. */
export interface VendoredLinkerdContext {
  /** The phase of what is no CRD. */
  readonly phase: Phase;
  readonly crds: Phase;
  readonly namespaces: Namespaces;

  /** @default - the project's */
  readonly root?: string;
}

/** Linkerd's control plane from its vendored release: its namespace, its CRDs and all else, and what makes pods of meshed namespaces born meshed. */
export function addVendoredLinkerd(context: VendoredLinkerdContext, props: VendoredLinkerdProps = {}): VendoredRelease {
  const { phase, namespaces } = context;
  const { injectorReplicas = 2, validatorFailurePolicy = 'Ignore', networks = {} } = props;
  namespaces.add(LINKERD_NAMESPACE, { ...LINKERD_NAMESPACE_PROPS, ...PRIVILEGED });
  const trust = trustOf(props);
  const probeNetworks = probeNetworksOf(networks);
  const overlays = controlPlaneOverlays({
    ...(trust && { trust }),
    ...(probeNetworks && { probeNetworks }),
    namespaces,
    injectorReplicas,
    validatorFailurePolicy,
  });
  const release = newRelease('linkerd', context, overlays, trust);
  addBornMeshed(phase, release, namespaces, trust);
  addInjectorBudget(phase, release);
  for (const message of problemsOf(props)) addMistake(release, message);
  if (trust === undefined && release.version !== undefined) {
    addWarning(
      release,
      'linkerd.trustAnchors: none is given, so the mesh trusts the CA of the vendored files: give your own',
    );
  }
  return release;
}

/** Linkerd's viz extension from its vendored release, with its namespace. */
export function addVendoredViz(context: VendoredLinkerdContext, props: VendoredLinkerdProps = {}): VendoredRelease {
  context.namespaces.add(VIZ_NAMESPACE, VIZ_NAMESPACE_PROPS);
  const trust = trustOf(props);
  const networks = networksProblems(props.networks ?? {}).length > 0 ? {} : props.networks;
  return newRelease(
    'linkerd-viz',
    context,
    vizOverlays({ ...(trust && { trust }), ...(networks && { networks }) }),
    trust,
  );
}

function newRelease(
  component: string,
  { phase, crds, namespaces, root }: VendoredLinkerdContext,
  overlays: ReturnType<typeof vizOverlays>,
  trust: Trust | undefined,
): VendoredRelease {
  return new VendoredRelease(phase, 'release', {
    component,
    namespaces,
    overlays,
    phaseOf: ({ kind }) => (kind === 'CustomResourceDefinition' ? crds : phase),
    ...(trust && { problem: (object: Manifest) => foreignTrust(object as Json, trust) }),
    ...(root !== undefined && { root }),
  });
}

function trustOf({ trustAnchors, webhookCaBundle = trustAnchors }: VendoredLinkerdProps): Trust | undefined {
  return trustAnchors === undefined || webhookCaBundle === undefined ? undefined : { trustAnchors, webhookCaBundle };
}

/** The platform's own webhook calls the injector just as the release's does. */
function addBornMeshed(phase: Phase, release: VendoredRelease, namespaces: Namespaces, trust: Trust | undefined): void {
  const upstream = release.objects.find(({ metadata }) => metadata.name === INJECTOR_WEBHOOK_CONFIGURATION);
  if (upstream === undefined) return;
  const { metadata, webhooks } = upstream as unknown as MutatingWebhookConfigurationProps;
  const [webhook] = webhooks ?? [];
  if (webhook === undefined) {
    addMistake(release, `${INJECTOR_WEBHOOK_CONFIGURATION} has no webhook: take another version of Linkerd`);
    return;
  }
  const { admissionReviewVersions, clientConfig, sideEffects, timeoutSeconds } = webhook;
  new BornMeshed(phase, 'born-meshed', {
    labels: metadata.labels ?? {},
    namespaces,
    webhook: {
      admissionReviewVersions,
      sideEffects,
      clientConfig: trust === undefined ? clientConfig : { ...clientConfig, caBundle: caBundle(trust.webhookCaBundle) },
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    },
  });
}

/** The budget that Linkerd's own values for high availability add, where the vendored files are without them. */
function addInjectorBudget(phase: Phase, release: VendoredRelease): void {
  const isBudget = ({ kind, metadata }: Manifest): boolean =>
    kind === 'PodDisruptionBudget' && metadata.name === PROXY_INJECTOR;
  if (release.objects.length === 0 || release.objects.some(isBudget)) return;
  const labels = { 'linkerd.io/control-plane-component': 'proxy-injector' };
  new PodDisruptionBudget(phase, 'injector-budget', {
    metadata: { name: PROXY_INJECTOR, namespace: LINKERD_NAMESPACE, labels },
    spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
  });
}

function problemsOf({ trustAnchors, webhookCaBundle, injectorReplicas = 2 }: VendoredLinkerdProps): string[] {
  const replicas = wholeNumberProblem(injectorReplicas, 1, 100);
  return [
    ...(trustAnchors === undefined ? [] : trustAnchorsProblems(trustAnchors)).map((what) => `trustAnchors: ${what}`),
    ...(webhookCaBundle === undefined ? [] : trustAnchorsProblems(webhookCaBundle)).map(
      (what) => `webhookCaBundle: ${what}`,
    ),
    ...(webhookCaBundle !== undefined && trustAnchors === undefined
      ? ['webhookCaBundle: is given without trustAnchors: give both']
      : []),
    ...(replicas === undefined ? [] : [`injectorReplicas: ${replicas}`]),
  ].map((message) => `linkerd.${message}`);
}
