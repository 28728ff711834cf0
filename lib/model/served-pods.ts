import type { PlatformObject } from '../objects/manifest';
import { at, list, mapping, number, text } from '../objects/json';
import { apiServerCallsOf, CALLING_KINDS } from './api-server-calls';
import type { ObjectIndex } from './object-index';
import type { Container, PodTemplate } from './pod-template';
import { selects } from './selector';

/** A Service that the API server calls, and who makes it do so. */
export interface CalledService {
  /** The webhook configuration, the CRD or the APIService. */
  readonly object: PlatformObject;
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** The Services that the API server calls: webhooks, conversion webhooks, aggregated APIs. */
export function calledByApiServer(objects: ObjectIndex): CalledService[] {
  const called = new Map<string, CalledService>();
  for (const object of CALLING_KINDS.flatMap(({ group, kind }) => objects.ofKind(group, kind))) {
    for (const { service } of apiServerCallsOf(object.manifest)) {
      const key = `${object.source} ${service.namespace}/${service.name}:${service.port}`;
      called.set(key, { object, ...service });
    }
  }
  return [...called.values()];
}

/** A port of pods, as a Service leads to it. */
export interface ServedPort {
  readonly template: PodTemplate;
  readonly port: number;

  /** Its name in the pod, if it has one. */
  readonly portName: string | undefined;

  /** The container that declares it. @default - none does */
  readonly container?: Container;
}

/** The ports of pods behind a Service, or behind one of its ports. */
export function servedPorts(service: PlatformObject, objects: ObjectIndex, only?: number): ServedPort[] {
  const { spec, metadata } = service.manifest;
  const selector = at(spec, 'selector');
  if (Object.keys(mapping(selector)).length === 0) return [];
  const templates = objects
    .podTemplatesIn(metadata.namespace ?? 'default')
    .filter(({ labels }) => selects({ matchLabels: selector }, labels));
  return list(at(spec, 'ports'))
    .filter((port) => only === undefined || at(port, 'port') === only)
    .flatMap((port) => templates.flatMap((template) => portOf(template, at(port, 'targetPort') ?? at(port, 'port'))));
}

/** The Service of that name, if it is among the objects. */
export function serviceNamed(namespace: string, name: string, objects: ObjectIndex): PlatformObject | undefined {
  return objects.inNamespace('', 'Service', namespace).find(({ manifest: { metadata } }) => metadata.name === name);
}

/** A port of a template by its number or its name. */
export function portOf(template: PodTemplate, target: unknown): ServedPort[] {
  const key = typeof target === 'string' ? 'name' : 'containerPort';
  const declared = template.containers.flatMap((container) =>
    list(container.fields.ports).map((port) => ({ container, port })),
  );
  const found = declared.find((one) => at(one.port, key) === target);
  const port = number(target) ?? number(at(found?.port, 'containerPort'));
  if (port === undefined) return [];
  return [{ template, port, portName: text(at(found?.port, 'name')), ...(found && { container: found.container }) }];
}
