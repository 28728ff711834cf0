import type {
  Container,
  DeploymentProps,
  EnvVar,
  PodSpec,
  ResourceRequirements,
  ServicePort,
} from '../../../../imports/kubernetes';

/** Serving's programs that run all the time. `autoscaler-hpa` is an extension, for services that scale by CPU or memory. */
export type ComponentName = 'activator' | 'autoscaler' | 'autoscaler-hpa' | 'controller' | 'webhook';

/** CPU and memory, as quantities. */
export type ComponentResources = Pick<ResourceRequirements, 'requests' | 'limits'>;

/** One of Serving's programs: what its Deployment, its Service and its autoscaler are made of. */
export interface Component {
  readonly name: ComponentName;
  readonly serviceAccount: 'activator' | 'controller';

  /** The labels by which the Deployment knows its pods. They never change. */
  readonly selector: Readonly<Record<string, string>>;

  /** Labels of the Deployment and the Service besides those that every component has. */
  readonly labels?: Readonly<Record<string, string>>;

  readonly container: Pick<Container, 'env' | 'ports' | 'readinessProbe' | 'livenessProbe'>;
  readonly resources: ComponentResources;

  /** What the Deployment says besides. */
  readonly deployment?: Pick<NonNullable<DeploymentProps['spec']>, 'replicas' | 'strategy'>;

  /** What a pod says besides. */
  readonly pod?: Pick<PodSpec, 'terminationGracePeriodSeconds'>;

  readonly service: ComponentService;

  /** Between how many pods an HPA chooses by CPU; `undefined` where their number is fixed. */
  readonly autoscaling?: { readonly minReplicas: number; readonly maxReplicas: number };
}

/** The Service in front of a component. */
export interface ComponentService {
  readonly name: string;
  readonly type?: 'ClusterIP';

  /** The labels by which it knows the component's pods. */
  readonly selector: Readonly<Record<string, string>>;

  /** Labels besides the component's own. */
  readonly labels: Readonly<Record<string, string>>;

  /** Ports besides those of metrics and profiles. */
  readonly ports?: readonly ServicePort[];
}

/** An environment variable that tells a program a field of its own pod. */
export const fromField = (name: string, fieldPath: string): EnvVar => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
});

export const POD_NAME = fromField('POD_NAME', 'metadata.name');
export const POD_IP = fromField('POD_IP', 'status.podIP');
export const SYSTEM_NAMESPACE = fromField('SYSTEM_NAMESPACE', 'metadata.namespace');

/** The ConfigMaps that every program reads by a name it is told. */
export const CONFIG_NAMES: readonly EnvVar[] = [
  { name: 'CONFIG_LOGGING_NAME', value: 'config-logging' },
  { name: 'CONFIG_OBSERVABILITY_NAME', value: 'config-observability' },
];

/** The ports of metrics and of Go's profiles, which every program has. */
export const DIAGNOSTIC_PORTS = [
  { name: 'metrics', containerPort: 9090 },
  { name: 'profiling', containerPort: 8008 },
] as const;
