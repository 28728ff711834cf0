import type { Namespaces } from '../namespaces';
import type { Phase } from '../objects/phase';
import { without } from '../objects/without';
import { refuseEmbeddedOptions } from '../releases/embedded-options';
import { projectRoot } from '../releases/project-root';
import type { Release } from '../releases/release';
import { LinkerdControlPlane } from './control-plane/control-plane';
import { LINKERD_VERSION } from './control-plane/images';
import { LINKERD_NAMESPACE, LINKERD_NAMESPACE_PROPS } from './control-plane/namespace';
import type { LinkerdControlPlaneProps } from './control-plane/props';
import { linkerdCrds } from './crds/crds';
import type { GrafanaProps } from './grafana/grafana';
import { Grafana } from './grafana/grafana';
import { GRAFANA_URL } from './grafana/names';
import { files } from './identity/files';
import type { IdentityChoice, IdentityTrust } from './identity/identity';
import type { CallerNetworks } from './policy/caller-networks';
import { networksProblems, probeNetworksOf } from './policy/caller-networks';
import { addVendoredLinkerd, addVendoredViz } from './release';
import { addMistake } from '../objects/mistakes';
import type { Trust } from './trust-root';
import { VIZ_NAMESPACE, VIZ_NAMESPACE_PROPS } from './viz/namespace';
import type { LinkerdVizProps } from './viz/props';
import { TAPPABLE } from './viz/tappable';
import { LinkerdViz } from './viz/viz';

/** Linkerd's viz extension: metrics, tap and the dashboard. */
export interface LinkerdVizOptions extends Omit<
  LinkerdVizProps,
  'webhookCaBundle' | 'nodeNetworks' | 'apiServerNetworks'
> {
  /**
   * A Grafana with dashboards of the mesh, to which viz's dashboard leads.
   *
   * @default false
   */
  readonly grafana?: boolean | GrafanaProps;
}

/** How Linkerd is installed. */
export interface LinkerdOptions extends Omit<
  LinkerdControlPlaneProps,
  'trustAnchors' | 'webhookCaBundle' | 'namespaces' | 'probeNetworks' | 'defaultInboundPolicy'
> {
  /**
   * Where the certificates of the mesh come from.
   *
   * @default files()
   */
  readonly identity?: IdentityChoice;

  /**
   * The viz extension. `false` leaves it out: then there is no `linkerd viz stat`, `tap`, `edges` or `top`, and no dashboard.
   *
   * @default {}
   */
  readonly viz?: LinkerdVizOptions | false;
}

/** Where Linkerd goes to, and what the platform says of it. */
export interface LinkerdContext {
  readonly crds: Phase;

  /** The phase of the control plane. */
  readonly linkerd: Phase;

  /** The phase of the viz extension. */
  readonly viz: Phase;
  readonly namespaces: Namespaces;
  readonly networks: CallerNetworks;
  readonly releases: { readonly linkerd: Release; readonly 'linkerd-viz': Release };

  /** @default - the project's */
  readonly root?: string;
}

/** What became of Linkerd. */
export interface InstalledLinkerd {
  /** The versions that are rendered, if any are. */
  readonly version: string | undefined;
  readonly vizVersion: string | undefined;

  /** Annotations that a meshed pod's template needs to be tapped even if it starts before viz, which others may install. */
  readonly podAnnotations: Readonly<Record<string, string>>;
}

/** Declares Linkerd with its namespaces. */
export function addLinkerd(context: LinkerdContext, options: LinkerdOptions = {}): InstalledLinkerd {
  const { releases, linkerd, root = projectRoot() } = context;
  const withControlPlane = releases.linkerd !== 'external';
  const { identity = files(), viz = {} } = options;
  const withViz = releases['linkerd-viz'] !== 'external' && viz !== false;
  const podAnnotations = viz === false ? {} : TAPPABLE;
  const trust = withControlPlane || withViz ? identity.build(linkerd, { viz: withViz, root }) : undefined;
  if (trust === undefined) return { version: undefined, vizVersion: undefined, podAnnotations };
  return {
    version: withControlPlane ? addControlPlane(context, options, trust) : undefined,
    vizVersion: withViz ? addViz(context, viz, trust) : undefined,
    podAnnotations,
  };
}

function addControlPlane(
  { crds, linkerd, namespaces, networks, releases, root }: LinkerdContext,
  given: LinkerdOptions,
  trust: IdentityTrust,
): string | undefined {
  const options = without(given, 'identity', 'viz');
  if (releases.linkerd === 'vendored') {
    const vendored = ['injectorReplicas', 'validatorFailurePolicy'];
    refuseEmbeddedOptions(linkerd, options, { prop: 'linkerd', component: 'linkerd', vendored });
    const context = { phase: linkerd, crds, namespaces, ...(root !== undefined && { root }) };
    return addVendoredLinkerd(context, { ...options, networks, ...inFiles(linkerd, 'linkerd', trust) }).version;
  }
  namespaces.add(LINKERD_NAMESPACE, LINKERD_NAMESPACE_PROPS);
  linkerdCrds(crds);
  const { prometheusUrl } = given.viz === false ? {} : (given.viz ?? {});
  const probeNetworks = probeNetworksOf(networks);
  new LinkerdControlPlane(linkerd, {
    ...(prometheusUrl !== undefined && { prometheusUrl }),
    ...options,
    ...(trust !== 'in-cluster' && trust),
    namespaces,
    ...(probeNetworks && { probeNetworks }),
  });
  return LINKERD_VERSION;
}

function addViz(
  { crds, viz: phase, namespaces, networks, releases, root }: LinkerdContext,
  options: LinkerdVizOptions,
  trust: IdentityTrust,
): string | undefined {
  if (releases['linkerd-viz'] === 'vendored') {
    refuseEmbeddedOptions(phase, options, { prop: 'linkerd.viz', component: 'linkerd-viz', vendored: [] });
    return addVendoredViz(
      { phase, crds, namespaces, ...(root !== undefined && { root }) },
      { networks, ...inFiles(phase, 'linkerd-viz', trust) },
    ).version;
  }
  namespaces.add(VIZ_NAMESPACE, VIZ_NAMESPACE_PROPS);
  const { nodeNetworks, apiServerNetworks } = networksProblems(networks).length > 0 ? {} : networks;
  const { grafana = false } = options;
  new LinkerdViz(phase, {
    ...(grafana !== false && { grafanaUrl: GRAFANA_URL }),
    ...without(options, 'grafana'),
    ...(trust !== 'in-cluster' && { webhookCaBundle: trust.webhookCaBundle }),
    ...(nodeNetworks && { nodeNetworks }),
    ...(apiServerNetworks && { apiServerNetworks }),
  });
  if (grafana !== false) addGrafana(phase, options, grafana === true ? {} : grafana);
  return LINKERD_VERSION;
}

/** The vendored files hold a CA wherever there is one, which overlays replace by another. */
function inFiles(scope: Phase, component: string, trust: IdentityTrust): Partial<Trust> {
  if (trust !== 'in-cluster') return trust;
  addMistake(
    scope,
    `linkerd.identity: certManager() is for the embedded release, and ${component} is vendored: take files()`,
  );
  return {};
}

/** Adds Grafana, which takes from viz's options what is for all of its pods. */
function addGrafana(phase: Phase, viz: LinkerdVizOptions, props: GrafanaProps): void {
  const { imageRegistry, prometheusUrl, nodeSelector, tolerations, podAnnotations } = viz;
  const grafana = new Grafana(phase, {
    ...(imageRegistry !== undefined && { imageRegistry }),
    ...(prometheusUrl !== undefined && { prometheusUrl }),
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && { tolerations }),
    ...(podAnnotations && { podAnnotations }),
    ...props,
  });
  if (viz.grafanaUrl !== undefined) {
    addMistake(grafana, 'linkerd.viz.grafana: is given together with grafanaUrl: leave one of the two out');
  }
}
