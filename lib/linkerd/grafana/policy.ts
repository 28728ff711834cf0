import type { Construct } from 'constructs';
import type { AuthenticationRef } from '../../../imports/policy.linkerd.io';
import { AuthorizationPolicy, POLICY_GROUP, Server } from '../../../imports/policy.linkerd.io';
import { VIZ_NAMESPACE } from '../viz/namespace';
import { GRAFANA, GRAFANA_LABELS, HTTP, metadata } from './names';

/** Viz's own Server for the port of its Prometheus, which admits `metrics-api` alone. */
const PROMETHEUS_SERVER = 'prometheus-admin';

/**
 * Nobody logs in to this Grafana, so that the mesh says who reaches it: viz's dashboard, and the kubelet's probes.
 *
 * @param ownPrometheus whether Prometheus is viz's own, which must let Grafana in
 */
export function addPolicies(scope: Construct, ownPrometheus: boolean): void {
  new Server(scope, 'server', {
    metadata: metadata(),
    spec: {
      podSelector: { matchLabels: GRAFANA_LABELS },
      port: HTTP,
      proxyProtocol: 'HTTP/1',
      accessPolicy: 'deny',
    },
  });
  addAuthorization(scope, { name: GRAFANA, server: GRAFANA, client: 'web' });
  if (ownPrometheus) {
    addAuthorization(scope, { name: `${PROMETHEUS_SERVER}-${GRAFANA}`, server: PROMETHEUS_SERVER, client: GRAFANA });
  }
}

/** Lets the pods of a ServiceAccount of viz's namespace in, by their identity. */
function addAuthorization(
  scope: Construct,
  { name, server, client }: { readonly name: string; readonly server: string; readonly client: string },
): void {
  const account: AuthenticationRef = { kind: 'ServiceAccount', name: client, namespace: VIZ_NAMESPACE };
  new AuthorizationPolicy(scope, `authorization-${name}`, {
    metadata: metadata(name),
    spec: {
      targetRef: { group: POLICY_GROUP, kind: 'Server', name: server },
      requiredAuthenticationRefs: [account],
    },
  });
}
