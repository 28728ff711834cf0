import { Construct } from 'constructs';
import type { Namespaces } from '../../namespaces';
import { addMistake, addWarning } from '../../objects/mistakes';
import type { CallerNetworks } from './caller-networks';
import { ANYWHERE, networksProblems, probeNetworksOf } from './caller-networks';
import type { Caller, OpenPort } from '../../mesh/open-port';
import { OpenPortPolicies } from '../../mesh/open-port';

export interface MtlsPoliciesProps {
  /** The namespaces of the platform, also those that are declared later. What they require is their own prop. */
  readonly namespaces: Namespaces;

  /**
   * Where callers without an identity come from.
   *
   * @default - anywhere, with warnings
   */
  readonly networks?: CallerNetworks;
}

const NETWORKS_OF = { nodes: 'nodeNetworks', apiServer: 'apiServerNetworks' } as const satisfies Record<
  Caller,
  keyof CallerNetworks
>;

const OPEN = 'every address that reaches the pods (0.0.0.0/0, ::/0)';

/** What it means that networks are not given. */
const WARNINGS: Readonly<Record<keyof CallerNetworks, string>> = {
  nodeNetworks: `is not given, so ports that are for kubelets take connections without an identity from ${OPEN}: give the networks from which nodes call pods`,
  apiServerNetworks: `is not given, so webhooks take connections without an identity from ${OPEN}: give the networks from which the API server calls pods`,
  probeNetworks: `neither it nor nodeNetworks is given, so the paths of HTTP probes, "/" of each Knative Service among them, pass without an identity from ${OPEN}: give the networks from which nodes call pods`,
};

/**
 * What must pass without an identity in the namespaces that require mTLS. It is the namespace's annotation that requires it, and stops all
 * that has no identity; each component says which of its ports need an exception. Where nothing is required nothing is rendered: a Server
 * by itself refuses what passed before.
 */
export class MtlsPolicies extends Construct {
  private readonly namespaces: Namespaces;
  private readonly networks: CallerNetworks;
  private readonly opened = new Set<string>();
  private readonly warned = new Set<keyof CallerNetworks>();

  constructor(scope: Construct, id: string, { namespaces, networks = {} }: MtlsPoliciesProps) {
    super(scope, id);
    this.namespaces = namespaces;
    this.networks = networks;
    const problems = networksProblems(networks);
    for (const problem of problems) addMistake(this, problem);
    if (problems.length > 0 || probeNetworksOf(networks) !== undefined) return;
    namespaces.forEach(({ mtls }) => {
      if (mtls === 'required') this.warn('probeNetworks');
    });
  }

  /**
   * Opens ports of a namespace's pods, where the namespace requires mTLS: now, or when it is declared. Opening a port again does nothing.
   *
   * The scope is a construct of the phase that brings the pods, so that they are reachable as soon as they are there and one file says all
   * of a component. Any phase after Linkerd's would do: the CRDs are there, and the policy validator's webhook ignores failures.
   */
  open(scope: Construct, namespace: string, ports: readonly OpenPort[]): void {
    for (const port of ports) {
      const key = `${namespace}:${port.name}`;
      if (this.opened.has(key)) continue;
      this.opened.add(key);
      this.namespaces.once(namespace, ({ mtls }) => {
        if (mtls !== 'required') return;
        // A colon, which no name of a service has: their constructs may be in the same scope.
        new OpenPortPolicies(scope, `mtls:${key}`, { namespace, port, networks: this.networksOf(port) });
      });
    }
  }

  private networksOf({ callers }: OpenPort): readonly string[] {
    if (callers === 'anyone') return ANYWHERE;
    const networks = callers.map((caller) => this.networks[NETWORKS_OF[caller]]);
    for (const caller of callers) {
      if (this.networks[NETWORKS_OF[caller]] === undefined) this.warn(NETWORKS_OF[caller]);
    }
    return networks.includes(undefined) ? ANYWHERE : [...new Set(networks.flatMap((cidrs) => cidrs ?? []))];
  }

  private warn(prop: keyof CallerNetworks): void {
    if (this.warned.has(prop)) return;
    this.warned.add(prop);
    addWarning(this, `${prop}: ${WARNINGS[prop]}`);
  }
}
