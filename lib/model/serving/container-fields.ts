import type { Json } from '../../objects/manifest';
import type { ServingConfig } from './config';
import { hasSecurePodDefaults } from './config';
import { flagProblem } from './flag';
import { needs, never, onlyFalse } from './refusals';
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
  fields,
  list,
  pointer,
  refusing,
} from './shape';
import type { Words } from './words';

/** The fields of a container. Sources: Serving 1.23.0, `pkg/apis/serving/fieldmask.go`; the types of k8s.io/api v0.35.7, `core/v1`. */

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
export const SE_LINUX = pointer(fields({ user: TEXT, role: TEXT, type: TEXT, level: TEXT }));
export const WINDOWS = pointer(
  fields({
    gmsaCredentialSpecName: pointer(TEXT),
    gmsaCredentialSpec: pointer(TEXT),
    runAsUserName: pointer(TEXT),
    hostProcess: pointer(FLAG),
  }),
);
export const PROFILE = pointer(fields({ type: TEXT, localhostProfile: pointer(TEXT) }));

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

export const FIELD_REF = pointer(fields({ apiVersion: TEXT, fieldPath: TEXT }));
export const RESOURCE_FIELD_REF = pointer(fields({ containerName: TEXT, resource: TEXT, divisor: QUANTITY }));
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

export const CONTAINER = fields({
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
