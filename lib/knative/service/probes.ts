import type { Container, Probe } from '../../../imports/serving.knative.dev';
import { PROBE_HANDLERS } from '../../model/serving/probes';
import { portProblem } from '../../syntax/port';
import { quote } from '../../syntax/quote';
import { wholeNumberProblem } from '../../syntax/whole-number';
import type { Admission } from './admission';

/** How a container is asked whether it is well. Source of all rules: Serving 1.23.0, `pkg/apis/serving/k8s_validation.go`. */
export interface Probes {
  /**
   * Whether it takes requests. Serving's queue-proxy asks the serving container, many times a second unless
   * `periodSeconds` is set; only then may `timeoutSeconds` and `failureThreshold` be.
   *
   * @default - the serving container: whether its port takes TCP connections; a sidecar: not asked
   */
  readonly readiness?: Probe;

  /**
   * Whether it is alive, or to be started again.
   *
   * @default - not asked
   */
  readonly liveness?: Probe;

  /**
   * Whether it has started: the other two wait for that.
   *
   * @default - not asked
   */
  readonly startup?: Probe;
}

/** The container that a probe asks. */
export interface Probed {
  /** The port on which it takes requests; `undefined` for a sidecar. */
  readonly port: { readonly number: number; readonly name: string } | undefined;
}

const NUMBERS = ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold'] as const;
const MAX_INT32 = 2 ** 31 - 1;

/** The fields of a container that its probes become. */
export function probeFields(
  admission: Admission,
  path: string,
  { readiness, liveness, startup }: Probes,
  probed: Probed,
): Pick<Container, 'readinessProbe' | 'livenessProbe' | 'startupProbe'> {
  if (readiness !== undefined) checkReadiness(admission, `${path}.readiness`, readiness, probed);
  for (const [name, probe] of Object.entries({ liveness, startup })) {
    if (probe === undefined) continue;
    checkProbe(admission, `${path}.${name}`, probe, probed, true);
    if (probe.successThreshold !== undefined && probe.successThreshold !== 1) {
      admission.refuse(
        `${path}.${name}.successThreshold`,
        `${probe.successThreshold} is not 1, which Kubernetes demands: leave it out`,
      );
    }
  }
  return {
    ...(readiness && { readinessProbe: readiness }),
    ...(liveness && { livenessProbe: liveness }),
    ...(startup && { startupProbe: startup }),
  };
}

/**
 * What is wrong with probes where pods require mTLS, each with its prop in front. The kubelet has no identity, and Linkerd lets nothing
 * of it pass but GETs of plain HTTP; connections of TCP it takes itself. Readiness is asked by queue-proxy, within the pod.
 */
export function mtlsProblems(path: string, { liveness, startup }: Probes = {}): string[] {
  return Object.entries({ liveness, startup }).flatMap(([name, probe]) => {
    const how = probe?.grpc !== undefined ? 'grpc' : probe?.httpGet?.scheme === 'HTTPS' ? 'scheme "HTTPS"' : undefined;
    if (how === undefined) return [];
    return [
      `${path}.${name}: ${how} never passes where the namespace requires mTLS, so the container is restarted again and again: ask by plain HTTP, tcpSocket or exec, or set mtls of the namespace to "permissive"`,
    ];
  });
}

function checkReadiness(admission: Admission, path: string, probe: Probe, probed: Probed): void {
  checkProbe(admission, path, probe, probed, probed.port === undefined);
  if (probe.successThreshold !== undefined) {
    admission.refuse(`${path}.successThreshold`, wholeNumberProblem(probe.successThreshold, 1, MAX_INT32));
  }
  if ((probe.periodSeconds ?? 0) !== 0) return;
  for (const name of ['timeoutSeconds', 'failureThreshold'] as const) {
    if (probe[name] !== undefined && probe[name] !== 0) {
      admission.refuse(`${path}.${name}`, `${probe[name]} needs periodSeconds: set that as well, or leave both out`);
    }
  }
}

function checkProbe(admission: Admission, path: string, probe: Probe, probed: Probed, needsHandler: boolean): void {
  const handlers = PROBE_HANDLERS.filter((handler) => probe[handler] !== undefined);
  if (handlers.length > 1 || (needsHandler && handlers.length === 0)) {
    admission.refuse(
      path,
      `has ${handlers.join(' and ') || 'no way to ask'}: give one of ${PROBE_HANDLERS.join(', ')}`,
    );
  }
  for (const name of NUMBERS) {
    const value = probe[name];
    if (value !== undefined) admission.refuse(`${path}.${name}`, wholeNumberProblem(value, 0, MAX_INT32));
  }
  for (const handler of ['httpGet', 'tcpSocket', 'grpc'] as const) {
    if (probe[handler] !== undefined) {
      checkPort(admission, `${path}.${handler}.port`, probe[handler].port, probed);
    }
  }
  const { path: httpPath } = probe.httpGet ?? {};
  if (httpPath !== undefined && !httpPath.startsWith('/')) {
    admission.refuse(`${path}.httpGet.path`, `${quote(httpPath)} does not begin with "/": write "/${httpPath}"`);
  }
}

/**
 * Serving fills in its port for the readiness probe and for a liveness probe over HTTP or TCP. Everywhere else what is given
 * reaches Kubernetes as it is, which wants a number. Source: Serving 1.23.0, `pkg/reconciler/revision/resources/deploy.go`.
 */
function checkPort(
  admission: Admission,
  where: string,
  port: number | string | undefined,
  { port: servingPort }: Probed,
): void {
  const liveness = /\.liveness\.(httpGet|tcpSocket)\./.test(where);
  const filledIn = servingPort !== undefined && (liveness || where.includes('.readiness.'));
  if (port === undefined) {
    if (!filledIn)
      admission.refuse(where, 'is missing: give the number of the port, which Serving does not fill in here');
  } else if (typeof port === 'string') {
    if (!filledIn || port !== servingPort.name) {
      admission.refuse(where, `${quote(port)} is not the name of a port that the pod has: give the number`);
    }
  } else {
    admission.refuse(where, portProblem(port));
    const replaced = servingPort !== undefined && liveness && port !== servingPort.number;
    if (replaced && admission.config.features.multiContainerProbing === 'disabled') {
      admission.warn(
        where,
        `${port} is replaced by the container's port ${servingPort.number}: leave it out, or set settings.features.multiContainerProbing of the platform to "enabled"`,
      );
    }
  }
}
