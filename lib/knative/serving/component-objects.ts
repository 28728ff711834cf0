import { Construct } from 'constructs';
import type { ServicePort, TopologySpreadConstraint } from '../../../imports/kubernetes';
import { Deployment, HorizontalPodAutoscaler, PodDisruptionBudget, Service } from '../../../imports/kubernetes';
import type { Component } from './components/component';
import { componentLabels } from './labels';
import type { PodOptions } from './options';
import { RESTRICTED } from './security-context';
import type { Size } from './size';

/** How a component is installed. */
export interface ComponentObjectsProps {
  readonly component: Component;
  readonly namespace: string;
  readonly image: string;
  readonly pods: PodOptions;

  /** Whether pods are spread over zones and nodes, and one at a time may be taken from a node. */
  readonly highAvailability: boolean;

  readonly size: Size;
}

/** The objects of one of Serving's programs. */
export class ComponentObjects extends Construct {
  constructor(scope: Construct, props: ComponentObjectsProps) {
    const { component, namespace, highAvailability } = props;
    const { autoscaling } = props.size;
    super(scope, component.name);
    addDeployment(this, props);
    addService(this, component, namespace);
    if (autoscaling !== undefined) addAutoscaler(this, component, namespace, autoscaling);
    if (autoscaling !== undefined || highAvailability) addDisruptionBudget(this, component, namespace);
  }
}

function addDeployment(scope: Construct, props: ComponentObjectsProps): void {
  const { component, namespace, image, pods, highAvailability } = props;
  const { replicas, resources } = props.size;
  const { name, selector, container } = component;
  const own = componentLabels(name);
  new Deployment(scope, 'deployment', {
    metadata: { name, namespace, labels: { ...own, ...component.labels } },
    spec: {
      ...component.deployment,
      ...(replicas !== undefined && { replicas }),
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: { ...pods.labels, ...own, ...selector },
          ...(pods.annotations && { annotations: pods.annotations }),
        },
        spec: {
          ...component.pod,
          ...(pods.nodeSelector && { nodeSelector: pods.nodeSelector }),
          ...(pods.tolerations && { tolerations: pods.tolerations }),
          ...(highAvailability && {
            topologySpreadConstraints: ['topology.kubernetes.io/zone', HOSTNAME].map((key) =>
              spreadOver(key, selector),
            ),
          }),
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 100,
                  podAffinityTerm: { labelSelector: { matchLabels: { app: name } }, topologyKey: HOSTNAME },
                },
              ],
            },
          },
          serviceAccountName: component.serviceAccount,
          containers: [{ name, image, ...container, resources, securityContext: RESTRICTED }],
        },
      },
    },
  });
}

const HOSTNAME = 'kubernetes.io/hostname';

/** Evenly where there is room, and elsewhere rather than not at all: a pod that waits helps nobody. */
const spreadOver = (topologyKey: string, matchLabels: Readonly<Record<string, string>>): TopologySpreadConstraint => ({
  topologyKey,
  maxSkew: 1,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels },
});

const DIAGNOSTIC_SERVICE_PORTS: readonly ServicePort[] = [
  { name: 'http-metrics', port: 9090, targetPort: 9090 },
  { name: 'http-profiling', port: 8008, targetPort: 8008 },
];

function addService(scope: Construct, { name: component, labels, service }: Component, namespace: string): void {
  const { name, type, selector, ports = [] } = service;
  new Service(scope, 'service', {
    metadata: { name, namespace, labels: { ...componentLabels(component), ...labels, ...service.labels } },
    spec: { ...(type && { type }), selector, ports: [...DIAGNOSTIC_SERVICE_PORTS, ...ports] },
  });
}

function addAutoscaler(
  scope: Construct,
  { name }: Component,
  namespace: string,
  { minReplicas, maxReplicas }: NonNullable<Size['autoscaling']>,
): void {
  new HorizontalPodAutoscaler(scope, 'autoscaler', {
    metadata: { name, namespace, labels: componentLabels(name) },
    spec: {
      minReplicas,
      maxReplicas,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 100 } } },
      ],
    },
  });
}

/** Upstream's budget, 80 % at least, blocks every node drain where a single pod runs: 80 % of one is one. */
function addDisruptionBudget(scope: Construct, { name }: Component, namespace: string): void {
  new PodDisruptionBudget(scope, 'disruption-budget', {
    metadata: { name: `${name}-pdb`, namespace, labels: componentLabels(name) },
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: name } } },
  });
}
