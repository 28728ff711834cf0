import type { Construct } from 'constructs';
import type { PodSpec, Toleration } from '../../imports/kubernetes';
import type { PortOrRange, ProxyConfig } from '../mesh/proxy-config';
import { PROXY_CONFIG, proxyAnnotations } from '../mesh/proxy-config';
import { INJECT_ANNOTATION } from '../objects/inject';
import { KNOWN_ELSEWHERE, VALUE, knownProps, listOf } from '../objects/known-props';
import { addMistake } from '../objects/mistakes';
import { imageReferenceProblem } from '../syntax/image-reference';
import { labelKeyProblem, labelValueProblem } from '../syntax/label';
import type { Quantity } from '../syntax/quantity';
import { quantityProblem } from '../syntax/quantity';
import { quote } from '../syntax/quote';
import type { Spread } from './spread';
import { SPREAD, spreadConstraints } from './spread';

/** Where a layer's pods run, and what is in them besides their container. */
export interface PodsProps {
  /**
   * How pods spread over nodes, zones or other parts of the cluster; an empty list leaves it to the scheduler.
   *
   * @default [{ over: 'kubernetes.io/hostname' }]
   */
  readonly spread?: readonly Spread[];

  /**
   * Labels of the nodes that pods may run on.
   *
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /** @default - none */
  readonly tolerations?: readonly Toleration[];

  /**
   * Linkerd's proxy in the pods.
   *
   * @default - as the namespace has it
   */
  readonly proxy?: ProxyConfig;

  /** @default - none but the platform's */
  readonly podLabels?: Readonly<Record<string, string>>;

  /** @default - none but the platform's */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

export interface Resources {
  /** @default - none */
  readonly requests?: ResourceAmounts;

  /** @default - none */
  readonly limits?: ResourceAmounts;
}

export interface ResourceAmounts {
  /** @default - none */
  readonly cpu?: Quantity;

  /** @default - none */
  readonly memory?: Quantity;
}

const AMOUNTS = knownProps<ResourceAmounts>({ cpu: VALUE, memory: VALUE });

/** The props of {@link Resources}. */
export const POD_RESOURCES = knownProps<Resources>({ requests: AMOUNTS, limits: AMOUNTS });

/** The props of {@link PodsProps}. */
export const PODS = knownProps<PodsProps>({
  spread: listOf(SPREAD),
  nodeSelector: VALUE,
  tolerations: KNOWN_ELSEWHERE,
  proxy: PROXY_CONFIG,
  podLabels: VALUE,
  podAnnotations: VALUE,
});

/** What a layer's pods have from the platform around them. */
export interface PodsContext {
  /**
   * Annotations besides the layer's own.
   *
   * @default - none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  /**
   * Linkerd's proxy where the pods' own `proxy` says nothing.
   *
   * @default - as Linkerd's release has it
   */
  readonly inheritedProxy?: ProxyConfig;
}

/** What a layer itself says of its pods. */
export interface OwnPods {
  /** The labels by which its Deployment knows them. */
  readonly selector: Readonly<Record<string, string>>;

  /** @default - those of the selector */
  readonly labels?: Readonly<Record<string, string>>;

  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;

  /**
   * What stands in front of a prop where it is named, for example `controller.`.
   *
   * @default - nothing
   */
  readonly at?: string;
}

/** The labels and annotations of meshed pods. What is wrong with the user's own is recorded on the construct. */
export function podMetadata(
  construct: Construct,
  { podLabels, podAnnotations, proxy }: PodsProps,
  { selector, labels = selector, annotations, at = '' }: OwnPods,
): { readonly labels: Record<string, string>; readonly annotations: Record<string, string> } {
  return {
    labels: withOwn(construct, `${at}podLabels`, podLabels, labels),
    annotations: withOwn(construct, `${at}podAnnotations`, podAnnotations, {
      [INJECT_ANNOTATION]: 'enabled',
      ...annotations,
      ...proxyAnnotations(construct, `${at}proxy`, proxy),
    }),
  };
}

/** Where pods run. */
export function podPlacement(
  construct: Construct,
  { spread, nodeSelector, tolerations }: PodsProps,
  { selector, at = '' }: OwnPods,
): Pick<PodSpec, 'topologySpreadConstraints' | 'nodeSelector' | 'tolerations'> {
  const constraints = spreadConstraints(construct, `${at}spread`, selector, spread);
  return {
    ...(constraints.length > 0 && { topologySpreadConstraints: constraints }),
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && { tolerations }),
  };
}

/** Linkerd's proxy in pods that see their clients' own addresses: ports go past it. */
export function withoutProxyOn(ports: readonly number[], proxy: ProxyConfig = {}): ProxyConfig {
  return { ...proxy, skipInboundPorts: [...new Set<PortOrRange>([...(proxy.skipInboundPorts ?? []), ...ports])] };
}

/**
 * Linkerd's proxy in pods that go on taking requests for a while after they were told to stop. A native sidecar stops after the pod's
 * containers. Another one stops at once unless it waits, so it is told to wait for as long as they take requests.
 *
 * @param inherited what counts for the pods where their own `proxy` says nothing
 */
export function proxyWhileDraining(
  seconds: number,
  proxy: ProxyConfig | undefined,
  inherited: ProxyConfig = {},
): ProxyConfig | undefined {
  const { nativeSidecar = true, waitBeforeExitSeconds = 0 } = { ...inherited, ...proxy };
  if (nativeSidecar || waitBeforeExitSeconds >= seconds || proxy?.waitBeforeExitSeconds !== undefined) return proxy;
  return { ...proxy, nativeSidecar, waitBeforeExitSeconds: seconds };
}

/** A user's labels or annotations with the platform's own, which are not the user's to change. */
function withOwn(
  construct: Construct,
  prop: string,
  given: Readonly<Record<string, string>> = {},
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const key of Object.keys(given)) {
    const taken = key in own ? `${quote(key)} is the platform's own, ${quote(own[key])}: leave it out` : undefined;
    const problem = taken ?? labelKeyProblem(key);
    if (problem !== undefined) addMistake(construct, `${prop}: ${problem}`);
  }
  return { ...given, ...own };
}

/** What is wrong with pods, each with its prop. */
export function podsProblems(
  image: string,
  resources: Resources,
  { podLabels = {}, nodeSelector = {} }: PodsProps,
): string[] {
  const problems: (readonly [prop: string, problem: string | undefined])[] = [
    ['image', imageReferenceProblem(image)],
    ...Object.entries(resources).flatMap(([kind, amounts]: [string, ResourceAmounts]) =>
      Object.entries(amounts).map(
        ([name, amount]: [string, string]) => [`resources.${kind}.${name}`, quantityProblem(amount)] as const,
      ),
    ),
    ...Object.entries(podLabels).map(([key, value]) => [`podLabels["${key}"]`, labelValueProblem(value)] as const),
    ...Object.entries(nodeSelector).flatMap(([key, value]) => [
      ['nodeSelector', labelKeyProblem(key)] as const,
      [`nodeSelector["${key}"]`, labelValueProblem(value)] as const,
    ]),
  ];
  return problems.flatMap(([prop, problem]) => (problem === undefined ? [] : [`${prop}: ${problem}`]));
}
