import { knownProps, VALUE } from '../objects/known-props';
import type { Construct } from 'constructs';
import type { EnvVar, Probe, ResourceRequirements } from '../../imports/kubernetes';
import { Deployment } from '../../imports/kubernetes';
import type { OwnPods, PodsProps, Resources } from '../networking/pods';
import { PODS, POD_RESOURCES, podMetadata, podPlacement, podsProblems } from '../networking/pods';
import { addMistake } from '../objects/mistakes';
import { wholeNumberProblem } from '../syntax/whole-number';
import { CONTROLLER, CONTROLLER_NAMESPACE, CONTROLLER_SELECTOR, KOURIER_NAMESPACE, LABELS } from './labels';
import { CONTROLLER_PORTS } from './ports';
import { CONTROLLER_ACCOUNT } from './rbac';

/** What turns Knative Ingresses into the gateways' configuration. Without it requests go on, and what changes waits. */
export interface ControllerProps extends PodsProps {
  /**
   * How many pods run, 1 or more. One of them writes statuses, all serve the configuration.
   *
   * @default 1
   */
  readonly replicas?: number;

  /** @default - that of net-kourier 1.23.0, by its digest */
  readonly image?: string;

  /**
   * What a pod asks for and may use, without Linkerd's proxy. Memory grows with the number of services and of Secrets.
   *
   * @default { requests: { cpu: '200m', memory: '200Mi' }, limits: { cpu: '1', memory: '500Mi' } }
   */
  readonly resources?: Resources;
}

/** The props of {@link ControllerProps}. */
export const CONTROLLER_PROPS = knownProps<ControllerProps>({
  ...PODS.props,
  replicas: VALUE,
  image: VALUE,
  resources: POD_RESOURCES,
});

const IMAGE =
  'gcr.io/knative-releases/knative.dev/net-kourier/cmd/kourier@sha256:eedfe3938f1efa93230863099f96400a0567909d383a585021f8727fa3a6cf0b';

const DEFAULT_RESOURCES: Resources = {
  requests: { cpu: '200m', memory: '200Mi' },
  limits: { cpu: '1', memory: '500Mi' },
};

const ENV: readonly EnvVar[] = [
  { name: 'SYSTEM_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
  { name: 'METRICS_DOMAIN', value: 'knative.dev/samples' },
  { name: 'KOURIER_GATEWAY_NAMESPACE', value: KOURIER_NAMESPACE },
  // `true` would read the Secrets alone that carry Serving's label for certificates.
  { name: 'ENABLE_SECRET_INFORMER_FILTERING_BY_CERT_UID', value: 'false' },
  // How many requests a second it may send to the API server.
  { name: 'KUBE_API_BURST', value: '200' },
  { name: 'KUBE_API_QPS', value: '200' },
];

const PROBE: Probe = { grpc: { port: CONTROLLER_PORTS.xds }, periodSeconds: 10 };

/** Declares the Deployment. Mistakes name its props behind `controller.`. */
export function addController(
  scope: Construct,
  props: ControllerProps,
  podAnnotations: Readonly<Record<string, string>> = {},
): void {
  const { replicas = 1, image = IMAGE, resources = DEFAULT_RESOURCES } = props;
  const own: OwnPods = {
    at: 'controller.',
    selector: CONTROLLER_SELECTOR,
    annotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(CONTROLLER_PORTS.metrics),
      'prometheus.io/path': '/metrics',
      ...podAnnotations,
    },
  };
  const wrongReplicas = wholeNumberProblem(replicas, 1);
  if (wrongReplicas !== undefined) addMistake(scope, `controller.replicas: ${wrongReplicas}`);
  for (const problem of podsProblems(image, resources, props)) addMistake(scope, `controller.${problem}`);
  new Deployment(scope, 'controller', {
    metadata: { name: CONTROLLER, namespace: CONTROLLER_NAMESPACE, labels: LABELS },
    spec: {
      replicas,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '100%' } },
      selector: { matchLabels: CONTROLLER_SELECTOR },
      template: {
        metadata: podMetadata(scope, props, own),
        spec: {
          serviceAccountName: CONTROLLER_ACCOUNT,
          restartPolicy: 'Always',
          ...podPlacement(scope, props, own),
          containers: [
            {
              name: 'controller',
              image,
              env: ENV,
              ports: [
                { name: 'http2-xds', containerPort: CONTROLLER_PORTS.xds, protocol: 'TCP' },
                { name: 'metrics', containerPort: CONTROLLER_PORTS.metrics, protocol: 'TCP' },
              ],
              readinessProbe: { ...PROBE, failureThreshold: 3 },
              livenessProbe: { ...PROBE, failureThreshold: 6 },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                readOnlyRootFilesystem: true,
                runAsNonRoot: true,
                seccompProfile: { type: 'RuntimeDefault' },
              },
              resources: resources as ResourceRequirements,
            },
          ],
        },
      },
    },
  });
}
