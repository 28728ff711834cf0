import { OPEN_POLICIES } from '../../objects/inbound-policy';
import { at, list, number, text } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { DEFAULT_SERVING_PORT, QUEUE_PROXY_PORTS } from '../../objects/revision-ports';
import { configOf } from '../mesh';
import type { ObjectIndex } from '../object-index';
import type { PodTemplate } from '../pod-template';
import { isKnative } from '../pod-template';
import type { ServedPort } from '../served-pods';
import { portOf } from '../served-pods';
import { admits, authorizationsOf } from './client-authorization';
import { isInPorts } from '../../syntax/port';
import { isSkipped, refusal } from './inbound-policy';
import type { HttpRequest } from './route';
import { bestRoutes, httpRoutesOf } from './route';
import type { Server } from './server';
import { serversAt } from './server';

/** A probe over plain HTTP, which the kubelet makes. */
export interface HttpProbe {
  /** "its livenessProbe" */
  readonly what: string;
  readonly served: ServedPort;
  readonly request: HttpRequest;
}

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

/** The probes over plain HTTP of a template's pods. */
export function httpProbes(template: PodTemplate): HttpProbe[] {
  // Of a Knative Service queue-proxy asks for readiness, from within the pod.
  const made = isKnative(template) ? PROBES.filter((probe) => probe !== 'readinessProbe') : PROBES;
  const own = template.containers.flatMap(({ fields }) =>
    made.flatMap((probe) => {
      const action = at(fields, probe, 'httpGet');
      if (action === undefined || at(action, 'scheme') === 'HTTPS') return [];
      const port = at(action, 'port') ?? (isKnative(template) ? servingPort(template) : undefined);
      return portOf(template, port).map((served) => ({ what: `its ${probe}`, served, request: requestOf(action) }));
    }),
  );
  return isKnative(template) ? [...own, queueProxyProbe(template)] : own;
}

function requestOf(action: Json): HttpRequest {
  const headers = list(at(action, 'httpHeaders')).map((header): [string, string] => [
    (text(at(header, 'name')) ?? '').toLowerCase(),
    text(at(header, 'value')) ?? '',
  ]);
  return { method: 'GET', path: text(at(action, 'path')) ?? '/', headers: Object.fromEntries(headers) };
}

const servingPort = (template: PodTemplate): number =>
  number(at(requestPort(template), 'containerPort')) ?? DEFAULT_SERVING_PORT;

/** The port of a Knative Service, of which one container names one at most. */
const requestPort = ({ containers }: PodTemplate): Json | undefined =>
  containers.flatMap(({ fields }) => list(fields.ports))[0];

/** Source: Serving 1.23.0, `pkg/reconciler/revision/resources/queue.go`. */
function queueProxyProbe(template: PodTemplate): HttpProbe {
  const port = at(requestPort(template), 'name') === 'h2c' ? QUEUE_PROXY_PORTS.h2c : QUEUE_PROXY_PORTS.http1;
  return {
    what: "queue-proxy's readinessProbe",
    served: { template, port, portName: undefined },
    request: { method: 'GET', path: '/', headers: { 'k-network-probe': 'queue' } },
  };
}

/** What to do where probes are refused. */
export interface ProbeRefusal {
  readonly reason: string;
  readonly fix: string;
}

/**
 * Why the proxy refuses a probe over plain HTTP; `undefined` if it lets it in. Linkerd lets one in by itself, where it looks at HTTP and no
 * HTTPRoute is attached to the port's Server: then routes alone count.
 * Source: Linkerd edge-26.8.3, `policy-controller/k8s/index/src/inbound/index.rs`, `http_routes`.
 */
export function probeRefusal({ served, request }: HttpProbe, objects: ObjectIndex): ProbeRefusal | undefined {
  if (isSkipped(served.port, served.template, objects)) return undefined;
  const refusals = serversAt(served, objects).map((server) => refusalAt(server, served, request, objects));
  if (refusals.length === 0) return isOpaque(served, objects) ? opaqueRefusal(served, objects) : undefined;
  // Which of several is the oldest is known in the cluster alone.
  return refusals.includes(undefined) ? undefined : refusals[0];
}

function refusalAt(
  server: Server,
  served: ServedPort,
  request: HttpRequest,
  objects: ObjectIndex,
): ProbeRefusal | undefined {
  if (['opaque', 'TLS'].includes(server.protocol)) return opaqueRefusal(served, objects);
  const routes = httpRoutesOf(server, objects);
  if (routes.length === 0) return undefined;
  const best = bestRoutes(routes, request);
  const isIn =
    OPEN_POLICIES.includes(server.policy) ||
    authorizationsOf(server, objects).some(
      (authorization) =>
        admits(authorization, undefined) && (authorization.route === undefined || best.includes(authorization.route)),
    );
  const [route] = best;
  if (route !== undefined && isIn) return undefined;
  const what = `${request.method} ${request.path}`;
  const [attached] = routes;
  const why =
    route === undefined
      ? `its ${attached === undefined ? '' : describeObject(attached.manifest)} does not match ${what}`
      : `its ${describeObject(route.manifest)} admits others alone`;
  return {
    reason: `the Server ${server.name} has HTTPRoutes, so Linkerd no longer lets probes in by itself, and ${why}`,
    fix: `add an HTTPRoute for ${what}, with an AuthorizationPolicy that names a NetworkAuthentication`,
  };
}

/** Where the proxy does not look at HTTP, probes are connections as all others. */
function opaqueRefusal(served: ServedPort, objects: ObjectIndex): ProbeRefusal | undefined {
  const reason = refusal(served, objects);
  if (reason === undefined) return undefined;
  return {
    reason: `${reason}, and where the proxy does not look at HTTP, Linkerd lets no probe in by itself`,
    fix: 'let the proxy look at HTTP there, or add a Server for the port with an AuthorizationPolicy that names a NetworkAuthentication',
  };
}

function isOpaque({ port, template }: ServedPort, objects: ObjectIndex): boolean {
  const said =
    configOf('config.linkerd.io/opaque-ports', template, objects) ?? text(at(objects.linkerd, 'proxy', 'opaquePorts'));
  return isInPorts(port, said);
}
