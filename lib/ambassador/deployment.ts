import type { Construct } from 'constructs';
import type { Container, Probe, ResourceRequirements, Toleration } from '../../imports/kubernetes';
import { Deployment } from '../../imports/kubernetes';
import { INJECT_ANNOTATION } from '../objects/inject';
import type { PortOrRange, ProxyConfig } from '../linkerd/proxy-config';
import { proxyAnnotations } from '../linkerd/proxy-config';
import { addMistake } from '../objects/mistakes';
import { imageReferenceProblem } from '../syntax/image-reference';
import { labelKeyProblem, labelValueProblem } from '../syntax/label';
import type { Quantity } from '../syntax/quantity';
import { quantityProblem } from '../syntax/quantity';
import { quote } from '../syntax/quote';
import { wholeNumberProblem } from '../syntax/whole-number';
import type { LogLevel } from './env';
import { environment } from './env';
import { AMBASSADOR, LABELS, POD_LABELS, POD_SELECTOR } from './labels';
import { PORTS, PUBLIC_PORTS } from './ports';
import type { Spread } from './spread';
import { spreadConstraints } from './spread';

export interface AmbassadorDeploymentProps {
  /**
   * How many pods take requests, 1 or more.
   *
   * @default 3
   */
  readonly replicas?: number;

  /** @default 'ghcr.io/emissary-ingress/emissary:4.1.0' */
  readonly image?: string;

  /**
   * What a pod asks for and may use, without Linkerd's proxy. Memory grows with the number of services.
   *
   * @default { requests: { cpu: '200m', memory: '300Mi' }, limits: { memory: '600Mi' } }
   */
  readonly resources?: Resources;

  /**
   * What Emissary's own processes write to the log. Envoy's log and its access log are the Module's.
   *
   * @default - Emissary's, `info`
   */
  readonly logLevel?: LogLevel;

  /**
   * Further environment variables. Those that the platform sets are refused.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;

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

  /**
   * Shows Ambassador the clients' own addresses, for access logs, allow-lists and rate limits: public ports go past Linkerd's proxy, and the
   * public Service keeps to its own node (`externalTrafficPolicy: Local`). What it costs is Linkerd's inbound metrics of public requests, and
   * balance where nodes have different numbers of pods.
   *
   * @default false - Ambassador sees its proxy as the client
   */
  readonly preserveClientAddress?: boolean;
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

/** The release of Emissary-ingress that is embedded here. */
export const AMBASSADOR_VERSION = '4.1.0';

const IMAGE = `ghcr.io/emissary-ingress/emissary:${AMBASSADOR_VERSION}`;

export const DEFAULT_REPLICAS = 3;

const DEFAULT_RESOURCES: Resources = {
  requests: { cpu: '200m', memory: '300Mi' },
  limits: { memory: '600Mi' },
};

/** The user `ambassador` of the image. It is of group 0, which may write `/ambassador`: a group of its own would lock it out. */
const USER = 8888;

/** Emissary reads its pod's labels here, to find the Service that leads to it. */
const POD_INFO = { name: 'ambassador-pod-info', mountPath: '/tmp/ambassador-pod-info' };

// Kubernetes' defaults, written out: where the API server fills them in, kubectl sends a patch on every apply.
const STRATEGY = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };
const POD_LABELS_FIELD = { apiVersion: 'v1', fieldPath: 'metadata.labels' };

/** Declares the Deployment. */
export function addDeployment(
  scope: Construct,
  props: AmbassadorDeploymentProps,
  podAnnotations: Readonly<Record<string, string>> = {},
): void {
  const { replicas = DEFAULT_REPLICAS, image = IMAGE, resources = DEFAULT_RESOURCES } = props;
  check(scope, { replicas, image, resources }, props);
  const spread = spreadConstraints(scope, props.spread);
  const container: Container = {
    name: 'emissary-ingress',
    image,
    imagePullPolicy: 'IfNotPresent',
    ports: Object.entries(PORTS).map(([name, containerPort]) => ({ name, containerPort })),
    env: environment(scope, props.env ?? {}, props.logLevel),
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    livenessProbe: adminProbe('/ambassador/v0/check_alive'),
    readinessProbe: adminProbe('/ambassador/v0/check_ready'),
    resources: resources as ResourceRequirements,
    volumeMounts: [{ ...POD_INFO, readOnly: true }],
  };
  new Deployment(scope, 'deployment', {
    metadata: { name: AMBASSADOR, namespace: AMBASSADOR, labels: LABELS },
    spec: {
      replicas,
      progressDeadlineSeconds: 600,
      strategy: STRATEGY,
      selector: { matchLabels: POD_SELECTOR },
      template: {
        metadata: {
          labels: withOwn(scope, 'podLabels', props.podLabels, POD_LABELS),
          annotations: withOwn(scope, 'podAnnotations', props.podAnnotations, {
            [INJECT_ANNOTATION]: 'enabled',
            ...podAnnotations,
            ...proxyAnnotations(scope, 'proxy', proxyConfig(props)),
          }),
        },
        spec: {
          serviceAccountName: AMBASSADOR,
          securityContext: { runAsUser: USER, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          ...(spread.length > 0 && { topologySpreadConstraints: spread }),
          ...(props.nodeSelector && { nodeSelector: props.nodeSelector }),
          ...(props.tolerations && { tolerations: props.tolerations }),
          containers: [container],
          volumes: [
            {
              name: POD_INFO.name,
              downwardAPI: {
                items: [{ path: 'labels', fieldRef: POD_LABELS_FIELD }],
              },
            },
          ],
        },
      },
    },
  });
}

const adminProbe = (path: string): Probe => ({
  httpGet: { path, port: 'admin' },
  initialDelaySeconds: 30,
  periodSeconds: 3,
  failureThreshold: 3,
});

function proxyConfig({ proxy, preserveClientAddress = false }: AmbassadorDeploymentProps): ProxyConfig {
  if (!preserveClientAddress) return { ...proxy };
  const skipped = new Set<PortOrRange>([...(proxy?.skipInboundPorts ?? []), ...PUBLIC_PORTS]);
  return { ...proxy, skipInboundPorts: [...skipped] };
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

function check(
  construct: Construct,
  { replicas, image, resources }: Required<Pick<AmbassadorDeploymentProps, 'replicas' | 'image' | 'resources'>>,
  { podLabels = {}, nodeSelector = {} }: AmbassadorDeploymentProps,
): void {
  const problems: (readonly [prop: string, problem: string | undefined])[] = [
    ['replicas', wholeNumberProblem(replicas, 1)],
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
  for (const [prop, problem] of problems) if (problem !== undefined) addMistake(construct, `${prop}: ${problem}`);
}
