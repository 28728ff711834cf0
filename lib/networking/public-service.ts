import { knownProps, VALUE } from '../objects/known-props';
import type { Construct } from 'constructs';
import type { ObjectMeta, ServicePort, ServiceProps } from '../../imports/kubernetes';
import { addMistake } from '../objects/mistakes';
import { cidrProblem } from '../syntax/cidr';
import { labelKeyProblem } from '../syntax/label';
import { portProblem } from '../syntax/port';
import { quote } from '../syntax/quote';
import { wordProblem } from '../syntax/word';

/** The Service for requests from outside the cluster. */
export interface PublicServiceProps {
  /** @default 'LoadBalancer' */
  readonly type?: 'LoadBalancer' | 'NodePort' | 'ClusterIP';

  /**
   * Annotations, by which clouds configure their load balancers.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;

  /**
   * The load balancer's implementation, where a cluster has several. `LoadBalancer` alone.
   *
   * @default - the cluster's default
   */
  readonly loadBalancerClass?: string;

  /**
   * The networks whose clients the load balancer lets in, in CIDR notation. `LoadBalancer` alone.
   *
   * @default - every network
   */
  readonly loadBalancerSourceRanges?: readonly string[];

  /**
   * Whether a node hands requests to the pods of all nodes (`Cluster`) or of itself alone (`Local`). Not for `ClusterIP`.
   *
   * @default 'Cluster', with preserveClientAddress 'Local'
   */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';

  /**
   * The nodes' ports, usually of 30000 to 32767. Not for `ClusterIP`.
   *
   * @default - Kubernetes chooses
   */
  readonly nodePorts?: { readonly http?: number; readonly https?: number };
}

/** The props of {@link PublicServiceProps}. */
export const PUBLIC_SERVICE = knownProps<PublicServiceProps>({
  type: VALUE,
  annotations: VALUE,
  loadBalancerClass: VALUE,
  loadBalancerSourceRanges: VALUE,
  externalTrafficPolicy: VALUE,
  nodePorts: knownProps<NonNullable<PublicServiceProps['nodePorts']>>({ http: VALUE, https: VALUE }),
});

/** What a layer says of its public Service, besides what the user says. */
export interface PublicServiceTarget {
  readonly metadata: ObjectMeta;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: { readonly http: ServicePort; readonly https: ServicePort };

  /** Whether clients' addresses are to be seen by the pods. */
  readonly preserveClientAddress: boolean;
}

/** The Service for requests from outside the cluster. What is wrong with the props is recorded on the construct, under `service`. */
export function publicService(
  construct: Construct,
  props: PublicServiceProps,
  { metadata, selector, ports, preserveClientAddress }: PublicServiceTarget,
): ServiceProps {
  const { type = 'LoadBalancer', annotations, loadBalancerClass, loadBalancerSourceRanges, nodePorts } = props;
  const externalTrafficPolicy = props.externalTrafficPolicy ?? (preserveClientAddress ? 'Local' : undefined);
  check(construct, { ...props, type }, preserveClientAddress);
  return {
    metadata: { ...metadata, ...(annotations && { annotations }) },
    spec: {
      type,
      selector,
      ports: [
        { ...ports.http, ...nodePort(nodePorts?.http) },
        { ...ports.https, ...nodePort(nodePorts?.https) },
      ],
      ...(loadBalancerClass !== undefined && { loadBalancerClass }),
      ...(loadBalancerSourceRanges && { loadBalancerSourceRanges }),
      ...(externalTrafficPolicy && { externalTrafficPolicy }),
    },
  };
}

const nodePort = (port: number | undefined): { nodePort?: number } => (port === undefined ? {} : { nodePort: port });

/** The types of Service that a prop means something to. */
const ONLY_FOR: Readonly<Partial<Record<keyof PublicServiceProps, readonly PublicServiceProps['type'][]>>> = {
  loadBalancerClass: ['LoadBalancer'],
  loadBalancerSourceRanges: ['LoadBalancer'],
  externalTrafficPolicy: ['LoadBalancer', 'NodePort'],
  nodePorts: ['LoadBalancer', 'NodePort'],
};

/** The words of the props that take one of some. */
const WORDS = {
  type: ['LoadBalancer', 'NodePort', 'ClusterIP'],
  externalTrafficPolicy: ['Cluster', 'Local'],
} as const satisfies Partial<Record<keyof PublicServiceProps, readonly string[]>>;

function check(construct: Construct, props: PublicServiceProps, preserveClientAddress: boolean): void {
  for (const [prop, words] of Object.entries(WORDS)) {
    const word = props[prop as keyof typeof WORDS];
    const problem = word === undefined ? undefined : wordProblem(word, words);
    if (problem !== undefined) addMistake(construct, `service.${prop}: ${problem}`);
  }
  for (const [prop, types] of Object.entries(ONLY_FOR)) {
    if (props[prop as keyof PublicServiceProps] === undefined || types.includes(props.type)) continue;
    addMistake(
      construct,
      `service.${prop}: a Service of type ${quote(props.type)} has none: leave it out, or use ${types.join(' or ')}`,
    );
  }
  (props.loadBalancerSourceRanges ?? []).forEach((range, index) => {
    const problem = cidrProblem(range);
    if (problem !== undefined) addMistake(construct, `service.loadBalancerSourceRanges[${index}]: ${problem}`);
  });
  for (const key of Object.keys(props.annotations ?? {})) {
    const problem = labelKeyProblem(key);
    if (problem !== undefined) addMistake(construct, `service.annotations: ${problem}`);
  }
  const { http, https } = props.nodePorts ?? {};
  if (http !== undefined && http === https) {
    addMistake(construct, `service.nodePorts.https: ${https} is the port of http already: give each its own`);
  }
  for (const [name, port] of Object.entries(props.nodePorts ?? {})) {
    const problem = portProblem(port);
    if (problem !== undefined) addMistake(construct, `service.nodePorts.${name}: ${problem}`);
  }
  if (!preserveClientAddress) return;
  if (props.type === 'ClusterIP') {
    addMistake(
      construct,
      'preserveClientAddress: true is not possible with service.type "ClusterIP": use LoadBalancer or NodePort, or leave it out',
    );
  } else if (props.externalTrafficPolicy === 'Cluster') {
    addMistake(
      construct,
      'service.externalTrafficPolicy: "Cluster" hides the addresses that preserveClientAddress keeps: leave one of the two out',
    );
  }
}
