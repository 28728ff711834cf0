import { Construct } from 'constructs';
import type { Namespaces } from '../namespaces';
import { addWarning } from '../objects/mistakes';
import type { Phase } from '../objects/phase';
import type { Release } from '../releases/release';
import { VendoredRelease } from '../releases/vendored-release';
import { gatewayApiCrds } from './crds';
import { GATEWAY_API_VERSION } from './version';

/** Its name in `releases.lock.yaml`. */
const COMPONENT = 'gateway-api';

/** Where Gateway API goes to. */
export interface GatewayApiContext {
  readonly crds: Phase;
  readonly namespaces: Namespaces;

  /** @default - the project's */
  readonly root?: string;
}

/**
 * What a summary says of an external Gateway API. Linkerd's control plane runs without it; `linkerd check` of edge-26.8.3 stops
 * at its second step unless HTTPRoute and GRPCRoute are there in version `v1`.
 */
export const EXTERNAL_GATEWAY_API = `for linkerd check: kubectl apply -f https://github.com/kubernetes-sigs/gateway-api/releases/download/v${GATEWAY_API_VERSION}/standard-install.yaml`;

/**
 * Declares Gateway API, which belongs to the whole cluster: other gateways and meshes use the same kinds. Returns the version
 * that is rendered, if one is.
 *
 * - `external` (the default choice of a platform): nothing is rendered; `EXTERNAL_GATEWAY_API` says what to run.
 * - `vendored`: the standard channel as its release has it.
 * - `embedded`: HTTPRoute and GRPCRoute without schemas, for a throw-away cluster such as KinD. They would replace real ones: the
 *   release's own guard, which refuses older versions, lets them pass.
 */
export function addGatewayApi(context: GatewayApiContext, release: Release): string | undefined {
  const { crds, namespaces, root } = context;
  if (release === 'external') return undefined;
  const component = new Construct(crds, COMPONENT);
  if (release === 'embedded') {
    gatewayApiCrds(component);
    addWarning(
      component,
      'releases.gateway-api: is "embedded", so HTTPRoute and GRPCRoute have no schemas: for a throw-away cluster alone; where others use Gateway API, or a newer one is installed, choose "external" or "vendored"',
    );
    return GATEWAY_API_VERSION;
  }
  return new VendoredRelease(component, 'release', {
    component: COMPONENT,
    namespaces,
    // Its ValidatingAdmissionPolicy guards CRDs alone, and needs no controller: it comes with them.
    phaseOf: () => crds,
    ...(root !== undefined && { root }),
  }).version;
}
