import { DEFAULT_INBOUND_POLICY, OPEN_POLICIES } from '../../objects/inbound-policy';
import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { PROXY_ENV_ANNOTATION, proxyVariable, readProxyEnv } from '../../objects/proxy-env';
import { configOf, hasOwnProxy, isMeshed, PROXY_VARIABLES } from '../mesh';
import type { ObjectIndex } from '../object-index';
import type { PodTemplate } from '../pod-template';
import { inTemplate } from '../pod-template';
import { portOf, servedPorts } from '../served-pods';
import type { ClientAuthorization } from './client-authorization';
import { authorizationsOf } from './client-authorization';
import { defaultPolicy, defaultPolicyOf } from './inbound-policy';
import { apiServerCalls, kubeletCalls, publicServices } from './outside-callers';
import { serversOf } from './server';

/** Something by which callers without an identity of the mesh reach pods of which one is required. */
export interface Opening {
  readonly object: PlatformObject;

  /** Where in the object. */
  readonly path: string;

  /** What it does. */
  readonly what: string;

  /** What to do. */
  readonly fix: string;

  /** Whether somebody without an identity must be let in there, so that it is wider than it need be at most. */
  readonly needed: boolean;
}

/** The namespace of Linkerd's control plane, which all proxies call before they have an identity. */
const CONTROL_PLANE = 'linkerd';

/**
 * What opens pods where an identity of the mesh is required: where Linkerd's default inbound policy, or that of the namespace, lets in nobody
 * without one.
 */
export function openings(objects: ObjectIndex): Opening[] {
  const found = [
    ...openedNamespaces(objects),
    ...objects.podTemplates
      .filter((template) => isRequired(template.namespace, objects) && isMeshed(template, objects))
      .flatMap((template) => [...openedByItself(template, objects), ...openedByPolicy(template, objects)]),
  ];
  // One object may be about the pods of many templates, and be needed for some of them.
  const once = new Map<string, Opening>();
  for (const one of found) {
    const key = `${one.object.source} ${one.path}`;
    if (once.get(key)?.needed !== false) once.set(key, one);
  }
  return [...once.values()];
}

/** Whether the pods of a namespace are called with an identity of the mesh alone, unless they say otherwise. */
function isRequired(namespace: string, objects: ObjectIndex): boolean {
  if (namespace === CONTROL_PLANE) return false;
  return !OPEN_POLICIES.includes(
    configOf(DEFAULT_INBOUND_POLICY, { namespace, annotations: {} }, objects) ?? defaultPolicy(objects),
  );
}

/** Namespaces that are open though Linkerd's own default is not. */
function openedNamespaces(objects: ObjectIndex): Opening[] {
  const required = defaultPolicy(objects);
  if (OPEN_POLICIES.includes(required)) return [];
  return objects.ofKind('', 'Namespace').flatMap((object) => {
    const { name = '' } = object.manifest.metadata;
    const policy = objects.namespaceAnnotations(name)[DEFAULT_INBOUND_POLICY];
    if (name === CONTROL_PLANE || policy === undefined || !OPEN_POLICIES.includes(policy)) return [];
    return [
      {
        object,
        path: annotationPath(DEFAULT_INBOUND_POLICY),
        what: `${policy} lets in callers without an identity, where Linkerd's default inbound policy is ${required}`,
        fix: 'leave it out',
        needed: false,
      },
    ];
  });
}

const annotationPath = (key: string): string => `metadata.annotations["${key}"]`;

/** What a template, or its namespace, says to its proxies. */
function openedByItself(template: PodTemplate, objects: ObjectIndex): Opening[] {
  const opening = (key: string, what: string, fix: string): Opening => {
    const own = template.annotations[key] !== undefined;
    const ofNamespace = objects
      .ofKind('', 'Namespace')
      .find(({ manifest }) => manifest.metadata.name === template.namespace);
    const object = own ? template.object : (ofNamespace ?? template.object);
    const path = own ? inTemplate(template, annotationPath(key)) : annotationPath(key);
    return { object, path, what, fix, needed: false };
  };
  const found: Opening[] = [];
  const policy = defaultPolicyOf(template, objects);
  if (OPEN_POLICIES.includes(policy)) {
    found.push(
      hasOwnProxy(template) && template.annotations[DEFAULT_INBOUND_POLICY] === undefined
        ? {
            object: template.object,
            path: inTemplate(template, 'metadata.annotations'),
            what: `its pods bring their proxy along, which does not take over the inbound policy of the namespace: ${policy} lets in callers without an identity`,
            fix: `set ${DEFAULT_INBOUND_POLICY} on the template`,
            needed: false,
          }
        : opening(DEFAULT_INBOUND_POLICY, `${policy} lets in callers without an identity`, 'leave it out'),
    );
  }
  if (hasOwnProxy(template)) return found;
  for (const { key, isOpen, what, fix } of DOORS) {
    const value = configOf(key, template, objects);
    if (value !== undefined && isOpen(value, template, objects)) found.push(opening(key, what(value), fix));
  }
  return found;
}

/** An annotation of a template, or of its namespace, with which pods are reached past the proxy or its policies. */
interface Door {
  readonly key: string;
  readonly isOpen: (value: string, template: PodTemplate, objects: ObjectIndex) => boolean;
  readonly what: (value: string) => string;
  readonly fix: string;
}

const DOORS: readonly Door[] = [
  {
    key: 'config.linkerd.io/skip-inbound-ports',
    isOpen: (ports, template, objects) => !isPublic(ports, template, objects),
    what: (ports) => `connections to ports ${ports} go past the proxy, whoever makes them`,
    fix: 'leave it out, or leave in it the ports of a Service for clients outside of the cluster alone',
  },
  {
    key: 'config.linkerd.io/skip-subnets',
    isOpen: (subnets) => subnets.trim() !== '',
    what: (subnets) => `connections from ${subnets} go past the proxy`,
    fix: 'leave it out',
  },
  {
    key: 'config.linkerd.io/proxy-image',
    isOpen: () => true,
    what: (image) => `the proxy is another image, ${image}, which need not require anything`,
    fix: 'leave it out, or set the image for the whole mesh',
  },
  {
    key: PROXY_ENV_ANNOTATION,
    isOpen: (variables) => openingVariables(variables).length > 0,
    what: (variables) =>
      `${openingVariables(variables).join(', ')} tells the proxy whom to let in, whatever the policies say`,
    fix: 'leave it out',
  },
];

/** The variables of a proxy that say by whose policies it goes, and whose identities it believes. */
const TRUSTED = ['POLICY_SVC_ADDR', 'POLICY_SVC_NAME', 'POLICY_WORKLOAD', 'IDENTITY_TRUST_ANCHORS'];

/** The one that counts for ports whose policy the proxy does not know yet. */
const FIRST_POLICY = 'INBOUND_DEFAULT_POLICY';

/** The variables by which a proxy lets in others than the policies do. */
function openingVariables(text: string): string[] {
  const variables = readProxyEnv(text) ?? [];
  const isGiven = (name: string): boolean => variables.some((variable) => variable.name === name);
  const first = `${PROXY_VARIABLES}${FIRST_POLICY}`;
  const policy = proxyVariable(variables, first);
  return [
    ...TRUSTED.map((name) => `${PROXY_VARIABLES}${name}`).filter(isGiven),
    ...(isGiven(first) && (policy === undefined || OPEN_POLICIES.includes(policy)) ? [first] : []),
  ];
}

/** Whether all of some ports are those that clients outside of the cluster come to. */
function isPublic(ports: string, template: PodTemplate, objects: ObjectIndex): boolean {
  const open = objects.once(publicPorts).get(template.object) ?? new Set();
  return ports
    .split(',')
    .map((port) => port.trim())
    .filter((port) => port !== '')
    .every((port) => open.has(Number(port)));
}

/** The ports of pods that clients outside of the cluster come to, by what the pods are of. */
const publicPorts = (objects: ObjectIndex): ReadonlyMap<PlatformObject, ReadonlySet<number>> =>
  portsByObject(publicServices(objects).flatMap((service) => servedPorts(service, objects)));

/** Those that the API server calls. */
const apiServerPorts = (objects: ObjectIndex): ReadonlyMap<PlatformObject, ReadonlySet<number>> =>
  portsByObject(apiServerCalls(objects).map(({ served }) => served));

function portsByObject(
  served: readonly { readonly template: PodTemplate; readonly port: number }[],
): ReadonlyMap<PlatformObject, ReadonlySet<number>> {
  const ports = new Map<PlatformObject, Set<number>>();
  for (const { template, port } of served) {
    ports.set(template.object, (ports.get(template.object) ?? new Set()).add(port));
  }
  return ports;
}

/** Servers that admit all, and authorizations for every network. */
function openedByPolicy(template: PodTemplate, objects: ObjectIndex): Opening[] {
  return serversOf(template, objects).flatMap((server) => {
    const [served] = portOf(template, server.port);
    const port = served?.port;
    if (port !== undefined && objects.once(publicPorts).get(template.object)?.has(port) === true) return [];
    const needed =
      port !== undefined &&
      (objects.once(apiServerPorts).get(template.object)?.has(port) === true ||
        kubeletCalls(template).some((call) => call.served.port === port));
    const whose = `port ${port ?? server.port ?? ''} of ${describeObject(template.object.manifest)}`;
    const fix = needed
      ? 'name the networks of those who must call it'
      : 'name identities, or the networks that are meant';
    return [
      ...(OPEN_POLICIES.includes(server.policy)
        ? [
            {
              object: server.object,
              path: 'spec.accessPolicy',
              what: `${server.policy} lets callers reach ${whose} without an identity`,
              fix,
              needed,
            },
          ]
        : []),
      ...authorizationsOf(server, objects)
        .filter(isForAll)
        .map(({ object }) => ({
          object,
          path: object.manifest.kind === 'ServerAuthorization' ? 'spec.client' : 'spec.requiredAuthenticationRefs',
          what: `lets callers from every network reach ${whose} without an identity`,
          fix,
          needed,
        })),
    ];
  });
}

const isForAll = ({ identities, networks }: ClientAuthorization): boolean =>
  identities === undefined && networks === 'every';
