import type {
  Container,
  EnvFromSource,
  ImagePullPolicy,
  Resources,
  SecurityContext,
  Volume,
  VolumeMount,
} from '../../../imports/serving.knative.dev';
import type { PropsTable } from '../../objects/known-props';
import { KNOWN_ELSEWHERE, VALUE, knownProps } from '../../objects/known-props';
import { quote } from '../../syntax/quote';
import type { Admission } from './admission';
import type { Env } from './env';
import { envVars } from './env';
import type { ServingPort } from './port';
import { SERVING_PORT, checkPort } from './port';
import type { Probes } from './probes';
import { PROBES, probeFields } from './probes';
import { checkVolumeMounts } from './volumes';

/** What any container of a Knative Service is made of. */
export interface ContainerProps {
  /** The image: `registry/path:tag`, or `registry/path@sha256:digest`. Serving resolves a tag once a revision. */
  readonly image: string;

  /** @default - as Kubernetes has it: `Always` for the tag `latest`, otherwise `IfNotPresent` */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Environment variables: `{ TARGET: 'world', PASSWORD: { secretKeyRef: { name: 'db', key: 'password' } } }`.
   *
   * @default - those that Serving sets: K_SERVICE, K_CONFIGURATION, K_REVISION, and PORT in the serving container
   */
  readonly env?: Env;

  /**
   * ConfigMaps and Secrets all of whose keys become environment variables.
   *
   * @default - none
   */
  readonly envFrom?: readonly EnvFromSource[];

  /** @default - the image's entrypoint */
  readonly command?: readonly string[];

  /** @default - the image's own */
  readonly args?: readonly string[];

  /** @default - the image's own */
  readonly workingDir?: string;

  /**
   * Requests and limits of `cpu`, `memory` and so on, as quantities such as `200m` or `300Mi`.
   *
   * @default - `config-defaults` of the platform, which has none unless its settings say so
   */
  readonly resources?: Resources;

  /**
   * What the container may do.
   *
   * @default - as the image has it, or what `secure-pod-defaults` of the platform's settings says
   */
  readonly securityContext?: SecurityContext;

  /**
   * Where volumes of the pod are mounted.
   *
   * @default - none
   */
  readonly volumeMounts?: readonly VolumeMount[];

  /** @default '/dev/termination-log' */
  readonly terminationMessagePath?: string;

  /** @default 'FallbackToLogsOnError' */
  readonly terminationMessagePolicy?: 'File' | 'FallbackToLogsOnError';
}

/** The container that takes the requests. */
export interface ServingContainerProps extends ContainerProps {
  /** @default 'user-container', or what `container-name-template` of the platform's settings says */
  readonly containerName?: string;

  /**
   * The port on which the container takes requests, which it reads from the variable `PORT`. It must be given where there
   * are sidecars, since it is what tells the container from them.
   *
   * @default { number: 8080, protocol: 'http1' }
   */
  readonly port?: ServingPort;

  /** @default - whether the port takes TCP connections */
  readonly probes?: Probes;
}

/** A container beside the one that takes the requests: it has no port for requests. */
export interface SidecarProps extends ContainerProps {
  /** @default - Serving finds one that no other container has: 'user-container-0', … */
  readonly name?: string;

  /**
   * Needs the flag `multi-container-probing` in the platform's settings.
   *
   * @default - not asked
   */
  readonly probes?: Probes;
}

/** A container that runs to its end before the others start. Needs the flag `kubernetes.podspec-init-containers` in the platform's settings. */
export interface InitContainerProps extends ContainerProps {
  /** @default 'init-container', or with a number where there are several */
  readonly name?: string;
}

const CONTAINER = {
  image: VALUE,
  imagePullPolicy: VALUE,
  // The judge of Knative objects knows the fields of what is written as it is given.
  env: KNOWN_ELSEWHERE,
  envFrom: KNOWN_ELSEWHERE,
  command: VALUE,
  args: VALUE,
  workingDir: VALUE,
  resources: KNOWN_ELSEWHERE,
  securityContext: KNOWN_ELSEWHERE,
  volumeMounts: KNOWN_ELSEWHERE,
  terminationMessagePath: VALUE,
  terminationMessagePolicy: VALUE,
} as const satisfies PropsTable<ContainerProps>;

/** The props of {@link ServingContainerProps}, of {@link SidecarProps} and of {@link InitContainerProps}. */
export const SERVING_CONTAINER = knownProps<ServingContainerProps>({
  ...CONTAINER,
  containerName: VALUE,
  port: SERVING_PORT,
  probes: PROBES,
});
export const SIDECAR = knownProps<SidecarProps>({ ...CONTAINER, name: VALUE, probes: PROBES });
export const INIT_CONTAINER = knownProps<InitContainerProps>({ ...CONTAINER, name: VALUE });

/** Names of containers that are put into the pod beside these. */
const LINKERD_CONTAINERS = ['linkerd-proxy', 'linkerd-init', 'linkerd-network-validator'];

/** The container that takes the requests. */
export function servingContainer(
  admission: Admission,
  props: ServingContainerProps,
  volumes: readonly Volume[],
): Container {
  const { containerName, port, probes } = props;
  checkName(admission, 'containerName', containerName);
  if (port !== undefined) checkPort(admission, port);
  return {
    ...(containerName !== undefined && { name: containerName }),
    ...container(admission, '', props, volumes),
    ...(port && {
      ports: [{ containerPort: port.number, ...(port.protocol !== undefined && { name: port.protocol }) }],
    }),
    ...(probes && probeFields(admission, 'probes', probes, port?.number ?? 8080)),
  };
}

/** The containers beside it. */
export function sidecarContainers(
  admission: Admission,
  sidecars: readonly SidecarProps[],
  volumes: readonly Volume[],
): Container[] {
  return sidecars.map((props, index) => {
    const path = `sidecars[${index}]`;
    checkName(admission, `${path}.name`, props.name);
    return {
      ...(props.name !== undefined && { name: props.name }),
      ...container(admission, `${path}.`, props, volumes),
      ...(props.probes && probeFields(admission, `${path}.probes`, props.probes)),
    };
  });
}

/** The containers before it. */
export function initContainers(
  admission: Admission,
  containers: readonly InitContainerProps[],
  volumes: readonly Volume[],
): Container[] {
  return containers.map((props, index) => {
    const path = `initContainers[${index}]`;
    checkName(admission, `${path}.name`, props.name);
    return {
      ...(props.name !== undefined && { name: props.name }),
      ...container(admission, `${path}.`, props, volumes),
    };
  });
}

/** What containers of all kinds share. `path` is empty or ends with a dot. */
function container(admission: Admission, path: string, props: ContainerProps, volumes: readonly Volume[]): Container {
  const { env, envFrom, resources, securityContext, volumeMounts, workingDir } = props;
  if (volumeMounts) checkVolumeMounts(admission, `${path}volumeMounts`, volumeMounts, volumes);
  return {
    image: props.image,
    ...(props.imagePullPolicy && { imagePullPolicy: props.imagePullPolicy }),
    ...(props.command && { command: props.command }),
    ...(props.args && { args: props.args }),
    ...(workingDir !== undefined && { workingDir }),
    ...(env && { env: envVars(admission, `${path}env`, env) }),
    ...(envFrom && { envFrom }),
    ...(resources && { resources }),
    ...(securityContext && { securityContext }),
    ...(volumeMounts && { volumeMounts }),
    ...(props.terminationMessagePath !== undefined && { terminationMessagePath: props.terminationMessagePath }),
    ...(props.terminationMessagePolicy && { terminationMessagePolicy: props.terminationMessagePolicy }),
  };
}

function checkName(admission: Admission, path: string, name: string | undefined): void {
  if (name === undefined) return;
  if (admission.meshed && LINKERD_CONTAINERS.includes(name)) {
    admission.refuse(
      path,
      `${quote(name)} is Linkerd's own container, and the injector leaves a pod alone that has it: choose another, or set meshed to false`,
    );
  }
}
