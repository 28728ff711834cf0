import { QUEUE_PROXY_PORTS } from '../../objects/revision-ports';
import { at, isMapping, list, number, text } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { dnsLabelProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import { wordProblem } from '../../syntax/word';
import type { ServingConfig } from './config';
import { checkEnv } from './env';
import { flagProblem } from './flag';
import { PULL_POLICIES, imageProblem, servingImageProblem } from './image';
import { checkProbes, probesOf } from './probes';
import type { Problems } from './problem';
import { checkResources } from './resources';
import type { Role } from './role';
import { checkSecurityContext } from './security-context';
import type { Stricter } from './stricter';
import { checkVolumeMounts } from './volumes';

/** The name of Serving's own container in each pod. Source: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
export const QUEUE_PROXY = 'queue-proxy';

/** The ports of queue-proxy that a container may not have. It may have that for HTTPS. Source: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
const RESERVED_PORTS: readonly number[] = Object.entries(QUEUE_PROXY_PORTS)
  .filter(([name]) => name !== 'https')
  .map(([, port]) => port);

/** The names of a serving port: HTTP/1.1, which none is too, and HTTP/2 without TLS. Source: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
const PORT_NAMES = ['http1', 'h2c'] as const;

/** Source: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
const TERMINATION_MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'] as const;

/** The port that probes of the serving container may name. Where nothing is said, Serving calls it so. */
const DEFAULT_PORT_NAME = 'http';

/** Records what is wrong with the containers of a pod. */
export function checkContainers(problems: Problems, config: ServingConfig, path: string, spec: Json | undefined): void {
  const containers = list(at(spec, 'containers'));
  const volumes = list(at(spec, 'volumes'));
  const where = `${path}.containers`;
  if (containers.length === 0) {
    problems.refuse(where, 'is missing: give the container that takes the requests, with its image');
  }
  if (containers.length > 1) {
    if (config.features['multi-container'] !== 'enabled') {
      problems.refuse(where, flagProblem(config, 'multi-container', problems.words, ['enabled']));
    }
    checkNames(problems, where, containers);
  }
  const servingPort = checkPorts(problems, where, containers);
  containers.forEach((container, index) => {
    const role = containers.length === 1 || portsOf(container).length > 0 ? 'serving' : 'sidecar';
    checkContainer(problems, config, `${where}[${index}]`, container, role, servingPort, volumes);
  });

  const init = list(at(spec, 'initContainers'));
  if (init.length === 0) return;
  // A flag that says "allowed" lets the field be, and Serving still takes no init container.
  if (config.features['kubernetes.podspec-init-containers'] === 'allowed') {
    problems.refuse(
      `${path}.initContainers`,
      flagProblem(config, 'kubernetes.podspec-init-containers', problems.words, ['enabled']),
    );
  }
  const names = new Set(containers.map(nameOf).filter((name) => name !== ''));
  checkNames(problems, `${path}.initContainers`, init, 'kubernetes');
  init.forEach((container, index) => {
    const place = `${path}.initContainers[${index}]`;
    const name = nameOf(container);
    if (names.has(name)) {
      const other = problems.words.place(`${where}[${containers.findIndex((one) => nameOf(one) === name)}].name`);
      problems.refuse(`${place}.name`, `${quote(name)} is ${other} already: choose another`);
    }
    checkContainer(problems, config, place, container, 'init', servingPort, volumes);
  });
}

const nameOf = (container: Json): string => text(at(container, 'name')) ?? '';
const portsOf = (container: Json): readonly Json[] => list(at(container, 'ports'));

function checkNames(problems: Problems, path: string, containers: readonly Json[], stricter?: Stricter): void {
  const first = new Map<string, number>();
  containers.forEach((container, index) => {
    const name = nameOf(container);
    const earlier = first.get(name);
    if (name === '') return;
    if (earlier === undefined) first.set(name, index);
    else {
      const other = problems.words.place(`${path}[${earlier}].name`);
      problems.refuse(`${path}[${index}].name`, `${quote(name)} is ${other} already: choose another`, stricter);
    }
  });
}

/** The name of the port on which the pod takes requests, once it is found that there is one. */
function checkPorts(problems: Problems, path: string, containers: readonly Json[]): string {
  const withPorts = containers.flatMap((container, index) =>
    portsOf(container).map((port, place) => ({ port, at: `${path}[${index}].ports[${place}]` })),
  );
  if (withPorts.length === 0 && containers.length > 1) {
    problems.refuse(
      `${path}[*].ports`,
      'is missing: of several containers, the one that takes the requests needs a port, and no other has one',
    );
  }
  if (withPorts.length > 1) {
    problems.refuse(
      `${path}[*].ports`,
      `has ${withPorts.length} ports: one container alone has one port, on which it takes the requests; remove the others, for example ${withPorts.at(-1)?.at ?? ''}`,
    );
  }
  const last = containers.filter((container) => portsOf(container).length > 0).at(-1) ?? null;
  const name = text(at(portsOf(last)[0], 'name')) ?? '';
  return name === '' ? DEFAULT_PORT_NAME : name;
}

function checkContainer(
  problems: Problems,
  config: ServingConfig,
  path: string,
  container: Json,
  role: Role,
  servingPort: string,
  volumes: readonly Json[],
): void {
  if (!isMapping(container) && container !== null) return;
  const name = nameOf(container);
  if (name === QUEUE_PROXY)
    problems.refuse(`${path}.name`, `${quote(name)} is Serving's own container: choose another`);
  if (name !== '') problems.refuse(`${path}.name`, dnsLabelProblem(name), 'kubernetes');
  checkImage(problems, `${path}.image`, at(container, 'image'));
  portsOf(container).forEach((port, index) => {
    if (role === 'init' || index === 0) checkPort(problems, `${path}.ports[${index}]`, port, role);
  });
  checkEnv(problems, path, container, role);
  const pull = text(at(container, 'imagePullPolicy')) ?? '';
  if (pull !== '') problems.refuse(`${path}.imagePullPolicy`, wordProblem(pull, PULL_POLICIES), 'kubernetes');
  const policy = text(at(container, 'terminationMessagePolicy')) ?? '';
  if (policy !== '') {
    problems.refuse(`${path}.terminationMessagePolicy`, wordProblem(policy, TERMINATION_MESSAGE_POLICIES));
  }
  checkResources(problems, `${path}.resources`, at(container, 'resources'));
  checkSecurityContext(problems, `${path}.securityContext`, at(container, 'securityContext'));
  checkVolumeMounts(problems, `${path}.volumeMounts`, list(at(container, 'volumeMounts')), volumes, role, config);
  if (role === 'init') {
    for (const probe of probesOf(container)) {
      problems.refuse(`${path}.${probe}`, 'an init container is not asked: remove it');
    }
  } else {
    checkProbes(problems, config, path, container, role, servingPort);
  }
}

function checkImage(problems: Problems, path: string, given: Json | undefined): void {
  if (given !== undefined && given !== null && typeof given !== 'string') return;
  const image = given ?? '';
  const problem = servingImageProblem(image);
  if (problem === undefined) problems.refuse(path, imageProblem(image), 'image-grammar');
  else problems.refuse(path, problem);
}

function checkPort(problems: Problems, path: string, port: Json, role: Role): void {
  const value = number(at(port, 'containerPort')) ?? 0;
  if (RESERVED_PORTS.includes(value)) {
    problems.refuse(
      `${path}.containerPort`,
      `${value} is a port of Serving's queue-proxy: choose another, for example 8080`,
    );
  }
  if (value < 0 || value > 65535) {
    problems.refuse(`${path}.containerPort`, `${value} is not a port: use a whole number from 1 to 65535`);
  }
  if (role === 'init') return;
  const protocol = text(at(port, 'protocol')) ?? '';
  if (protocol !== '' && protocol !== 'TCP') {
    problems.refuse(`${path}.protocol`, `${quote(protocol)} is not TCP: remove it, requests come by TCP`);
  }
  const name = text(at(port, 'name')) ?? '';
  if (name === '' || wordProblem(name, PORT_NAMES) === undefined) return;
  problems.refuse(
    `${path}.name`,
    `${quote(name)} is no name of a serving port: write "http1", "h2c" for HTTP/2 without TLS and gRPC, or leave it out`,
  );
}
