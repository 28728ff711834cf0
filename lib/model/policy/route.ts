import { at, list, text } from '../../objects/json';
import { groupOf } from '../../objects/api-group';
import type { Json, PlatformObject } from '../../objects/manifest';
import { re2 } from '../../syntax/re2';
import type { ObjectIndex } from '../object-index';
import type { Server } from './server';
import { POLICY_GROUP } from './server';
import { refersTo } from './target-ref';

export const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';

/**
 * Whether a route is attached to a Server, which is in the route's own namespace. Linkerd takes no route of which a reference to a Server
 * names another namespace, a port or a section. Source: Linkerd edge-26.8.3, `policy-controller/k8s/index/src/inbound/routes.rs`.
 */
export function isRouteOf({ manifest: { apiVersion, metadata, spec } }: PlatformObject, server: Server): boolean {
  const own = metadata.namespace ?? 'default';
  if (own !== server.namespace) return false;
  // The CRDs of both groups fill in their own.
  const group = groupOf(apiVersion);
  const parents = list(at(spec, 'parentRefs')).filter((ref) =>
    refersTo({ kind: at(ref, 'kind'), group: at(ref, 'group') ?? group }, POLICY_GROUP, 'Server'),
  );
  return (
    parents.some((ref) => at(ref, 'name') === server.name) &&
    parents.every(
      (ref) =>
        (text(at(ref, 'namespace')) ?? own) === own &&
        at(ref, 'port') === undefined &&
        at(ref, 'sectionName') === undefined,
    )
  );
}

/** The HTTPRoutes that are attached to a Server. */
export const httpRoutesOf = (server: Server, objects: ObjectIndex): PlatformObject[] =>
  [POLICY_GROUP, GATEWAY_API_GROUP].flatMap((group) =>
    objects.inNamespace(group, 'HTTPRoute', server.namespace).filter((route) => isRouteOf(route, server)),
  );

/** A request, as far as routes look at it. */
export interface HttpRequest {
  readonly method: string;

  /** With its query, if it has one. */
  readonly path: string;

  /** By their names in lower case, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How well a route matches, what counts most first. */
type Match = readonly number[];

/**
 * The routes that match a request best: more than one where nothing tells them apart but their age.
 * Source: linkerd2-proxy v2.366.0, `linkerd/http/route`.
 */
export function bestRoutes(routes: readonly PlatformObject[], request: HttpRequest): PlatformObject[] {
  const matched = routes.flatMap((route) => {
    const match = matchOf(route, request);
    return match === undefined ? [] : [{ route, match }];
  });
  const best = greatest(matched.map(({ match }) => match));
  return matched.filter(({ match }) => best !== undefined && compare(match, best) === 0).map(({ route }) => route);
}

function matchOf({ manifest: { spec } }: PlatformObject, request: HttpRequest): Match | undefined {
  const hostnames = list(at(spec, 'hostnames'));
  const host = hostnames.length === 0 ? [0, 0] : greatest(each(hostnames, (name) => hostMatch(name, request)));
  if (host === undefined) return undefined;
  const rules = at(spec, 'rules') === undefined ? [{}] : list(at(spec, 'rules'));
  const rule = greatest(
    rules.flatMap((one) => {
      const matches = list(at(one, 'matches'));
      return each(matches.length === 0 ? [{}] : matches, (match) => requestMatch(match, request));
    }),
  );
  return rule && [...host, ...rule];
}

/** An exact name counts more than a suffix, and a longer one more than a shorter. */
function hostMatch(name: Json, { headers }: HttpRequest): Match | undefined {
  const host = headers.host?.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  const pattern = text(name)?.toLowerCase().replace(/\.$/, '');
  if (host === undefined || pattern === undefined) return undefined;
  if (pattern.startsWith('*.')) return host.endsWith(pattern.slice(1)) ? [1, pattern.length] : undefined;
  return host === pattern ? [2, pattern.length] : undefined;
}

function requestMatch(match: Json, { method, path, headers }: HttpRequest): Match | undefined {
  const [pathOnly = '', query = ''] = path.split(/\?(.*)/s);
  const asked = text(at(match, 'method'));
  if (asked !== undefined && asked !== method) return undefined;
  const length = pathLength(at(match, 'path'), pathOnly);
  if (length === undefined) return undefined;
  const named = list(at(match, 'headers'));
  if (!named.every((one) => isValue(one, headers[(text(at(one, 'name')) ?? '').toLowerCase()]))) return undefined;
  const parameters = new URLSearchParams(query);
  const queried = list(at(match, 'queryParams'));
  if (!queried.every((one) => isValue(one, parameters.get(text(at(one, 'name')) ?? '') ?? undefined))) return undefined;
  return [length, named.length, queried.length, asked === undefined ? 0 : 1];
}

/** How much of a path matches; `undefined` if it does not. */
function pathLength(match: unknown, path: string): number | undefined {
  const value = text(at(match, 'value')) ?? '/';
  switch (text(at(match, 'type')) ?? 'PathPrefix') {
    case 'Exact':
      return value === path ? value.length : undefined;
    case 'RegularExpression':
      return isWhole(value, path) ? path.length : undefined;
    default: {
      const prefix = withoutSlashes(value);
      if (prefix === '') return 1;
      return `${withoutSlashes(path)}/`.startsWith(`${prefix}/`) ? prefix.length : undefined;
    }
  }
}

const withoutSlashes = (path: string): string => path.replace(/\/+$/, '');

function isValue(match: Json, value: string | undefined): boolean {
  const wanted = text(at(match, 'value')) ?? '';
  if (value === undefined) return false;
  return at(match, 'type') === 'RegularExpression' ? isWhole(wanted, value) : wanted === value;
}

/** Whether an expression matches a text from its beginning to its end. One that cannot be read matches nothing. */
function isWhole(pattern: string, value: string): boolean {
  const expression = re2(`^(?:${pattern})$`);
  return 'test' in expression && expression.test(value);
}

const each = <One>(all: readonly One[], match: (one: One) => Match | undefined): Match[] =>
  all.flatMap((one) => {
    const found = match(one);
    return found === undefined ? [] : [found];
  });

const greatest = (matches: readonly Match[]): Match | undefined =>
  matches.reduce<Match | undefined>(
    (most, one) => (most === undefined || compare(one, most) > 0 ? one : most),
    undefined,
  );

function compare(one: Match, other: Match): number {
  const differs = one.findIndex((value, index) => value !== other[index]);
  return differs === -1 ? 0 : (one[differs] ?? 0) - (other[differs] ?? 0);
}
