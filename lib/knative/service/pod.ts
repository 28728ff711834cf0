import type { DnsPolicy, PodSecurityContext, RevisionSpec, Volume } from '../../../imports/serving.knative.dev';
import { dnsSubdomainProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import type { Admission } from './admission';
import type { InitContainerProps, ServingContainerProps, SidecarProps } from './containers';
import { initContainers, servingContainer, sidecarContainers } from './containers';
import type { FeatureFlag } from './serving-config';
import { checkPodSecurityContext } from './security-context';
import { checkVolumes } from './volumes';

/**
 * What a service's pods are made of. Where a flag is named, the platform's settings must enable it.
 * Source: Serving 1.23.0, `pkg/apis/serving/fieldmask.go`.
 */
export interface PodProps extends ServingContainerProps {
  /**
   * Containers beside the one that takes the requests; that one then needs its `port`.
   *
   * @default - none but queue-proxy and Linkerd's proxy
   */
  readonly sidecars?: readonly SidecarProps[];

  /**
   * Containers that run to their end, one after the other, before the others start. Flag `kubernetes.podspec-init-containers`.
   *
   * @default - none but Linkerd's
   */
  readonly initContainers?: readonly InitContainerProps[];

  /**
   * What the containers may mount. All but `configMap`, `secret`, `projected` and `emptyDir` need a flag
   * `kubernetes.podspec-volumes-…`; a `persistentVolumeClaim` needs `kubernetes.podspec-persistent-volume-claim`.
   *
   * @default - none
   */
  readonly volumes?: readonly Volume[];

  /** @default 'default' */
  readonly serviceAccountName?: string;

  /**
   * `false` keeps the service account's token out of the pods. Linkerd's proxy has one of its own.
   *
   * @default - as the service account has it
   */
  readonly automountServiceAccountToken?: false;

  /**
   * The names of the Secrets with which images are pulled.
   *
   * @default - those of the service account
   */
  readonly imagePullSecrets?: readonly string[];

  /**
   * Whether each Service of the namespace is put into the environment.
   *
   * @default false
   */
  readonly enableServiceLinks?: boolean;

  /**
   * What all containers may do. Flag `kubernetes.podspec-securitycontext`.
   *
   * @default - see each container
   */
  readonly podSecurityContext?: PodSecurityContext;

  /**
   * Flag `kubernetes.podspec-affinity`.
   *
   * @default - away from other pods of the revision, where possible
   */
  readonly affinity?: RevisionSpec['affinity'];

  /**
   * Flag `kubernetes.podspec-nodeselector`.
   *
   * @default - any node
   */
  readonly nodeSelector?: RevisionSpec['nodeSelector'];

  /**
   * Flag `kubernetes.podspec-tolerations`.
   *
   * @default - none
   */
  readonly tolerations?: RevisionSpec['tolerations'];

  /**
   * Flag `kubernetes.podspec-topologyspreadconstraints`.
   *
   * @default - none
   */
  readonly topologySpreadConstraints?: RevisionSpec['topologySpreadConstraints'];

  /**
   * Flag `kubernetes.podspec-priorityclassname`.
   *
   * @default - the cluster's
   */
  readonly priorityClassName?: string;

  /**
   * Flag `kubernetes.podspec-runtimeclassname`.
   *
   * @default - what `config-deployment` of the platform's settings says, otherwise the node's
   */
  readonly runtimeClassName?: string;

  /**
   * Flag `kubernetes.podspec-schedulername`.
   *
   * @default 'default-scheduler'
   */
  readonly schedulerName?: string;

  /**
   * Flag `kubernetes.podspec-dnspolicy`.
   *
   * @default 'ClusterFirst'
   */
  readonly dnsPolicy?: DnsPolicy;

  /**
   * Flag `kubernetes.podspec-dnsconfig`.
   *
   * @default - by `dnsPolicy`
   */
  readonly dnsConfig?: RevisionSpec['dnsConfig'];

  /**
   * Flag `kubernetes.podspec-hostaliases`.
   *
   * @default - none
   */
  readonly hostAliases?: RevisionSpec['hostAliases'];

  /**
   * Flag `kubernetes.podspec-hostnetwork`. Linkerd's injector leaves such pods alone, so `true` goes with `meshed: false`.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;

  /**
   * Flag `kubernetes.podspec-hostipc`.
   *
   * @default false
   */
  readonly hostIPC?: boolean;

  /**
   * Flag `kubernetes.podspec-hostpid`.
   *
   * @default false
   */
  readonly hostPID?: boolean;

  /**
   * Flag `kubernetes.podspec-shareprocessnamespace`.
   *
   * @default false
   */
  readonly shareProcessNamespace?: boolean;
}

/** The fields that are written as they are given, and the flag that each needs. */
const AS_GIVEN = {
  automountServiceAccountToken: undefined,
  serviceAccountName: undefined,
  enableServiceLinks: undefined,
  affinity: 'kubernetesPodspecAffinity',
  nodeSelector: 'kubernetesPodspecNodeselector',
  tolerations: 'kubernetesPodspecTolerations',
  topologySpreadConstraints: 'kubernetesPodspecTopologyspreadconstraints',
  priorityClassName: 'kubernetesPodspecPriorityclassname',
  runtimeClassName: 'kubernetesPodspecRuntimeclassname',
  schedulerName: 'kubernetesPodspecSchedulername',
  dnsPolicy: 'kubernetesPodspecDnspolicy',
  dnsConfig: 'kubernetesPodspecDnsconfig',
  hostAliases: 'kubernetesPodspecHostaliases',
  hostNetwork: 'kubernetesPodspecHostnetwork',
  hostIPC: 'kubernetesPodspecHostipc',
  hostPID: 'kubernetesPodspecHostpid',
  shareProcessNamespace: 'kubernetesPodspecShareprocessnamespace',
} as const satisfies Readonly<Partial<Record<keyof PodProps & keyof RevisionSpec, FeatureFlag | undefined>>>;

type AsGiven = keyof typeof AS_GIVEN;

const isAsGiven = (field: string): field is AsGiven => Object.hasOwn(AS_GIVEN, field);

/** The pod of a revision. */
export function podSpec(admission: Admission, props: PodProps): RevisionSpec {
  const { sidecars = [], initContainers: inits = [], volumes = [], imagePullSecrets, podSecurityContext } = props;
  const containers = [servingContainer(admission, props, volumes), ...sidecarContainers(admission, sidecars, volumes)];
  const before = initContainers(admission, inits, volumes);
  if (volumes.length > 0) {
    const mounts = [...before, ...containers].flatMap(({ volumeMounts = [] }) => volumeMounts);
    checkVolumes(admission, volumes, new Set(mounts.map(({ name }) => name)));
  }
  checkContainerNames(admission, props);
  checkPod(admission, props);
  return {
    ...asGiven(admission, props),
    containers,
    ...(props.initContainers && { initContainers: before }),
    ...(props.volumes && { volumes }),
    ...(imagePullSecrets && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    ...(podSecurityContext && { securityContext: podSecurityContext }),
  };
}

function asGiven(admission: Admission, props: PodProps): Pick<RevisionSpec, AsGiven> {
  const fields: Record<string, unknown> = {};
  for (const field of Object.keys(props)) {
    if (!isAsGiven(field) || props[field] === undefined) continue;
    const flag = AS_GIVEN[field];
    if (flag !== undefined) admission.requireFlag(field, flag);
    fields[field] = props[field];
  }
  return fields;
}

function checkPod(admission: Admission, props: PodProps): void {
  const { sidecars = [], serviceAccountName, imagePullSecrets = [] } = props;
  if (props.initContainers !== undefined) admission.requireFlag('initContainers', 'kubernetesPodspecInitContainers');
  if (sidecars.length > 0) {
    admission.requireFlag('sidecars', 'multiContainer');
    if (props.port === undefined) {
      admission.refuse(
        'port',
        'is missing: with sidecars Serving takes the container with a port for the serving one, so give it',
      );
    }
  }
  if (serviceAccountName !== undefined) admission.refuse('serviceAccountName', dnsSubdomainProblem(serviceAccountName));
  for (const [index, name] of imagePullSecrets.entries()) {
    admission.refuse(`imagePullSecrets[${index}]`, dnsSubdomainProblem(name));
  }
  if (props.podSecurityContext) checkPodSecurityContext(admission, 'podSecurityContext', props.podSecurityContext);
  if (admission.meshed && props.hostNetwork === true) {
    admission.refuse(
      'hostNetwork',
      "a pod with true is left alone by Linkerd's injector: leave it out, or set meshed to false",
    );
  }
}

function checkContainerNames(admission: Admission, props: PodProps): void {
  if (props.sidecars === undefined && props.initContainers === undefined) return;
  const first = new Map<string, string>();
  const named: (readonly [string, string | undefined])[] = [
    ['containerName', props.containerName],
    ...(props.sidecars ?? []).map(({ name }, index) => [`sidecars[${index}].name`, name] as const),
    ...(props.initContainers ?? []).map(({ name }, index) => [`initContainers[${index}].name`, name] as const),
  ];
  for (const [where, name] of named) {
    if (name === undefined) continue;
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, where);
    else admission.refuse(where, `${quote(name)} is ${earlier} already: choose another`);
  }
}
