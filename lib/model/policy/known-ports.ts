import type { ProxyVariable } from '../../objects/proxy-env';
import { INBOUND_PORTS_VARIABLE, PROXY_ENV_ANNOTATION, proxyVariable, readProxyEnv } from '../../objects/proxy-env';
import { declaredRevisionPorts } from '../../objects/revision-ports';
import { isInRange } from '../../syntax/port';
import { at, list, number, text } from '../../objects/json';
import { hasOwnProxy, ownProxyOf } from '../mesh';
import type { ObjectIndex } from '../object-index';
import type { Container, PodTemplate } from '../pod-template';
import { isKnative } from '../pod-template';

/** The proxy's own ports: it asks for the policy of one anyway, the other looks at identities itself. Source: Linkerd edge-26.8.3. */
const PROXY_PORTS = [4190, 4191];

/** The ports whose policies a proxy knows from its start, as a list of ports and ranges, and who says so. */
export interface KnownPorts {
  readonly ranges: readonly string[];
  readonly from: 'containers' | 'variable';
}

/**
 * The ports of a template's pods whose policies the proxy asks for when it starts: those that the injector finds among the containers,
 * unless a variable of the proxy says others. Source: Linkerd edge-26.8.3, `pkg/inject/inject.go`, and the proxy's `app/src/env.rs`.
 */
export function knownPorts(template: PodTemplate, objects: ObjectIndex): KnownPorts {
  const said = hasOwnProxy(template) ? ownVariable(template) : additionalVariable(template, objects);
  if (said !== undefined) return { ranges: said.split(',').map((range) => range.trim()), from: 'variable' };
  return { ranges: hasOwnProxy(template) ? [] : declaredPorts(template, objects).map(String), from: 'containers' };
}

/** Whether a port is one of them. */
export const isKnown = (port: number, { ranges }: KnownPorts): boolean =>
  PROXY_PORTS.includes(port) || ranges.some((range) => isInRange(port, range));

function ownVariable({ spec }: PodTemplate): string | undefined {
  return (
    proxyVariable(list(at(ownProxyOf(spec), 'env')) as unknown as readonly ProxyVariable[], INBOUND_PORTS_VARIABLE) ??
    ''
  );
}

function additionalVariable({ annotations }: PodTemplate, { linkerd }: ObjectIndex): string | undefined {
  const ofMesh = list(at(linkerd, 'proxy', 'additionalEnv')) as unknown as readonly ProxyVariable[];
  const own = annotations[PROXY_ENV_ANNOTATION];
  return proxyVariable(
    [...ofMesh, ...((own === undefined ? undefined : readProxyEnv(own)) ?? [])],
    INBOUND_PORTS_VARIABLE,
  );
}

/** The ports that the injector finds: those that containers declare, and those of HTTP probes. */
function declaredPorts(template: PodTemplate, objects: ObjectIndex): number[] {
  const { containers } = template;
  if (isKnative(template)) return knativePorts(template, objects);
  return containers.flatMap((container) => [
    ...declared(container),
    ...probed(container, 'readinessProbe', 'livenessProbe'),
  ]);
}

function knativePorts({ containers }: PodTemplate, objects: ObjectIndex): number[] {
  const [port] = containers.flatMap(({ fields }) => list(fields.ports));
  return declaredRevisionPorts({
    serving: number(at(port, 'containerPort')),
    h2c: at(port, 'name') === 'h2c',
    profiling: text(objects.configMap('knative-serving', 'config-observability')['runtime-profiling']) === 'enabled',
    // Serving takes readiness probes away: queue-proxy asks in their place.
    probed: containers.flatMap((container) => probed(container, 'livenessProbe')),
  });
}

const declared = ({ fields }: Container): number[] =>
  list(fields.ports).flatMap((port) => number(at(port, 'containerPort')) ?? []);

const probed = ({ fields }: Container, ...probes: readonly string[]): number[] =>
  probes.flatMap((probe) => number(at(fields, probe, 'httpGet', 'port')) ?? []);
