import type { Toleration } from '../../../imports/kubernetes';
import type { Namespaces } from '../../namespaces';
import type { ProxyConfig } from '../../mesh/proxy-config';
import type { Resources } from '../../mesh/resources';
import type { DefaultInboundPolicy } from '../proxy/settings';

/** How much Linkerd's programs log. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** A container of the control plane whose resources can be set. */
export type ControlPlaneContainer =
  'destination' | 'heartbeat' | 'identity' | 'policyController' | 'proxyInjector' | 'spValidator';

export interface LinkerdControlPlaneProps {
  /**
   * The trust anchors of the proxies' identities: certificates of certificate authorities in PEM, ECDSA P-256, no keys. Proxies get
   * them when their pod is created: a change reaches a pod when it is restarted.
   *
   * @default - trust-manager writes them to the ConfigMap `linkerd-identity-trust-roots` in the cluster
   */
  readonly trustAnchors?: string;

  /**
   * The CA of the certificates of Linkerd's webhooks: certificates in PEM. One of its own, other than the trust anchors, lets
   * those be renewed without touching identities.
   *
   * @default - cert-manager puts the CA of each webhook's own Certificate in
   */
  readonly webhookCaBundle?: string;

  /** The namespaces of the platform: no pod of those that it meshes is created while no injector answers. */
  readonly namespaces: Namespaces;

  /**
   * Three of each part, spread over nodes and zones, with disruption budgets and resources: Linkerd's own values for high
   * availability, apart from `validatorFailurePolicy`. It needs three nodes.
   *
   * @default false
   */
  readonly highAvailability?: boolean;

  /**
   * How many pods of the destination and identity services run, 1 to 100.
   *
   * @default 1; 3 with high availability
   */
  readonly replicas?: number;

  /**
   * How many proxy injectors run, 1 to 100: no pod of a meshed namespace is created while none answers.
   *
   * @default 2, or as many as `replicas` where those are more
   */
  readonly injectorReplicas?: number;

  /**
   * What happens to ServiceProfiles and policies while their validator does not answer. `Fail` refuses those of every namespace,
   * also of tenants that have nothing to do with the platform, and Linkerd's own of the phases to come.
   *
   * @default 'Ignore'
   */
  readonly validatorFailurePolicy?: 'Ignore' | 'Fail';

  /**
   * The proxy of all meshed pods. A namespace or a pod can have it otherwise.
   *
   * @default - Linkerd's own settings; with high availability also resources
   */
  readonly proxy?: ProxyConfig;

  /**
   * Whether linkerd-cni sends the pods' traffic through their proxies. It must be installed; `linkerd-init` with its privileges
   * is then left out.
   *
   * @default false
   */
  readonly cni?: boolean;

  /**
   * What a meshed pod does with connections that no policy is about. A namespace or a pod can have it otherwise.
   *
   * @default 'all-unauthenticated'
   */
  readonly defaultInboundPolicy?: DefaultInboundPolicy;

  /**
   * Address ranges of the cluster: its pods' and Services' addresses must be within.
   *
   * @default - the private ranges of IPv4, shared address space, and IPv6's unique local addresses
   */
  readonly clusterNetworks?: readonly string[];

  /**
   * Address ranges from which probes of plain HTTP pass without an identity: those of the nodes.
   *
   * @default - every address
   */
  readonly probeNetworks?: readonly string[];

  /**
   * Resources of the control plane's containers; what is given for one replaces all of its default.
   *
   * @default - none; with high availability Linkerd's own values for it
   */
  readonly resources?: Readonly<Partial<Record<ControlPlaneContainer, Resources>>>;

  /**
   * Whether Linkerd's makers are asked once a day for a newer version. They are told the version, the age of the installation and a
   * few figures of its size.
   *
   * @default true
   */
  readonly heartbeat?: boolean;

  /**
   * The hour at which that happens, 0 to 23, in the time zone of the cluster's controller manager, mostly UTC. Linkerd's
   * own tools take the one in which they render.
   *
   * @default 0
   */
  readonly heartbeatHour?: number;

  /**
   * The Prometheus that the heartbeat takes its figures from.
   *
   * @default - the one of Linkerd's viz extension
   */
  readonly prometheusUrl?: string;

  /**
   * How much the control plane logs. The proxies' level is `proxy.logLevel`.
   *
   * @default 'info'
   */
  readonly logLevel?: LogLevel;

  /** @default 'plain' */
  readonly logFormat?: 'plain' | 'json';

  /**
   * The registry that all images come from, under Linkerd's own paths: `registry.example.com` makes
   * `registry.example.com/linkerd/proxy`. The pods that Linkerd meshes get their proxies from there, too.
   *
   * @default 'cr.l5d.io'
   */
  readonly imageRegistry?: string;

  /**
   * Labels of the nodes that the control plane runs on, besides `kubernetes.io/os: linux`.
   *
   * @default - no others
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /**
   * Taints that the control plane's pods put up with.
   *
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];

  /**
   * The control plane's pods' importance. A mesh without it creates no pods: `system-cluster-critical` suits.
   *
   * @default - the cluster's
   */
  readonly priorityClassName?: string;

  /**
   * Annotations of the control plane's pods besides its own.
   *
   * @default - none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}
