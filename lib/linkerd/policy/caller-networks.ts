import { cidrProblem } from '../../syntax/cidr';

/**
 * Where callers without an identity come from, as far as `mtls: 'required'` lets them in. Networks are in CIDR notation, IPv4 or IPv6,
 * and are those of the addresses that pods see: on many clusters a node calls its own pods from its address in the pods' network.
 */
export interface CallerNetworks {
  /**
   * The networks from which kubelets call pods: HTTPS probes, and the hook by which queue-proxy ends its requests before a pod stops.
   *
   * @default - 0.0.0.0/0 and ::/0: whoever reaches a pod may call these, with a warning
   */
  readonly nodeNetworks?: readonly string[];

  /**
   * The networks from which the API server calls webhooks: those of the nodes that it runs on, or of the agents that it tunnels through.
   *
   * @default - 0.0.0.0/0 and ::/0: whoever reaches a pod may call these, with a warning
   */
  readonly apiServerNetworks?: readonly string[];

  /**
   * The networks from which a `GET` of an HTTP probe's path passes without an identity, in the whole mesh. Linkerd allows that by itself
   * and looks at nothing but method, path and address. The probes of queue-proxy and of the activator have no path, which makes it `/`:
   * from these networks `GET /` reaches every Knative Service without an identity.
   *
   * @default - nodeNetworks with apiServerNetworks; where nodeNetworks is not given every address, with a warning
   */
  readonly probeNetworks?: readonly string[];
}

/** Every address. */
export const ANYWHERE: readonly string[] = ['0.0.0.0/0', '::/0'];

const PROPS = ['nodeNetworks', 'apiServerNetworks', 'probeNetworks'] as const;

/** What is wrong with the networks, each with its prop. */
export function networksProblems(networks: CallerNetworks): string[] {
  return PROPS.flatMap((prop) => {
    const given = networks[prop];
    if (given === undefined) return [];
    if (given.length === 0) return [`${prop}: [] lets nobody in: leave it out, or give a network`];
    return given.flatMap((cidr, index) => {
      const problem = cidrProblem(cidr);
      return problem === undefined ? [] : [`${prop}[${index}]: ${problem}`];
    });
  });
}

/**
 * What Linkerd's control plane is to be given as its `probeNetworks`; `undefined` leaves it at its own, every address. A control-plane node
 * runs a kubelet too, so the API server's networks count among the nodes'.
 */
export function probeNetworksOf(networks: CallerNetworks): readonly string[] | undefined {
  if (networksProblems(networks).length > 0) return undefined;
  const { nodeNetworks, apiServerNetworks = [], probeNetworks } = networks;
  if (probeNetworks !== undefined || nodeNetworks === undefined) return probeNetworks;
  return [...new Set([...nodeNetworks, ...apiServerNetworks])];
}
