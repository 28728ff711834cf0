import { at } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import type { ServingConfig } from './config';
import { hasSecurePodDefaults } from './config';
import { CONTAINER, PROFILE, SE_LINUX, WINDOWS } from './container-fields';
import { flagProblem } from './flag';
import { needs, never, onlyFalse } from './refusals';
import { AFFINITY, DNS_CONFIG, SPREAD, TOLERATIONS } from './scheduling-fields';
import type { Shape } from './shape';
import {
  ANY,
  FLAG,
  INT32,
  INT64,
  QUANTITY,
  TEXT,
  TEXTS,
  TEXT_MAP,
  fields,
  list,
  map,
  pointer,
  refusing,
} from './shape';
import { REFERENCE, VOLUME } from './volume-fields';
import type { Words } from './words';

/**
 * The fields of a revision's pods: their types, which of them Serving takes, and the flag that some need.
 * Sources: Serving 1.23.0, `pkg/apis/serving/fieldmask.go`; the types of k8s.io/api v0.35.7, `core/v1`.
 */

/** What all containers of a pod may do: with the flag, or with secure defaults the type of a seccomp profile alone. */
const podField = (shape: Shape): Shape => needs('kubernetes.podspec-securitycontext', shape);
const POD_SECURITY_CONTEXT = pointer(
  fields({
    seLinuxOptions: never(SE_LINUX),
    windowsOptions: never(WINDOWS),
    runAsUser: podField(pointer(INT64)),
    runAsGroup: podField(pointer(INT64)),
    runAsNonRoot: podField(pointer(FLAG)),
    supplementalGroups: podField(list(INT64)),
    supplementalGroupsPolicy: never(pointer(TEXT)),
    fsGroup: podField(pointer(INT64)),
    sysctls: never(list(fields({ name: TEXT, value: TEXT }))),
    fsGroupChangePolicy: never(pointer(TEXT)),
    seccompProfile: refusing(PROFILE, podSeccompProblem),
    appArmorProfile: never(PROFILE),
    seLinuxChangePolicy: never(pointer(TEXT)),
  }),
);

function podSeccompProblem(value: Json, config: ServingConfig, words: Words): string | undefined {
  const type = at(value, 'type');
  const plain = (type === 'RuntimeDefault' || type === 'Unconfined') && at(value, 'localhostProfile') === undefined;
  if (plain && hasSecurePodDefaults(config)) return undefined;
  return flagProblem(config, 'kubernetes.podspec-securitycontext', words);
}

function podSecurityProblem(_: Json, config: ServingConfig, words: Words): string | undefined {
  return hasSecurePodDefaults(config) ? undefined : flagProblem(config, 'kubernetes.podspec-securitycontext', words);
}

/** The spec of a revision. */
export const REVISION_SPEC = fields({
  containerConcurrency: pointer(INT64),
  timeoutSeconds: pointer(INT64),
  responseStartTimeoutSeconds: pointer(INT64),
  idleTimeoutSeconds: pointer(INT64),

  volumes: list(VOLUME),
  initContainers: needs('kubernetes.podspec-init-containers', list(CONTAINER)),
  containers: list(CONTAINER),
  serviceAccountName: TEXT,
  automountServiceAccountToken: onlyFalse('only false may be said here: remove it, or write false'),
  imagePullSecrets: list(REFERENCE),
  enableServiceLinks: pointer(FLAG),

  affinity: needs('kubernetes.podspec-affinity', AFFINITY),
  topologySpreadConstraints: needs('kubernetes.podspec-topologyspreadconstraints', SPREAD),
  hostAliases: needs('kubernetes.podspec-hostaliases', list(fields({ ip: TEXT, hostnames: TEXTS }))),
  nodeSelector: needs('kubernetes.podspec-nodeselector', TEXT_MAP),
  runtimeClassName: needs('kubernetes.podspec-runtimeclassname', pointer(TEXT)),
  tolerations: needs('kubernetes.podspec-tolerations', TOLERATIONS),
  securityContext: refusing(POD_SECURITY_CONTEXT, podSecurityProblem),
  shareProcessNamespace: needs('kubernetes.podspec-shareprocessnamespace', pointer(FLAG)),
  priorityClassName: needs('kubernetes.podspec-priorityclassname', TEXT),
  schedulerName: needs('kubernetes.podspec-schedulername', TEXT),
  dnsPolicy: needs('kubernetes.podspec-dnspolicy', TEXT),
  dnsConfig: needs('kubernetes.podspec-dnsconfig', DNS_CONFIG),
  hostIPC: needs('kubernetes.podspec-hostipc', FLAG),
  hostPID: needs('kubernetes.podspec-hostpid', FLAG),
  hostNetwork: needs('kubernetes.podspec-hostnetwork', FLAG),

  ephemeralContainers: never(list(ANY)),
  restartPolicy: never(TEXT),
  terminationGracePeriodSeconds: refusing(
    pointer(INT64),
    () => 'Serving never takes this field: remove it, a pod has as long as timeoutSeconds to end',
  ),
  activeDeadlineSeconds: never(pointer(INT64)),
  serviceAccount: refusing(TEXT, () => 'Serving never takes this field: write serviceAccountName'),
  nodeName: never(TEXT),
  hostname: never(TEXT),
  subdomain: never(TEXT),
  priority: never(pointer(INT32)),
  readinessGates: never(list(fields({ conditionType: TEXT }))),
  preemptionPolicy: never(pointer(TEXT)),
  overhead: never(map(QUANTITY)),
  setHostnameAsFQDN: never(pointer(FLAG)),
  os: never(pointer(fields({ name: TEXT }))),
  hostUsers: never(pointer(FLAG)),
  schedulingGates: never(list(fields({ name: TEXT }))),
  resourceClaims: never(
    list(fields({ name: TEXT, resourceClaimName: pointer(TEXT), resourceClaimTemplateName: pointer(TEXT) })),
  ),
  resources: never(ANY),
  hostnameOverride: never(pointer(TEXT)),
  workloadRef: never(ANY),
});
