import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import type { Problem } from '../finding';
import { EMISSARY_GROUP, shareAmbassador } from '../../model/emissary';
import { internalNamesOf } from '../../model/internal-names';
import { at, number, text, texts } from '../../objects/json';
import type { ObjectIndex } from '../../model/object-index';
import { publicHostOf } from '../../model/public-host';
import type { Rule } from '../rule';

/**
 * Emissary joins Mappings of one hostname and prefix into a group, with those that it makes of a Knative Service: one with a weight of 0
 * lends the group its upgrades, any other takes requests away. Source: Emissary 4.1.0.
 */
export const webSocketMapping: Rule = {
  id: 'web-socket-mapping',
  group: 'knative',
  severity: 'error',
  title: 'every Mapping that lets WebSocket through to a Knative Service leaves requests to the service',
  check: (objects) => {
    const mappings = objects.ofKind(EMISSARY_GROUP, 'Mapping').filter(letsWebSocketThrough);
    if (mappings.length === 0) return [];
    const services = new Map(
      objects
        .ofKind('serving.knative.dev', 'Service')
        .flatMap((service) => namesOf(service, objects).map((name) => [name, service] as const)),
    );
    return mappings.flatMap((mapping) => {
      const { spec } = mapping.manifest;
      const service = services.get(text(at(spec, 'hostname')) ?? text(at(spec, 'host')) ?? '');
      return service !== undefined && shareAmbassador(mapping.manifest, service.manifest)
        ? problemsOf(mapping, service)
        : [];
    });
  },
};

function letsWebSocketThrough({ manifest: { spec } }: PlatformObject): boolean {
  const upgrades = texts(at(spec, 'allow_upgrade')).map((upgrade) => upgrade.toLowerCase());
  return upgrades.includes('websocket') && at(spec, 'prefix') === '/';
}

function namesOf(service: PlatformObject, objects: ObjectIndex): string[] {
  return [publicHostOf(service, objects) ?? [], internalNamesOf(service)].flat();
}

function problemsOf(object: PlatformObject, service: PlatformObject): Problem[] {
  const { spec } = object.manifest;
  const [weight, precedence = 0] = [number(at(spec, 'weight')), number(at(spec, 'precedence'))];
  const target = `${text(at(spec, 'service')) ?? 'its own service'} instead of Knative ${describeObject(service.manifest)}`;
  if (precedence > 0) {
    const message = `${precedence} sends all requests to ${target}: leave it out, so that the Mapping lends its upgrade alone`;
    return [{ object, path: 'spec.precedence', message }];
  }
  if (weight === 0) return [];
  const share = weight === undefined ? 'without a weight requests go' : `${weight} % of the requests go`;
  return [
    { object, path: 'spec.weight', message: `${share} to ${target}: set it to 0, and it lends its upgrade alone` },
  ];
}
