import type { Inject } from '../objects/inject';
import { NEVER_MESHED } from '../objects/inject';

/**
 * What meshed pods do with a connection that proves no identity of the mesh. `permissive`: they take it; between meshed pods all is
 * mTLS nevertheless. `required`: they refuse it, except on the ports and from the networks that are opened for it, and except for the
 * HTTP probes of their own containers.
 */
export type Mtls = 'permissive' | 'required';

/** What a namespace is asked for, and what decides whether it can be had. */
export interface NamespaceMtls {
  readonly name: string;
  readonly inject: Inject;

  /** The namespace's own choice. */
  readonly own: Mtls | undefined;

  /** The platform's, for namespaces that choose nothing. */
  readonly platform: Mtls;
}

/** What counts for a namespace. Without proxies nothing is refused, so there it is `permissive` whatever the platform's is. */
export function mtlsOf({ name, inject, own, platform }: NamespaceMtls): Mtls {
  return proxyProblem(name, inject) === undefined ? (own ?? platform) : 'permissive';
}

/** What is wrong with a namespace's own choice. `undefined` if nothing is. */
export function mtlsProblem({ name, inject, own }: NamespaceMtls): string | undefined {
  const problem = own === 'required' ? proxyProblem(name, inject) : undefined;
  return problem === undefined ? undefined : `"required" is enforced by nothing ${problem}`;
}

function proxyProblem(name: string, inject: Inject): string | undefined {
  if (NEVER_MESHED.includes(name)) return `in ${name}, which Linkerd never meshes: leave mtls out`;
  if (inject === 'disabled') return 'where pods have no proxy: leave mtls out, or inject: "disabled"';
  return undefined;
}
