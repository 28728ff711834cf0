import type { Limit, NetworkingLimits } from '../../model/networking-limits';
import type { PlatformObject } from '../../objects/manifest';
import type { Problem } from '../finding';
import { at, list, number } from '../../objects/json';
import type { ObjectIndex } from '../../model/object-index';
import type { LimitedLayer, Rule } from '../rule';

const TIMEOUTS = ['timeoutSeconds', 'responseStartTimeoutSeconds', 'idleTimeoutSeconds'];

/** Settings of config-network that are about TLS, and the value with which they do nothing. */
const TLS_SETTINGS: Readonly<Record<string, string>> = {
  'external-domain-tls': 'disabled',
  'http-protocol': 'enabled',
};

/** Reads what the layer cannot do from its limits. Whether a service speaks WebSocket is not in its object. */
export const networkingLimits: Rule = {
  id: 'networking-limits',
  group: 'knative',
  severity: 'error',
  title: 'no Knative Service needs what the networking layer cannot do',
  needs: 'networking',
  check: (objects, { networking }) => {
    if (networking === undefined) return [];
    const { limits } = networking;
    const found = [
      ...objects.ofKind('serving.knative.dev', 'Service').flatMap((object) => serviceProblems(object, limits, objects)),
      ...objects
        .ofKind('serving.knative.dev', 'DomainMapping')
        .map((object) => ({ object, path: '', found: 'is a DomainMapping', limit: limits.domainMapping })),
      ...tlsSettings(objects).map(({ object, key, value }) => ({
        object,
        path: `data.${key}`,
        found: `${value} is set`,
        limit: limits.tls,
      })),
    ];
    return found.flatMap((problem) => inWords(problem, networking));
  },
};

interface Crossed {
  readonly object: PlatformObject;
  readonly path: string;
  readonly found: string;
  readonly limit: Limit | undefined;
}

function inWords({ object, path, found, limit }: Crossed, { name }: LimitedLayer): Problem[] {
  return limit === undefined
    ? []
    : [{ object, path, message: `${found}: with ${name}, ${limit.effect}: ${limit.remedy}` }];
}

function serviceProblems(object: PlatformObject, limits: NetworkingLimits, objects: ObjectIndex): Crossed[] {
  const spec = at(object.manifest, 'spec', 'template', 'spec');
  const { requestTimeout, http2 } = limits;
  const crossed: Crossed[] = [];
  for (const field of TIMEOUTS) {
    const seconds = number(at(spec, field));
    if (requestTimeout === undefined || seconds === undefined || seconds <= requestTimeout.seconds) continue;
    const found = `${seconds} is more than ${requestTimeout.seconds}`;
    crossed.push({ object, path: `spec.template.spec.${field}`, found, limit: requestTimeout });
  }
  for (const [index, container] of list(at(spec, 'containers')).entries()) {
    if (!list(at(container, 'ports')).some((port) => at(port, 'name') === 'h2c')) continue;
    const path = `spec.template.spec.containers[${index}].ports`;
    crossed.push({ object, path, found: 'h2c is asked for', limit: http2 });
  }
  crossed.push(...trafficProblems(object, limits, objects));
  return crossed;
}

function trafficProblems(object: PlatformObject, limits: NetworkingLimits, objects: ObjectIndex): Crossed[] {
  const path = 'spec.traffic';
  const traffic = list(at(object.manifest, 'spec', 'traffic'));
  if (traffic.length === 0) return [];
  const shares = traffic.filter((target) => (number(at(target, 'percent')) ?? 0) > 0);
  const revisions = new Set(shares.map((target) => at(target, 'revisionName')));
  const tagged = traffic.some((target) => at(target, 'tag') !== undefined);
  const byHeader = objects.configMap('knative-serving', 'config-features')['tag-header-based-routing'];
  const found = `requests are split over ${revisions.size} revisions`;
  return [
    ...(revisions.size > 1 ? [{ object, path, found, limit: limits.trafficSplit }] : []),
    ...(tagged && byHeader === 'enabled'
      ? [{ object, path, found: 'has tags while tag-header-based-routing is enabled', limit: limits.tagHeader }]
      : []),
  ];
}

function tlsSettings(objects: ObjectIndex): { object: PlatformObject; key: string; value: string }[] {
  return objects
    .ofKind('', 'ConfigMap')
    .filter(
      ({ manifest: { metadata } }) => metadata.name === 'config-network' && metadata.namespace === 'knative-serving',
    )
    .flatMap((object) =>
      Object.entries(TLS_SETTINGS).flatMap(([key, off]) => {
        const value = at(object.manifest, 'data', key);
        return typeof value === 'string' && value.toLowerCase() !== off ? [{ object, key, value }] : [];
      }),
    );
}
