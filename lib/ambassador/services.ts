import type { Construct } from 'constructs';
import { Service } from '../../imports/kubernetes';
import { addMistake } from '../objects/mistakes';
import { cidrProblem } from '../syntax/cidr';
import { labelKeyProblem } from '../syntax/label';
import { portProblem } from '../syntax/port';
import { quote } from '../syntax/quote';
import { wordProblem } from '../syntax/word';
import { AMBASSADOR, KNATIVE_SERVICE_LABEL, LABELS, POD_SELECTOR, REQUEST_SELECTOR } from './labels';
import { PORTS } from './ports';

/** The Service for requests from outside the cluster. */
export interface AmbassadorServiceProps {
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
   * The nodes' ports, usually of 30000 to 32767. Not for `ClusterIP`. Names are matched exactly and Envoy takes no port off them but its own:
   * clients must send the Host header without the node's port.
   *
   * @default - Kubernetes chooses
   */
  readonly nodePorts?: { readonly http?: number; readonly https?: number };
}

/** The Service in front of port 8081, whose address Emissary gives Knative for cluster-local names. */
export const INTERNAL_SERVICE = `${AMBASSADOR}-internal`;

/** Declares the public Service, the one for cluster-local names, and the one of the admin port. */
export function addServices(
  scope: Construct,
  { preserveClientAddress, ...props }: AmbassadorServiceProps & { readonly preserveClientAddress: boolean },
): void {
  const { type = 'LoadBalancer', annotations, loadBalancerClass, loadBalancerSourceRanges, nodePorts } = props;
  const externalTrafficPolicy = props.externalTrafficPolicy ?? (preserveClientAddress ? 'Local' : undefined);
  check(scope, { ...props, type }, preserveClientAddress);
  new Service(scope, 'service', {
    metadata: { name: AMBASSADOR, namespace: AMBASSADOR, labels: LABELS, ...(annotations && { annotations }) },
    spec: {
      type,
      selector: REQUEST_SELECTOR,
      ports: [
        { name: 'http', port: 80, targetPort: PORTS.http, ...nodePort(nodePorts?.http) },
        { name: 'https', port: 443, targetPort: PORTS.https, ...nodePort(nodePorts?.https) },
      ],
      ...(loadBalancerClass !== undefined && { loadBalancerClass }),
      ...(loadBalancerSourceRanges && { loadBalancerSourceRanges }),
      ...(externalTrafficPolicy && { externalTrafficPolicy }),
    },
  });
  new Service(scope, 'internal-service', {
    metadata: { name: INTERNAL_SERVICE, namespace: AMBASSADOR, labels: { ...LABELS, ...KNATIVE_SERVICE_LABEL } },
    spec: {
      type: 'ClusterIP',
      selector: REQUEST_SELECTOR,
      ports: [{ name: 'http', port: 80, targetPort: PORTS.internal }],
    },
  });
  new Service(scope, 'admin-service', {
    metadata: {
      name: `${AMBASSADOR}-admin`,
      namespace: AMBASSADOR,
      labels: { ...LABELS, service: 'ambassador-admin' },
    },
    spec: {
      type: 'ClusterIP',
      selector: POD_SELECTOR,
      ports: [{ name: 'ambassador-admin', port: PORTS.admin, targetPort: 'admin', protocol: 'TCP' }],
    },
  });
}

const nodePort = (port: number | undefined): { nodePort?: number } => (port === undefined ? {} : { nodePort: port });

/** The types of Service that a prop means something to. */
const ONLY_FOR: Readonly<Partial<Record<keyof AmbassadorServiceProps, readonly AmbassadorServiceProps['type'][]>>> = {
  loadBalancerClass: ['LoadBalancer'],
  loadBalancerSourceRanges: ['LoadBalancer'],
  externalTrafficPolicy: ['LoadBalancer', 'NodePort'],
  nodePorts: ['LoadBalancer', 'NodePort'],
};

/** The words of the props that take one of some. */
const WORDS = {
  type: ['LoadBalancer', 'NodePort', 'ClusterIP'],
  externalTrafficPolicy: ['Cluster', 'Local'],
} as const satisfies Partial<Record<keyof AmbassadorServiceProps, readonly string[]>>;

function check(construct: Construct, props: AmbassadorServiceProps, preserveClientAddress: boolean): void {
  for (const [prop, words] of Object.entries(WORDS)) {
    const word = props[prop as keyof typeof WORDS];
    const problem = word === undefined ? undefined : wordProblem(word, words);
    if (problem !== undefined) addMistake(construct, `service.${prop}: ${problem}`);
  }
  for (const [prop, types] of Object.entries(ONLY_FOR)) {
    if (props[prop as keyof AmbassadorServiceProps] === undefined || types.includes(props.type)) continue;
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
