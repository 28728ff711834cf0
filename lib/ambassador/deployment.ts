import { knownProps, VALUE } from '../objects/known-props';
import type { Construct } from 'constructs';
import type { Container, Probe, ResourceRequirements } from '../../imports/kubernetes';
import { Deployment } from '../../imports/kubernetes';
import type { OwnPods, PodsContext, PodsProps, Resources } from '../networking/pods';
import {
  PODS,
  POD_RESOURCES,
  podMetadata,
  podPlacement,
  podsProblems,
  proxyWhileDraining,
  withoutProxyOn,
} from '../networking/pods';
import { addMistake } from '../objects/mistakes';
import { wholeNumberProblem } from '../syntax/whole-number';
import type { LogLevel } from './env';
import { environment } from './env';
import { AMBASSADOR, LABELS, POD_LABELS, POD_SELECTOR } from './labels';
import { PORTS, PUBLIC_PORTS } from './ports';

export interface AmbassadorDeploymentProps extends PodsProps {
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
   * Shows Ambassador the clients' own addresses, for access logs, allow-lists and rate limits: public ports go past Linkerd's proxy, and the
   * public Service keeps to its own node (`externalTrafficPolicy: Local`). What it costs is Linkerd's inbound metrics of public requests, and
   * balance where nodes have different numbers of pods.
   *
   * @default false - Ambassador sees its proxy as the client
   */
  readonly preserveClientAddress?: boolean;

  /**
   * How long a pod that is about to stop goes on taking requests, in seconds, 1 to 3600: until nodes and clients know that it stops. A
   * request that still runs then may be cut, so services with long ones want more, up to the 15 seconds that Ambassador gives a request and
   * some seconds. Kubernetes waits 30 seconds longer than that before it kills the pod.
   *
   * @default 10
   */
  readonly drainSeconds?: number;
}

/** The props of {@link AmbassadorDeploymentProps}. */
export const AMBASSADOR_DEPLOYMENT = knownProps<AmbassadorDeploymentProps>({
  ...PODS.props,
  replicas: VALUE,
  image: VALUE,
  resources: POD_RESOURCES,
  logLevel: VALUE,
  env: VALUE,
  preserveClientAddress: VALUE,
  drainSeconds: VALUE,
});

/** The release of Emissary-ingress that is embedded here. */
export const AMBASSADOR_VERSION = '4.1.0';

const IMAGE = `ghcr.io/emissary-ingress/emissary:${AMBASSADOR_VERSION}`;

export const DEFAULT_REPLICAS = 3;

const DEFAULT_RESOURCES: Resources = {
  requests: { cpu: '200m', memory: '300Mi' },
  limits: { memory: '600Mi' },
};

const DEFAULT_DRAIN_SECONDS = 10;

/** How long Kubernetes waits beyond the draining before it kills a pod: as long as it does where nothing drains. */
const GRACE_SECONDS = 30;

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
  { podAnnotations = {}, inheritedProxy }: PodsContext = {},
): void {
  const { replicas = DEFAULT_REPLICAS, image = IMAGE, resources = DEFAULT_RESOURCES } = props;
  const { drainSeconds = DEFAULT_DRAIN_SECONDS, preserveClientAddress = false } = props;
  const own: OwnPods = { selector: POD_SELECTOR, labels: POD_LABELS, annotations: podAnnotations };
  const problem = wholeNumberProblem(replicas, 1);
  if (problem !== undefined) addMistake(scope, `replicas: ${problem}`);
  const drainProblem = wholeNumberProblem(drainSeconds, 1, 3600);
  if (drainProblem !== undefined) addMistake(scope, `drainSeconds: ${drainProblem}`);
  for (const message of podsProblems(image, resources, props)) addMistake(scope, message);
  const placement = podPlacement(scope, props, own);
  const draining = proxyWhileDraining(drainSeconds, props.proxy, inheritedProxy);
  const proxy = preserveClientAddress ? withoutProxyOn(PUBLIC_PORTS, draining) : draining;
  const container: Container = {
    name: 'emissary-ingress',
    image,
    imagePullPolicy: 'IfNotPresent',
    ports: Object.entries(PORTS).map(([name, containerPort]) => ({ name, containerPort })),
    env: environment(scope, props.env ?? {}, props.logLevel),
    // Told to stop, Emissary takes no more requests at once, while nodes and clients still send some.
    lifecycle: { preStop: { sleep: { seconds: drainSeconds } } },
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
        metadata: podMetadata(scope, proxy === undefined ? props : { ...props, proxy }, own),
        spec: {
          serviceAccountName: AMBASSADOR,
          terminationGracePeriodSeconds: drainSeconds + GRACE_SECONDS,
          securityContext: { runAsUser: USER, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          ...placement,
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
