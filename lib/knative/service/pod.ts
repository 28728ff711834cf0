import type { DnsPolicy, PodSecurityContext, RevisionSpec, Volume } from '../../../imports/serving.knative.dev';
import { KNOWN_ELSEWHERE, VALUE, knownProps, listOf } from '../../objects/known-props';
import { dnsSubdomainProblem } from '../../syntax/dns';
import type { Admission } from './admission';
import type { InitContainerProps, ServingContainerProps, SidecarProps } from './containers';
import {
  INIT_CONTAINER,
  SERVING_CONTAINER,
  SIDECAR,
  initContainers,
  servingContainer,
  sidecarContainers,
} from './containers';

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

/** The props of {@link PodProps}. The judge of Knative objects knows the fields of what is written as it is given. */
export const POD = knownProps<PodProps>({
  ...SERVING_CONTAINER.props,
  sidecars: listOf(SIDECAR),
  initContainers: listOf(INIT_CONTAINER),
  volumes: KNOWN_ELSEWHERE,
  serviceAccountName: VALUE,
  automountServiceAccountToken: VALUE,
  imagePullSecrets: VALUE,
  enableServiceLinks: VALUE,
  podSecurityContext: KNOWN_ELSEWHERE,
  affinity: KNOWN_ELSEWHERE,
  nodeSelector: VALUE,
  tolerations: KNOWN_ELSEWHERE,
  topologySpreadConstraints: KNOWN_ELSEWHERE,
  priorityClassName: VALUE,
  runtimeClassName: VALUE,
  schedulerName: VALUE,
  dnsPolicy: VALUE,
  dnsConfig: KNOWN_ELSEWHERE,
  hostAliases: KNOWN_ELSEWHERE,
  hostNetwork: VALUE,
  hostIPC: VALUE,
  hostPID: VALUE,
  shareProcessNamespace: VALUE,
});

/** The fields that are written as they are given. */
const AS_GIVEN = [
  'automountServiceAccountToken',
  'serviceAccountName',
  'enableServiceLinks',
  'affinity',
  'nodeSelector',
  'tolerations',
  'topologySpreadConstraints',
  'priorityClassName',
  'runtimeClassName',
  'schedulerName',
  'dnsPolicy',
  'dnsConfig',
  'hostAliases',
  'hostNetwork',
  'hostIPC',
  'hostPID',
  'shareProcessNamespace',
] as const satisfies readonly (keyof PodProps & keyof RevisionSpec)[];

type AsGiven = (typeof AS_GIVEN)[number];

const isAsGiven = (field: string): field is AsGiven => AS_GIVEN.includes(field as AsGiven);

/** The pod of a revision. */
export function podSpec(admission: Admission, props: PodProps): RevisionSpec {
  const { sidecars = [], initContainers: inits = [], volumes = [], imagePullSecrets, podSecurityContext } = props;
  const containers = [servingContainer(admission, props, volumes), ...sidecarContainers(admission, sidecars, volumes)];
  const before = initContainers(admission, inits, volumes);
  checkPod(admission, props);
  return {
    ...asGiven(props),
    containers,
    ...(props.initContainers && { initContainers: before }),
    ...(props.volumes && { volumes }),
    ...(imagePullSecrets && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    ...(podSecurityContext && { securityContext: podSecurityContext }),
  };
}

function asGiven(props: PodProps): Pick<RevisionSpec, AsGiven> {
  const fields: Record<string, unknown> = {};
  for (const field of Object.keys(props)) {
    if (isAsGiven(field) && props[field] !== undefined) fields[field] = props[field];
  }
  return fields;
}

function checkPod(admission: Admission, { imagePullSecrets = [], hostNetwork }: PodProps): void {
  for (const [index, name] of imagePullSecrets.entries()) {
    admission.refuse(`imagePullSecrets[${index}]`, dnsSubdomainProblem(name));
  }
  if (admission.meshed && hostNetwork === true) {
    admission.refuse(
      'hostNetwork',
      "a pod with true is left alone by Linkerd's injector: leave it out, or set meshed to false",
    );
  }
}
