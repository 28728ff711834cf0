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
import { BOOTSTRAP, METRICS_PATH } from './bootstrap';
import { GATEWAY, GATEWAY_SELECTOR, KOURIER_NAMESPACE, LABELS } from './labels';
import { ADMIN_PORT, GATEWAY_PORTS, PUBLIC_PORTS } from './ports';
import type { Replicas } from './scale';
import { addScale, AUTOSCALING, DEFAULT_REPLICAS } from './scale';

/** The pods that requests pass through: Envoy, which Kourier's controller configures. */
export interface GatewayProps extends PodsProps {
  /**
   * How many pods take requests: a number of 1 or more, or between how many Kubernetes chooses by their CPU, which needs metrics-server.
   *
   * @default { min: 3, max: 10, cpuPercent: 100 }
   */
  readonly replicas?: Replicas;

  /**
   * Envoy's image. Upstream's tag moves with Envoy's fixes: write a digest to have the same bytes on every node, for example
   * `docker.io/envoyproxy/envoy@sha256:…`.
   *
   * @default 'docker.io/envoyproxy/envoy:v1.37-latest'
   */
  readonly image?: string;

  /**
   * What a pod asks for and may use, without Linkerd's proxy.
   *
   * @default { requests: { cpu: '200m', memory: '200Mi' }, limits: { cpu: '1', memory: '800Mi' } }
   */
  readonly resources?: Resources;

  /**
   * How long a pod that is about to stop finishes its requests, in seconds, 1 or more. New ones go to others.
   *
   * @default 15
   */
  readonly drainSeconds?: number;

  /**
   * Shows the gateways the clients' own addresses, for access logs and `x-forwarded-for`: public ports go past Linkerd's proxy, and the public
   * Service keeps to its own node (`externalTrafficPolicy: Local`). What it costs is Linkerd's inbound metrics of public requests, and balance
   * where nodes have different numbers of pods.
   *
   * @default false - gateways see their proxy as the client
   */
  readonly preserveClientAddress?: boolean;
}

/** The props of {@link GatewayProps}. */
export const GATEWAY_PROPS = knownProps<GatewayProps>({
  ...PODS.props,
  replicas: AUTOSCALING,
  image: VALUE,
  resources: POD_RESOURCES,
  drainSeconds: VALUE,
  preserveClientAddress: VALUE,
});

const IMAGE = 'docker.io/envoyproxy/envoy:v1.37-latest';

export const DEFAULT_RESOURCES: Resources = {
  requests: { cpu: '200m', memory: '200Mi' },
  limits: { cpu: '1', memory: '800Mi' },
};

/** How long Kubernetes waits beyond the draining before it kills a pod. */
const GRACE_SECONDS = 15;

const NOBODY = 65534;
const CONFIG_VOLUME = { name: 'config-volume', mountPath: '/tmp/config' };
const { http, internalHttp, https, httpProbe, httpsProbe, metrics } = GATEWAY_PORTS;

const PORTS = Object.entries({
  'http2-external': http,
  'http2-internal': internalHttp,
  'https-external': https,
  'http-probe': httpProbe,
  'https-probe': httpsProbe,
  metrics,
}).map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' }));

/** Declares the Deployment, and what scales it. */
export function addGateway(
  scope: Construct,
  props: GatewayProps,
  { podAnnotations = {}, inheritedProxy }: PodsContext = {},
): void {
  const { image = IMAGE, resources = DEFAULT_RESOURCES, replicas = DEFAULT_REPLICAS, drainSeconds = 15 } = props;
  const own: OwnPods = {
    selector: GATEWAY_SELECTOR,
    annotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(metrics),
      'prometheus.io/path': METRICS_PATH,
      ...podAnnotations,
    },
  };
  for (const problem of podsProblems(image, resources, props)) addMistake(scope, problem);
  const problem = wholeNumberProblem(drainSeconds, 1);
  if (problem !== undefined) addMistake(scope, `drainSeconds: ${problem}`);
  addScale(scope, replicas, resources);
  const container: Container = {
    name: 'kourier-gateway',
    image,
    command: ['/usr/local/bin/envoy'],
    args: [
      '--base-id 1',
      `-c ${CONFIG_VOLUME.mountPath}/${BOOTSTRAP.file}`,
      '--log-level info',
      '--drain-time-s $(DRAIN_TIME_SECONDS)',
      '--drain-strategy immediate',
    ],
    env: [{ name: 'DRAIN_TIME_SECONDS', value: String(drainSeconds) }],
    ports: PORTS,
    lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', DRAIN] } } },
    readinessProbe: { ...PROBE, failureThreshold: 3 },
    livenessProbe: { ...PROBE, failureThreshold: 6 },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: false,
      runAsNonRoot: true,
      runAsUser: NOBODY,
      runAsGroup: NOBODY,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    resources: resources as ResourceRequirements,
    volumeMounts: [CONFIG_VOLUME],
  };
  const draining = proxyWhileDraining(drainSeconds, props.proxy, inheritedProxy);
  const proxy = props.preserveClientAddress === true ? withoutProxyOn(PUBLIC_PORTS, draining) : draining;
  new Deployment(scope, 'gateway', {
    metadata: { name: GATEWAY, namespace: KOURIER_NAMESPACE, labels: LABELS },
    spec: {
      ...(typeof replicas === 'number' && { replicas }),
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '100%' } },
      selector: { matchLabels: GATEWAY_SELECTOR },
      template: {
        metadata: podMetadata(scope, proxy === undefined ? props : { ...props, proxy }, own),
        spec: {
          serviceAccountName: GATEWAY,
          restartPolicy: 'Always',
          terminationGracePeriodSeconds: drainSeconds + GRACE_SECONDS,
          ...podPlacement(scope, props, own),
          containers: [container],
          volumes: [{ name: CONFIG_VOLUME.name, configMap: { name: BOOTSTRAP.configMap } }],
        },
      },
    },
  });
}

/** Tells Envoy to finish, by its administration within the pod, and waits for it. */
const DRAIN = `curl -X POST http://localhost:${ADMIN_PORT}/drain_listeners?graceful; sleep $DRAIN_TIME_SECONDS`;

/** Answered once the controller's configuration has arrived, on the port of cluster-local names. */
const PROBE: Probe = {
  httpGet: {
    path: '/ready',
    port: internalHttp,
    scheme: 'HTTP',
    httpHeaders: [{ name: 'Host', value: 'internalkourier' }],
  },
  initialDelaySeconds: 10,
  periodSeconds: 5,
  timeoutSeconds: 3,
};
