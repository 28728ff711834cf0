import type { ServingConfig } from './config';
import { hasSecurePodDefaults } from './config';
import type { Feature } from './features';
import type { Json } from '../../objects/manifest';
import { at } from '../../objects/json';
import {
  ANY,
  FLAG,
  INT32,
  INT64,
  INT_OR_TEXT,
  QUANTITIES,
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
import type { Shape } from './shape';
import { flagProblem } from './flag';
import { METADATA } from './metadata-fields';
import type { Words } from './words';

/**
 * The fields of a revision's pods: their types, which of them Serving takes, and the flag that some need.
 * Sources: Serving 1.23.0, `pkg/apis/serving/fieldmask.go`; the types of k8s.io/api v0.35.7, `core/v1`.
 */

const NEVER = 'Serving never takes this field: remove it';

/** A field that Serving never takes. */
const never = (shape: Shape): Shape => refusing(shape, () => NEVER);

/** A field that Serving takes where a flag lets it: `enabled` and `allowed` do. */
const needs = (feature: Feature, shape: Shape): Shape =>
  refusing(shape, (_, config, words) => flagProblem(config, feature, words));

/** A field that may only be `false`. */
const onlyFalse = (reason: string): Shape => refusing(pointer(FLAG), (value) => (value === false ? undefined : reason));

const LABEL_SELECTOR = pointer(
  fields({
    matchLabels: TEXT_MAP,
    matchExpressions: list(fields({ key: TEXT, operator: TEXT, values: TEXTS })),
  }),
);
const REFERENCE = fields({ name: TEXT });
const EXEC = pointer(fields({ command: TEXTS }));
const HTTP_GET = pointer(
  fields({
    path: TEXT,
    port: INT_OR_TEXT,
    host: TEXT,
    scheme: TEXT,
    httpHeaders: list(fields({ name: TEXT, value: TEXT })),
  }),
);
const TCP_SOCKET = pointer(fields({ port: INT_OR_TEXT, host: TEXT }));

/** A probe, which Go has by pointer. */
export const PROBE = pointer(
  fields({
    exec: EXEC,
    httpGet: HTTP_GET,
    tcpSocket: TCP_SOCKET,
    grpc: pointer(fields({ port: INT32, service: pointer(TEXT) })),
    initialDelaySeconds: INT32,
    timeoutSeconds: INT32,
    periodSeconds: INT32,
    successThreshold: INT32,
    failureThreshold: INT32,
    terminationGracePeriodSeconds: pointer(INT64),
  }),
);

const HOOK = pointer(fields({ exec: EXEC, httpGet: HTTP_GET, tcpSocket: TCP_SOCKET, sleep: ANY }));
const SE_LINUX = pointer(fields({ user: TEXT, role: TEXT, type: TEXT, level: TEXT }));
const WINDOWS = pointer(
  fields({
    gmsaCredentialSpecName: pointer(TEXT),
    gmsaCredentialSpec: pointer(TEXT),
    runAsUserName: pointer(TEXT),
    hostProcess: pointer(FLAG),
  }),
);
const PROFILE = pointer(fields({ type: TEXT, localhostProfile: pointer(TEXT) }));

const SECURITY_CONTEXT = pointer(
  fields({
    capabilities: pointer(fields({ add: refusing(TEXTS, addCapabilitiesProblem), drop: TEXTS })),
    privileged: onlyFalse('a container of Serving is never privileged: remove it, or write false'),
    seLinuxOptions: never(SE_LINUX),
    windowsOptions: never(WINDOWS),
    runAsUser: pointer(INT64),
    runAsGroup: pointer(INT64),
    runAsNonRoot: pointer(FLAG),
    readOnlyRootFilesystem: pointer(FLAG),
    allowPrivilegeEscalation: pointer(FLAG),
    procMount: never(pointer(TEXT)),
    seccompProfile: PROFILE,
    appArmorProfile: never(PROFILE),
  }),
);

/** Pods with secure defaults may bind low ports without the flag. */
function addCapabilitiesProblem(value: Json, config: ServingConfig, words: Words): string | undefined {
  if (config.features['kubernetes.containerspec-addcapabilities'] === 'enabled') return undefined;
  const bindsOnly = Array.isArray(value) && value.length === 1 && value[0] === 'NET_BIND_SERVICE';
  if (bindsOnly && hasSecurePodDefaults(config)) return undefined;
  return flagProblem(config, 'kubernetes.containerspec-addcapabilities', words, ['enabled']);
}

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

const FIELD_REF = pointer(fields({ apiVersion: TEXT, fieldPath: TEXT }));
const RESOURCE_FIELD_REF = pointer(fields({ containerName: TEXT, resource: TEXT, divisor: QUANTITY }));
const KEY_REF = pointer(fields({ name: TEXT, key: TEXT, optional: pointer(FLAG) }));
const OPTIONAL_REF = pointer(fields({ name: TEXT, optional: pointer(FLAG) }));

const ENV = fields({
  name: TEXT,
  value: TEXT,
  valueFrom: pointer(
    fields({
      fieldRef: needs('kubernetes.podspec-fieldref', FIELD_REF),
      resourceFieldRef: needs('kubernetes.podspec-fieldref', RESOURCE_FIELD_REF),
      configMapKeyRef: KEY_REF,
      secretKeyRef: KEY_REF,
      fileKeyRef: never(pointer(fields({ volumeName: TEXT, path: TEXT, key: TEXT, optional: pointer(FLAG) }))),
    }),
  ),
});

const CONTAINER = fields({
  name: TEXT,
  image: TEXT,
  command: TEXTS,
  args: TEXTS,
  workingDir: TEXT,
  ports: list(
    fields({ name: TEXT, hostPort: never(INT32), containerPort: INT32, protocol: TEXT, hostIP: never(TEXT) }),
  ),
  envFrom: list(fields({ prefix: TEXT, configMapRef: OPTIONAL_REF, secretRef: OPTIONAL_REF })),
  env: list(ENV),
  resources: fields({
    limits: QUANTITIES,
    requests: QUANTITIES,
    claims: never(list(fields({ name: TEXT, request: TEXT }))),
  }),
  resizePolicy: never(list(fields({ resourceName: TEXT, restartPolicy: TEXT }))),
  restartPolicy: never(pointer(TEXT)),
  restartPolicyRules: never(list(ANY)),
  volumeMounts: list(
    fields({
      name: TEXT,
      readOnly: FLAG,
      recursiveReadOnly: never(pointer(TEXT)),
      mountPath: TEXT,
      subPath: TEXT,
      mountPropagation: needs('kubernetes.podspec-volumes-mount-propagation', pointer(TEXT)),
      subPathExpr: never(TEXT),
    }),
  ),
  volumeDevices: never(list(fields({ name: TEXT, devicePath: TEXT }))),
  livenessProbe: PROBE,
  readinessProbe: PROBE,
  startupProbe: PROBE,
  lifecycle: never(pointer(fields({ postStart: HOOK, preStop: HOOK, stopSignal: pointer(TEXT) }))),
  terminationMessagePath: TEXT,
  terminationMessagePolicy: TEXT,
  imagePullPolicy: TEXT,
  securityContext: SECURITY_CONTEXT,
  stdin: never(FLAG),
  stdinOnce: never(FLAG),
  tty: never(FLAG),
});

const POD_AFFINITY_TERM = fields({
  labelSelector: LABEL_SELECTOR,
  namespaces: TEXTS,
  topologyKey: TEXT,
  namespaceSelector: LABEL_SELECTOR,
  matchLabelKeys: TEXTS,
  mismatchLabelKeys: TEXTS,
});
const POD_AFFINITY = pointer(
  fields({
    requiredDuringSchedulingIgnoredDuringExecution: list(POD_AFFINITY_TERM),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      fields({ weight: INT32, podAffinityTerm: POD_AFFINITY_TERM }),
    ),
  }),
);
const NODE_REQUIREMENTS = list(fields({ key: TEXT, operator: TEXT, values: TEXTS }));
const NODE_TERM = fields({ matchExpressions: NODE_REQUIREMENTS, matchFields: NODE_REQUIREMENTS });
const AFFINITY = pointer(
  fields({
    nodeAffinity: pointer(
      fields({
        requiredDuringSchedulingIgnoredDuringExecution: pointer(fields({ nodeSelectorTerms: list(NODE_TERM) })),
        preferredDuringSchedulingIgnoredDuringExecution: list(fields({ weight: INT32, preference: NODE_TERM })),
      }),
    ),
    podAffinity: POD_AFFINITY,
    podAntiAffinity: POD_AFFINITY,
  }),
);
const TOLERATIONS = list(
  fields({ key: TEXT, operator: TEXT, value: TEXT, effect: TEXT, tolerationSeconds: pointer(INT64) }),
);
const SPREAD = list(
  fields({
    maxSkew: INT32,
    topologyKey: TEXT,
    whenUnsatisfiable: TEXT,
    labelSelector: LABEL_SELECTOR,
    minDomains: pointer(INT32),
    nodeAffinityPolicy: pointer(TEXT),
    nodeTaintsPolicy: pointer(TEXT),
    matchLabelKeys: TEXTS,
  }),
);
const DNS_CONFIG = pointer(
  fields({ nameservers: TEXTS, searches: TEXTS, options: list(fields({ name: TEXT, value: pointer(TEXT) })) }),
);

const ITEMS = list(fields({ key: TEXT, path: TEXT, mode: pointer(INT32) }));
const DOWNWARD_ITEMS = list(
  fields({ path: TEXT, fieldRef: FIELD_REF, resourceFieldRef: RESOURCE_FIELD_REF, mode: pointer(INT32) }),
);
const PROJECTED = pointer(fields({ name: TEXT, items: ITEMS, optional: pointer(FLAG) }));
const CLAIM_RESOURCES = fields({ limits: QUANTITIES, requests: QUANTITIES });

const VOLUME = fields({
  name: TEXT,
  hostPath: needs('kubernetes.podspec-volumes-hostpath', pointer(fields({ path: TEXT, type: pointer(TEXT) }))),
  emptyDir: needs(
    'kubernetes.podspec-volumes-emptydir',
    pointer(fields({ medium: TEXT, sizeLimit: pointer(QUANTITY) })),
  ),
  secret: pointer(fields({ secretName: TEXT, items: ITEMS, defaultMode: pointer(INT32), optional: pointer(FLAG) })),
  configMap: pointer(fields({ name: TEXT, items: ITEMS, defaultMode: pointer(INT32), optional: pointer(FLAG) })),
  projected: pointer(
    fields({
      sources: list(
        fields({
          secret: PROJECTED,
          downwardAPI: pointer(fields({ items: DOWNWARD_ITEMS })),
          configMap: PROJECTED,
          serviceAccountToken: pointer(fields({ audience: TEXT, expirationSeconds: pointer(INT64), path: TEXT })),
          clusterTrustBundle: never(
            pointer(
              fields({
                name: pointer(TEXT),
                signerName: pointer(TEXT),
                labelSelector: LABEL_SELECTOR,
                optional: pointer(FLAG),
                path: TEXT,
              }),
            ),
          ),
          podCertificate: never(
            pointer(
              fields({
                signerName: TEXT,
                keyType: TEXT,
                maxExpirationSeconds: pointer(INT32),
                credentialBundlePath: TEXT,
                keyPath: TEXT,
                certificateChainPath: TEXT,
                userAnnotations: TEXT_MAP,
              }),
            ),
          ),
        }),
      ),
      defaultMode: pointer(INT32),
    }),
  ),
  persistentVolumeClaim: needs(
    'kubernetes.podspec-persistent-volume-claim',
    pointer(fields({ claimName: TEXT, readOnly: FLAG })),
  ),
  csi: needs(
    'kubernetes.podspec-volumes-csi',
    pointer(
      fields({
        driver: TEXT,
        readOnly: pointer(FLAG),
        fsType: pointer(TEXT),
        volumeAttributes: TEXT_MAP,
        nodePublishSecretRef: pointer(REFERENCE),
      }),
    ),
  ),
  ephemeral: needs(
    'kubernetes.podspec-volumes-ephemeral',
    pointer(
      fields({
        volumeClaimTemplate: pointer(
          fields({
            metadata: METADATA,
            spec: fields({
              accessModes: TEXTS,
              selector: LABEL_SELECTOR,
              resources: CLAIM_RESOURCES,
              volumeName: TEXT,
              storageClassName: pointer(TEXT),
              volumeMode: pointer(TEXT),
              dataSource: pointer(fields({ apiGroup: pointer(TEXT), kind: TEXT, name: TEXT })),
              dataSourceRef: pointer(
                fields({ apiGroup: pointer(TEXT), kind: TEXT, name: TEXT, namespace: pointer(TEXT) }),
              ),
              volumeAttributesClassName: pointer(TEXT),
            }),
          }),
        ),
      }),
    ),
  ),
  image: needs('kubernetes.podspec-volumes-image', pointer(fields({ reference: TEXT, pullPolicy: TEXT }))),
  nfs: never(pointer(fields({ server: TEXT, path: TEXT, readOnly: FLAG }))),
  downwardAPI: never(pointer(fields({ items: DOWNWARD_ITEMS, defaultMode: pointer(INT32) }))),
  gitRepo: never(pointer(fields({ repository: TEXT, revision: TEXT, directory: TEXT }))),
  ...Object.fromEntries(
    [
      'gcePersistentDisk',
      'awsElasticBlockStore',
      'iscsi',
      'glusterfs',
      'rbd',
      'flexVolume',
      'cinder',
      'cephfs',
      'flocker',
      'fc',
      'azureFile',
      'vsphereVolume',
      'quobyte',
      'azureDisk',
      'photonPersistentDisk',
      'portworxVolume',
      'scaleIO',
      'storageos',
    ].map((source) => [source, never(ANY)]),
  ),
});

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
