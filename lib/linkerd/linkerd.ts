import type { Namespaces } from '../namespaces';
import { KNOWN_ELSEWHERE, VALUE, knownProps } from '../objects/known-props';
import { addMistake, addWarning } from '../objects/mistakes';
import { assumeNamespace } from '../objects/namespaced';
import type { Phase } from '../objects/phase';
import { without } from '../objects/without';
import { refuseEmbeddedOptions } from '../releases/embedded-options';
import { projectRoot } from '../releases/project-root';
import type { Release } from '../releases/release';
import { LinkerdControlPlane } from './control-plane/control-plane';
import { LINKERD_VERSION, registryProblem } from './control-plane/images';
import { httpUrlProblem } from './control-plane/http-url';
import { LINKERD_NAMESPACE, LINKERD_NAMESPACE_PROPS, PRIVILEGED, RESTRICTED } from './control-plane/namespace';
import type { LinkerdControlPlaneProps } from './control-plane/props';
import { proxyOf } from './control-plane/settings';
import { linkerdCrds } from './crds/crds';
import type { GrafanaProps } from './grafana/grafana';
import { GRAFANA_PROPS, Grafana } from './grafana/grafana';
import { GRAFANA_URL } from './grafana/names';
import { files } from './identity/files';
import type { IdentityChoice, IdentityTrust } from './identity/identity';
import type { CallerNetworks } from './policy/caller-networks';
import { networksProblems, probeNetworksOf } from './policy/caller-networks';
import type { ProxyConfig } from '../mesh/proxy-config';
import { PROXY_CONFIG } from '../mesh/proxy-config';
import { RESOURCES } from '../mesh/resources';
import { addVendoredLinkerd, addVendoredViz } from './vendored';
import { VIZ_NAMESPACE, vizNamespaceProps } from './viz/namespace';
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
   * The viz extension. `false` leaves it out: then there is no `linkerd viz stat`, `tap`, `edges` or `top`, and no dashboard. Pods of the
   * control plane, which start before it, can be tapped when they are restarted once.
   *
   * @default {}
   */
  readonly viz?: LinkerdVizOptions | false;
}

const VIZ_PARTS = knownProps<NonNullable<LinkerdVizOptions['resources']>>({
  'metrics-api': RESOURCES,
  prometheus: RESOURCES,
  tap: RESOURCES,
  'tap-injector': RESOURCES,
  web: RESOURCES,
});

const VIZ_OPTIONS = knownProps<LinkerdVizOptions>({
  grafana: GRAFANA_PROPS,
  prometheusUrl: VALUE,
  grafanaUrl: VALUE,
  replicas: knownProps<NonNullable<LinkerdVizOptions['replicas']>>({
    'metrics-api': VALUE,
    tap: VALUE,
    'tap-injector': VALUE,
    web: VALUE,
  }),
  resources: VIZ_PARTS,
  logLevel: VALUE,
  logFormat: VALUE,
  imageRegistry: VALUE,
  nodeSelector: VALUE,
  tolerations: KNOWN_ELSEWHERE,
  podAnnotations: VALUE,
});

/** The props of {@link LinkerdOptions}. */
export const LINKERD_OPTIONS = knownProps<LinkerdOptions>({
  // What files() and certManager() make says so itself.
  identity: KNOWN_ELSEWHERE,
  viz: VIZ_OPTIONS,
  highAvailability: VALUE,
  replicas: VALUE,
  injectorReplicas: VALUE,
  validatorFailurePolicy: VALUE,
  proxy: PROXY_CONFIG,
  cni: VALUE,
  clusterNetworks: VALUE,
  resources: knownProps<NonNullable<LinkerdOptions['resources']>>({
    destination: RESOURCES,
    heartbeat: RESOURCES,
    identity: RESOURCES,
    policyController: RESOURCES,
    proxyInjector: RESOURCES,
    spValidator: RESOURCES,
  }),
  heartbeat: VALUE,
  heartbeatHour: VALUE,
  prometheusUrl: VALUE,
  logLevel: VALUE,
  logFormat: VALUE,
  imageRegistry: VALUE,
  nodeSelector: VALUE,
  tolerations: KNOWN_ELSEWHERE,
  priorityClassName: VALUE,
  podAnnotations: VALUE,
});

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

  /** What is asked of the proxies of all meshed pods. Of an installation that takes no options here nothing is known. */
  readonly proxy: ProxyConfig;
}

/** Declares Linkerd with its namespaces. */
export function addLinkerd(context: LinkerdContext, options: LinkerdOptions = {}): InstalledLinkerd {
  const { releases, linkerd, root = projectRoot() } = context;
  const withControlPlane = releases.linkerd !== 'external';
  const { identity = files(), viz = {} } = options;
  const withViz = releases['linkerd-viz'] !== 'external' && viz !== false;
  refuseOptionsOfOthers(context, options);
  if (!withControlPlane) {
    addWarning(linkerd, NOT_BORN_MESHED);
    assumeNamespace(linkerd, LINKERD_NAMESPACE);
  }
  const said = {
    podAnnotations: viz === false ? {} : TAPPABLE,
    proxy: releases.linkerd === 'embedded' ? proxyOf(options) : {},
  };
  const needed = withControlPlane || withViz;
  const trust = needed && identityFits(context, identity) ? identity.build(linkerd, { viz: withViz, root }) : undefined;
  return {
    version: withControlPlane ? addControlPlane(context, options, trust) : undefined,
    vizVersion: withViz ? addViz(context, viz, trust) : undefined,
    ...said,
  };
}

const NOT_BORN_MESHED =
  'releases.linkerd: "external" leaves it to that installation that no pod starts without its proxy: give the webhook of its proxy injector failurePolicy "Fail" for the meshed namespaces (webhookFailurePolicy of Linkerd\'s chart)';

/** Records the options of what is external: whoever installs it decides on them. */
function refuseOptionsOfOthers({ linkerd, releases }: LinkerdContext, options: LinkerdOptions): void {
  const { identity, viz = {} } = options;
  const refuse = (prop: string, what: string, component: string): void => {
    addMistake(
      linkerd,
      `${prop}: is given, but ${what} external and decided on where it is installed: leave it out, or set releases.${component} to "embedded"`,
    );
  };
  const given = (props: object): string[] =>
    Object.entries(props).flatMap(([prop, value]) => (value === undefined ? [] : [prop]));
  if (releases.linkerd === 'external') {
    for (const prop of given(without(options, 'identity', 'viz'))) refuse(`linkerd.${prop}`, 'Linkerd is', 'linkerd');
  }
  if (releases['linkerd-viz'] !== 'external') return;
  for (const prop of given(viz === false ? {} : viz)) refuse(`linkerd.viz.${prop}`, 'viz is', 'linkerd-viz');
  if (releases.linkerd === 'external' && identity !== undefined) {
    refuse('linkerd.identity', 'Linkerd and viz are', 'linkerd');
  }
}

function addControlPlane(
  { crds, linkerd, namespaces, networks, releases, root }: LinkerdContext,
  given: LinkerdOptions,
  trust: IdentityTrust | undefined,
): string | undefined {
  const options = without(given, 'identity', 'viz');
  if (releases.linkerd === 'vendored') {
    const vendored = ['injectorReplicas', 'validatorFailurePolicy'];
    refuseEmbeddedOptions(linkerd, options, { prop: 'linkerd', component: 'linkerd', vendored });
    if (trust === undefined || trust === 'in-cluster') return undefined;
    const context = { phase: linkerd, crds, namespaces, ...(root !== undefined && { root }) };
    return addVendoredLinkerd(context, { ...options, networks, ...trust }).version;
  }
  if (trust === undefined) return undefined;
  namespaces.add(LINKERD_NAMESPACE, {
    ...LINKERD_NAMESPACE_PROPS,
    ...(options.cni === true ? RESTRICTED : PRIVILEGED),
  });
  linkerdCrds(crds);
  const { prometheusUrl } = given.viz === false ? {} : valid(given.viz ?? {});
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
  trust: IdentityTrust | undefined,
): string | undefined {
  if (releases['linkerd-viz'] === 'vendored') {
    refuseEmbeddedOptions(phase, options, { prop: 'linkerd.viz', component: 'linkerd-viz', vendored: [] });
    if (trust === undefined || trust === 'in-cluster') return undefined;
    return addVendoredViz({ phase, crds, namespaces, ...(root !== undefined && { root }) }, { networks, ...trust })
      .version;
  }
  if (trust === undefined) return undefined;
  namespaces.add(VIZ_NAMESPACE, vizNamespaceProps(options));
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

/** Whether vendored releases can have their certificates from there: they hold a CA wherever there is one, which overlays replace by another. */
function identityFits({ linkerd, releases }: LinkerdContext, { name }: IdentityChoice): boolean {
  const vendored = (['linkerd', 'linkerd-viz'] as const).filter((component) => releases[component] === 'vendored');
  if (name === 'files' || vendored.length === 0) return true;
  const are = vendored.length === 1 ? 'is' : 'are';
  addMistake(
    linkerd,
    `linkerd.identity: ${name}() is for embedded releases, and ${vendored.join(' and ')} ${are} vendored: take files()`,
  );
  return false;
}

/** What of viz's options others take over, without what is wrong: that is viz's own mistake. */
function valid({ prometheusUrl, imageRegistry }: LinkerdVizOptions): {
  prometheusUrl?: string;
  imageRegistry?: string;
} {
  return {
    ...(prometheusUrl !== undefined && httpUrlProblem(prometheusUrl) === undefined && { prometheusUrl }),
    ...(imageRegistry !== undefined && registryProblem(imageRegistry) === undefined && { imageRegistry }),
  };
}

/** Adds Grafana, which takes from viz's options what is for all of its pods. */
function addGrafana(phase: Phase, viz: LinkerdVizOptions, props: GrafanaProps): void {
  const { nodeSelector, tolerations, podAnnotations } = viz;
  const grafana = new Grafana(phase, {
    ...valid(viz),
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && { tolerations }),
    ...(podAnnotations && { podAnnotations }),
    ...props,
  });
  if (viz.grafanaUrl !== undefined) {
    addMistake(grafana, 'linkerd.viz.grafana: is given together with grafanaUrl: leave one of the two out');
  }
}
