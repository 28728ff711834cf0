import type { Construct } from 'constructs';
import type { AuthenticationRef, ServerSpec } from '../../../imports/policy.linkerd.io';
import {
  AuthorizationPolicy,
  MeshTLSAuthentication,
  NetworkAuthentication,
  POLICY_GROUP,
  Server,
} from '../../../imports/policy.linkerd.io';
import type { VizComponent } from './labels';
import { componentLabels, CREATED_BY, EXTENSION_LABEL, objectLabels } from './labels';
import { VIZ_NAMESPACE } from './namespace';
import type { VizSettings } from './settings';

/** A port of viz and the only clients that it is for. */
interface GuardedPort {
  readonly server: string;
  readonly authorization: string;
  readonly component: VizComponent;
  readonly port: string;
  readonly protocol: NonNullable<ServerSpec['proxyProtocol']>;
  readonly clients: AuthenticationRef;

  /** @default - the part's pods, by their part alone */
  readonly podLabels?: Readonly<Record<string, string>>;

  /** @default - the part's */
  readonly labels?: Readonly<Record<string, string>>;
}

const API_SERVER: AuthenticationRef = { group: POLICY_GROUP, kind: 'NetworkAuthentication', name: 'kube-api-server' };

const GUARDED_PORTS: readonly GuardedPort[] = [
  {
    server: 'metrics-api',
    authorization: 'metrics-api',
    component: 'metrics-api',
    port: 'http',
    protocol: 'HTTP/1',
    clients: { group: POLICY_GROUP, kind: 'MeshTLSAuthentication', name: 'metrics-api-web' },
  },
  {
    server: 'prometheus-admin',
    authorization: 'prometheus-admin',
    component: 'prometheus',
    port: 'admin',
    protocol: 'HTTP/1',
    clients: { kind: 'ServiceAccount', name: 'metrics-api', namespace: VIZ_NAMESPACE },
    podLabels: objectLabels('prometheus'),
    labels: EXTENSION_LABEL,
  },
  {
    server: 'tap-api',
    authorization: 'tap',
    component: 'tap',
    port: 'apiserver',
    protocol: 'TLS',
    clients: API_SERVER,
  },
  {
    server: 'tap-injector-webhook',
    authorization: 'tap-injector',
    component: 'tap-injector',
    port: 'tap-injector',
    protocol: 'TLS',
    clients: API_SERVER,
  },
];

/** Who may call the parts of viz. */
export function addPolicies(scope: Construct, settings: VizSettings): void {
  for (const guarded of GUARDED_PORTS) {
    if (guarded.component === 'prometheus' && !settings.ownPrometheus) continue;
    addGuardedPort(scope, guarded);
  }
  new MeshTLSAuthentication(scope, 'authentication-web', {
    metadata: metadata('metrics-api-web', componentLabels('metrics-api')),
    spec: { identityRefs: [{ kind: 'ServiceAccount', name: 'web' }] },
  });
  const networks = { kubelet: settings.nodeNetworks, 'kube-api-server': settings.apiServerNetworks };
  for (const [name, cidrs] of Object.entries(networks)) {
    new NetworkAuthentication(scope, `authentication-${name}`, {
      metadata: metadata(name, EXTENSION_LABEL),
      spec: { networks: cidrs.map((cidr) => ({ cidr })) },
    });
  }
}

function addGuardedPort(scope: Construct, guarded: GuardedPort): void {
  const { server, authorization, component, port, protocol, clients } = guarded;
  const { podLabels = componentLabels(component), labels = componentLabels(component) } = guarded;
  new Server(scope, `server-${server}`, {
    metadata: metadata(server, labels),
    spec: { podSelector: { matchLabels: podLabels }, port, proxyProtocol: protocol },
  });
  new AuthorizationPolicy(scope, `authorization-${authorization}`, {
    metadata: metadata(authorization, labels),
    spec: {
      targetRef: { group: POLICY_GROUP, kind: 'Server', name: server },
      requiredAuthenticationRefs: [clients],
    },
  });
}

const metadata = (name: string, labels: Readonly<Record<string, string>>) => ({
  name,
  namespace: VIZ_NAMESPACE,
  labels,
  annotations: CREATED_BY,
});
