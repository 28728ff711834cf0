/**
 * The annotation of a pod template with further environment variables of Linkerd's proxy, a JSON list of Kubernetes' `EnvVar`. For pod
 * templates alone: on a namespace it makes the proxy injector answer with a broken patch.
 */
export const PROXY_ENV_ANNOTATION = 'config.linkerd.io/proxy-additional-env';

/** The annotation of a pod template whose pods viz may tap. Source: Linkerd edge-26.8.3, viz's tap injector. */
export const TAP_ANNOTATION = 'viz.linkerd.io/tap-enabled';

/** The identity that may tap a pod. */
export const TAP_VARIABLE = 'LINKERD2_PROXY_TAP_SVC_NAME';

/** The ports whose policies a proxy asks for when it starts, and keeps. */
export const INBOUND_PORTS_VARIABLE = 'LINKERD2_PROXY_INBOUND_PORTS';

/** A variable of the proxy: its name, and its value or where that comes from. */
export interface ProxyVariable {
  readonly name: string;
  readonly value?: string;
}

/** The variables that an annotation's text says; `undefined` if it is no list of them, which the injector passes over. */
export function readProxyEnv(text: string): readonly ProxyVariable[] | undefined {
  try {
    const variables: unknown = JSON.parse(text);
    return Array.isArray(variables) && variables.every(isVariable) ? variables : undefined;
  } catch {
    return undefined;
  }
}

function isVariable(variable: unknown): variable is ProxyVariable {
  if (typeof variable !== 'object' || variable === null) return false;
  const { name, value } = variable as Partial<Record<keyof ProxyVariable, unknown>>;
  return typeof name === 'string' && ['string', 'undefined'].includes(typeof value);
}

/**
 * The value of a variable, of which the last one of that name counts; `undefined` if there is none. Source: Linkerd edge-26.8.3,
 * `pkg/inject/inject.go`, and the kubelet, which keeps the last.
 */
export function proxyVariable(variables: readonly ProxyVariable[], name: string): string | undefined {
  return variables.findLast((variable) => variable.name === name)?.value;
}

/** An annotation's text with all of these variables, of which the last one of a name counts. */
export function writeProxyEnv(variables: readonly ProxyVariable[]): string {
  return JSON.stringify([...new Map(variables.map((variable) => [variable.name, variable])).values()]);
}
