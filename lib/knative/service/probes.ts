import { knownProps, KNOWN_ELSEWHERE } from '../../objects/known-props';
import type { Container, Probe } from '../../../imports/serving.knative.dev';
import { quote } from '../../syntax/quote';
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

/** The props of {@link Probes}. */
export const PROBES = knownProps<Probes>({
  // The judge of Knative objects knows their fields.
  readiness: KNOWN_ELSEWHERE,
  liveness: KNOWN_ELSEWHERE,
  startup: KNOWN_ELSEWHERE,
});

/**
 * The fields of a container that its probes become.
 *
 * @param servingPort the port on which the container takes requests; none for a sidecar
 */
export function probeFields(
  admission: Admission,
  path: string,
  { readiness, liveness, startup }: Probes,
  servingPort?: number,
): Pick<Container, 'readinessProbe' | 'livenessProbe' | 'startupProbe'> {
  for (const [name, probe] of Object.entries({ readiness, liveness, startup })) {
    const httpPath: unknown = probe?.httpGet?.path;
    if (typeof httpPath === 'string' && !httpPath.startsWith('/')) {
      admission.refuse(
        `${path}.${name}.httpGet.path`,
        `${quote(httpPath)} does not begin with "/": write ${quote(`/${httpPath}`)}`,
      );
    }
  }
  if (servingPort !== undefined) warnOfPort(admission, `${path}.liveness`, liveness, servingPort);
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

/** Serving puts its port in place of another of the liveness probe. Source: Serving 1.23.0, `pkg/reconciler/revision/resources/deploy.go`. */
function warnOfPort(admission: Admission, path: string, liveness: Probe | undefined, servingPort: number): void {
  if (admission.config.features.multiContainerProbing !== 'disabled') return;
  for (const handler of ['httpGet', 'tcpSocket'] as const) {
    const port = liveness?.[handler]?.port;
    if (typeof port !== 'number' || port === 0 || port === servingPort) continue;
    admission.warn(
      `${path}.${handler}.port`,
      `${port} is replaced by the container's port ${servingPort}: leave it out, or set settings.features.multiContainerProbing of the platform to "enabled"`,
    );
  }
}
