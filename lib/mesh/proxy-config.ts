import { knownProps, VALUE } from '../objects/known-props';
import type { IConstruct } from 'constructs';
import { addMistake } from '../objects/mistakes';
import { portProblem } from '../syntax/port';
import type { Quantity } from '../syntax/quantity';
import { quantityProblem } from '../syntax/quantity';
import { quote } from '../syntax/quote';
import { overLimitProblems } from './resources';

/** A port, or a range of ports such as `4567-4569`. */
export type PortOrRange = number | `${number}-${number}`;

/**
 * Linkerd's proxy, as the annotations `config.linkerd.io/*` of a namespace or of a pod template set it. What is not given is
 * inherited: a pod from its namespace, a namespace from Linkerd's installation. Source: Linkerd edge-26.8.3, `pkg/k8s/labels.go`.
 */
export interface ProxyConfig {
  /**
   * The proxy's CPU request. Autoscaling on CPU needs one: without it the HPA of a meshed pod stops working.
   *
   * @default - inherited
   */
  readonly cpuRequest?: Quantity;

  /** @default - inherited */
  readonly cpuLimit?: Quantity;

  /** @default - inherited */
  readonly memoryRequest?: Quantity;

  /** @default - inherited */
  readonly memoryLimit?: Quantity;

  /**
   * The proxy's log level.
   *
   * @default - inherited; Linkerd's own is `warn,linkerd=info,hickory=error`
   */
  readonly logLevel?: string;

  /**
   * Runs the proxy as an init container with `restartPolicy: Always`, which starts before the pod's containers and lets Jobs end.
   *
   * @default - inherited; Linkerd's own is true
   */
  readonly nativeSidecar?: boolean;

  /**
   * Inbound ports that go past the proxy: no mTLS and no metrics there.
   *
   * @default - inherited
   */
  readonly skipInboundPorts?: readonly PortOrRange[];

  /**
   * Outbound ports that go past the proxy.
   *
   * @default - inherited
   */
  readonly skipOutboundPorts?: readonly PortOrRange[];

  /**
   * Ports whose traffic the proxy carries without looking at it, for protocols in which the server speaks first.
   *
   * @default - inherited; Linkerd's own are 25,587,3306,4444,5432,6379,9300,11211
   */
  readonly opaquePorts?: readonly PortOrRange[];

  /**
   * Seconds that the proxy waits before it stops, 0 to 3600, so that the containers beside it can end their requests. More than 0 needs
   * `nativeSidecar: false` beside it, also where that is inherited: native sidecars stop after the pod's containers anyway, and
   * Linkerd's injector refuses to create a pod that has both. Source: Linkerd edge-26.8.3, the template of its proxy.
   *
   * @default - inherited
   */
  readonly waitBeforeExitSeconds?: number;
}

/** The props of {@link ProxyConfig}. */
export const PROXY_CONFIG = knownProps<ProxyConfig>({
  cpuRequest: VALUE,
  cpuLimit: VALUE,
  memoryRequest: VALUE,
  memoryLimit: VALUE,
  logLevel: VALUE,
  nativeSidecar: VALUE,
  skipInboundPorts: VALUE,
  skipOutboundPorts: VALUE,
  opaquePorts: VALUE,
  waitBeforeExitSeconds: VALUE,
});

const PREFIX = 'config.linkerd.io/';

const flag = String;
const ports = (values: readonly PortOrRange[]): string => values.join(',');

/** The annotation of each setting, what is written, and what is wrong with a value. */
const ANNOTATIONS: {
  readonly [K in keyof Required<ProxyConfig>]: {
    readonly name: string;
    readonly write: (value: Required<ProxyConfig>[K]) => string;
    readonly problem?: (value: Required<ProxyConfig>[K]) => string | undefined;
  };
} = {
  cpuRequest: { name: 'proxy-cpu-request', write: flag, problem: quantityProblem },
  cpuLimit: { name: 'proxy-cpu-limit', write: flag, problem: quantityProblem },
  memoryRequest: { name: 'proxy-memory-request', write: flag, problem: quantityProblem },
  memoryLimit: { name: 'proxy-memory-limit', write: flag, problem: quantityProblem },
  logLevel: { name: 'proxy-log-level', write: flag, problem: logLevelProblem },
  nativeSidecar: { name: 'proxy-enable-native-sidecar', write: flag },
  skipInboundPorts: { name: 'skip-inbound-ports', write: ports, problem: portsProblem },
  skipOutboundPorts: { name: 'skip-outbound-ports', write: ports, problem: portsProblem },
  opaquePorts: { name: 'opaque-ports', write: ports, problem: portsProblem },
  waitBeforeExitSeconds: { name: 'proxy-wait-before-exit-seconds', write: flag, problem: secondsProblem },
};

/** The annotations that keep CPU for a proxy: its request, or its limit, which counts as the request where that is missing. */
export const PROXY_CPU_ANNOTATIONS = [
  PREFIX + ANNOTATIONS.cpuRequest.name,
  PREFIX + ANNOTATIONS.cpuLimit.name,
] as const;

/** Whether a configuration keeps CPU for the proxy, without which an HPA cannot say how much of it is used. */
export function requestsProxyCpu({ cpuRequest, cpuLimit }: ProxyConfig = {}): boolean {
  return (cpuRequest ?? cpuLimit) !== undefined;
}

/** The annotations of a proxy's configuration. What is wrong with it is recorded on the construct, under the prop's name. */
export function proxyAnnotations(
  construct: IConstruct,
  prop: string,
  config: ProxyConfig | undefined,
): Record<string, string> {
  const annotations: Record<string, string> = {};
  if (config === undefined) return annotations;
  for (const key of Object.keys(ANNOTATIONS) as (keyof ProxyConfig)[]) {
    const { name, write, problem } = ANNOTATIONS[key] as (typeof ANNOTATIONS)['logLevel'];
    const value = config[key] as string | undefined;
    if (value === undefined) continue;
    const what = problem?.(value);
    if (what !== undefined) addMistake(construct, `${prop}.${key}: ${what}`);
    annotations[PREFIX + name] = write(value);
  }
  for (const [key, problem] of overLimitProblems(config)) addMistake(construct, `${prop}.${key}: ${problem}`);
  const { waitBeforeExitSeconds = 0, nativeSidecar = true } = config;
  if (waitBeforeExitSeconds > 0 && nativeSidecar) {
    addMistake(
      construct,
      `${prop}.waitBeforeExitSeconds: ${waitBeforeExitSeconds} is refused by Linkerd's injector for native sidecars, which stop after the pod's containers anyway: leave it out, or set ${prop}.nativeSidecar to false`,
    );
  }
  return annotations;
}

function logLevelProblem(value: string): string | undefined {
  if (/^[\w:=,[\]-]+$/.test(value)) return undefined;
  return `${quote(value)} is not a log level: write for example "info" or "warn,linkerd=debug"`;
}

const PORT_OR_RANGE = /^\d+(-\d+)?$/;

function portsProblem(values: readonly PortOrRange[]): string | undefined {
  for (const value of values) {
    const [from = 0, to = from] = String(value).split('-').map(Number);
    const valid = PORT_OR_RANGE.test(String(value)) && [from, to].every((port) => portProblem(port) === undefined);
    if (!valid || from > to) {
      return `${quote(value)} is not a port or a range of ports: write for example 8080 or "4567-4569"`;
    }
  }
  return undefined;
}

function secondsProblem(value: number): string | undefined {
  if (Number.isInteger(value) && value >= 0 && value <= 3600) return undefined;
  return `${value} is not a number of seconds from 0 to 3600`;
}
