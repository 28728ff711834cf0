import { Lazy } from 'cdk8s';
import { DEFAULT_INBOUND_POLICY, OPEN_POLICIES } from '../../objects/inbound-policy';
import type { ProxyVariable } from '../../objects/proxy-env';
import { INBOUND_PORTS_VARIABLE, PROXY_ENV_ANNOTATION, readProxyEnv, writeProxyEnv } from '../../objects/proxy-env';
import { revisionPorts } from '../../objects/revision-ports';
import type { Admission } from './admission';
import type { Texts } from './metadata';
import type { PodProps } from './pod';
import type { Probes } from './probes';

/** What decides which variables the proxies of a service's pods have. */
export interface ProxyEnvProps extends PodProps {
  readonly templateAnnotations?: Texts;
}

/**
 * The annotation with the variables of Linkerd's proxy: the platform's, and over them the service's own. Where pods refuse connections by
 * default, the ports of the pod are among them. By itself the injector tells the proxy those that containers declare, and of any other the
 * proxy learns the policy at the first connection, which it judges by the default: the kubelet's call of queue-proxy's drain hook would be
 * refused, and a pod that stops would cut its requests off.
 */
export function proxyEnv(admission: Admission, props: ProxyEnvProps): Texts {
  const { templateAnnotations = {} } = props;
  const given = templateAnnotations[PROXY_ENV_ANNOTATION];
  const own = given === undefined ? [] : readProxyEnv(given);
  if (own === undefined) {
    admission.refuse(
      `templateAnnotations.${PROXY_ENV_ANNOTATION}`,
      `is not a list of variables in JSON, so Linkerd's injector passes it over: write for example '[{"name":"LINKERD2_PROXY_LOG_FORMAT","value":"json"}]'`,
    );
    return {};
  }
  const policy = templateAnnotations[DEFAULT_INBOUND_POLICY];
  const mtls = policy === undefined || OPEN_POLICIES.includes(policy) ? admission.namespaceMtls() : 'required';
  if (mtls === 'permissive' && own.length === 0) return {};
  const text = (withPorts: boolean): string | undefined => {
    const platform = admission.podAnnotations[PROXY_ENV_ANNOTATION];
    const variables = [
      ...((platform === undefined ? undefined : readProxyEnv(platform)) ?? []),
      ...(withPorts ? [inboundPorts(admission, props)] : []),
      ...own,
    ];
    return variables.length === 0 ? undefined : writeProxyEnv(variables);
  };
  // The namespace may be declared after its services.
  const late = (): unknown => Lazy.any({ produce: () => text(admission.namespaceMtls() === 'required') });
  return { [PROXY_ENV_ANNOTATION]: (mtls === undefined ? late() : text(mtls === 'required')) as string };
}

function inboundPorts(admission: Admission, { port, probes, sidecars = [] }: PodProps): ProxyVariable {
  const { runtimeProfiling } = admission.config.observability;
  const ports = revisionPorts({
    serving: port?.number,
    h2c: port?.protocol === 'h2c',
    profiling: runtimeProfiling === 'enabled',
    probed: [probes, ...sidecars.map((sidecar) => sidecar.probes)].flatMap(askedByHttp),
  });
  return { name: INBOUND_PORTS_VARIABLE, value: ports.join(',') };
}

/** The ports that the kubelet asks itself. Readiness is asked by queue-proxy, within the pod. */
function askedByHttp({ liveness, startup }: Probes = {}): number[] {
  return [liveness, startup].flatMap((probe) => {
    const port = probe?.httpGet?.port;
    return typeof port === 'number' ? [port] : [];
  });
}
