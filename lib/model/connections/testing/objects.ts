import type { Json, Manifest, PlatformObject } from '../../../objects/manifest';

type Strings = Record<string, string>;

/** An object as a platform would have it. */
export function object(manifest: Manifest, phase = '50-test'): PlatformObject {
  return { manifest, source: `test/${manifest.kind}/${manifest.metadata.name ?? ''}`, phase };
}

export function namespace(name: string, annotations: Strings = {}): PlatformObject {
  return object({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations } }, '00-namespaces');
}

export const meshed = (name: string): PlatformObject => namespace(name, { 'linkerd.io/inject': 'enabled' });

export interface DeploymentProps {
  readonly labels?: Strings;
  readonly annotations?: Strings;
  readonly spec?: Record<string, Json>;

  /** Of its container. */
  readonly container?: Record<string, Json>;
  readonly phase?: string;
}

/** A Deployment whose pods have the label `app: <name>` and one container. */
export function deployment(within: string, name: string, props: DeploymentProps = {}): PlatformObject {
  const { labels = {}, annotations = {}, spec = {}, container = {}, phase } = props;
  return object(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: within },
      spec: {
        template: {
          metadata: { labels: { app: name, ...labels }, annotations },
          spec: { containers: [{ name, image: `registry.example.com/${name}:1`, ...container }], ...spec },
        },
      },
    },
    phase,
  );
}

/** A Service of Kubernetes for the pods of `deployment`, or of the `app` that is given. */
export function service(
  within: string,
  name: string,
  ports: Json[],
  { app = name, ...spec }: { app?: string; type?: string } = {},
): PlatformObject {
  return object({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: within },
    spec: { selector: { app }, ports, ...spec },
  });
}

export function knativeService(within: string, name: string, annotations: Strings = {}): PlatformObject {
  return object(
    {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name, namespace: within },
      spec: {
        template: { metadata: { annotations }, spec: { containers: [{ image: 'registry.example.com/app:1' }] } },
      },
    },
    '60-services',
  );
}

export function configMap(within: string, name: string, data: Strings = {}): PlatformObject {
  return object({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: within }, data });
}

/** A webhook for pods at a Service, with selectors and so on. */
export function webhook(within: string, server: string, more: Record<string, Json> = {}): PlatformObject {
  const clientConfig = { service: { namespace: within, name: server } };
  return object({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: `${server}-webhook` },
    webhooks: [{ name: server, clientConfig, rules: [{ resources: ['pods'] }], ...more }],
  });
}

const SERVING = 'knative-serving';
const WAY_IN = { name: 'http', port: 80, targetPort: 8080 };

/** What carries requests, Serving's part in it, and one Knative Service, all of them in the mesh. */
export const REQUEST_PATH: readonly PlatformObject[] = [
  meshed('gateway'),
  meshed(SERVING),
  meshed('default'),
  deployment('gateway', 'gateway'),
  service('gateway', 'gateway', [WAY_IN], { type: 'LoadBalancer' }),
  configMap(SERVING, 'config-network', { 'ingress-class': 'gateway.example.com' }),
  configMap(SERVING, 'config-autoscaler'),
  deployment(SERVING, 'activator'),
  service(SERVING, 'activator-service', [{ name: 'http', port: 80, targetPort: 8012 }], { app: 'activator' }),
  deployment(SERVING, 'autoscaler'),
  service(SERVING, 'autoscaler', [{ name: 'http', port: 8080, targetPort: 8080 }]),
  knativeService('default', 'hello'),
];

/** Linkerd's proxy as a container that a manifest brings itself. */
export function proxy(env: Strings = {}): Json {
  return {
    name: 'linkerd-proxy',
    image: 'registry.example.com/proxy:1',
    restartPolicy: 'Always',
    ports: [{ name: 'linkerd-admin', containerPort: 4191 }],
    env: Object.entries({ LINKERD2_PROXY_LOG: 'info', ...env }).map(([name, value]) => ({ name, value })),
  };
}
