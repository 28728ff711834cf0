import { ADMISSION_WEBHOOKS_LABEL, INJECT_ANNOTATION, NEVER_MESHED, PROXY_CONTAINER } from '../objects/inject';
import type { JsonObject } from '../objects/json';
import { at, list, text } from '../objects/json';
import type { Json } from '../objects/manifest';
import { quantityProblem, quantityValue } from '../syntax/quantity';
import { injectorWebhooks } from './injector';
import type { ObjectIndex } from './object-index';
import type { PodTemplate } from './pod-template';
import { isJob } from './pod-template';
import { missingToken } from './proxy-token';
import { selects } from './selector';

/** The annotation, and its names while it was new. */
const NATIVE_SIDECAR = ['', 'beta.', 'alpha.'].map((stage) => `config.${stage}linkerd.io/proxy-enable-native-sidecar`);

/** A pod as the injector sees it: one of a cluster, or the template of one. */
export interface MeshPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: JsonObject;
}

/** Why pods have no proxy, and what to do. */
export interface OutsideMesh {
  /** Where in the pod that stands; `undefined` for what is so of all pods of its namespace. */
  readonly path: string | undefined;
  readonly reason: string;

  /** Whether its annotations ask for a proxy and the injector sees it, and passes over it for what else it has. @default false */
  readonly passedOver?: boolean;
}

/** What the variables of Linkerd's proxy begin with. A container that is merely called like it has none, nor the port on which it says how it is. */
export const PROXY_VARIABLES = 'LINKERD2_PROXY_';
const ADMIN_PORT = 'linkerd-admin';

/**
 * Containers by whose names the injector takes a pod to have a proxy already, whatever they are.
 * Source: Linkerd edge-26.8.3, `pkg/healthcheck/sidecar.go`.
 */
const SIDECARS: readonly string[] = [PROXY_CONTAINER, 'linkerd-init', 'istio-proxy', 'istio-init'];

/** Labels with which the injector's release leaves pods alone. Source: Linkerd edge-26.8.3, the chart's `proxyInjector.objectSelector`. */
const LEFT_ALONE: readonly string[] = ['linkerd.io/control-plane-component', 'linkerd.io/cni-resource'];

/** What the injector's release sees, which counts where its webhooks are not among the objects. */
const OF_THE_RELEASE: Json = {
  namespaceSelector: {
    matchExpressions: [
      { key: ADMISSION_WEBHOOKS_LABEL, operator: 'NotIn', values: ['disabled'] },
      { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...NEVER_MESHED] },
    ],
  },
  objectSelector: { matchExpressions: LEFT_ALONE.map((key) => ({ key, operator: 'DoesNotExist' })) },
};

/** Why a pod is outside the mesh, as Linkerd's injector decides; `undefined` if it is in it, or brings its proxy along. */
export function outsideMesh(pod: MeshPod, objects: ObjectIndex): OutsideMesh | undefined {
  if (hasOwnProxy(pod)) return undefined;
  return (
    hostNetwork(pod) ??
    notAnnotated(pod, objects) ??
    uncovered(pod, objects) ??
    passedOver(otherSidecar(pod) ?? missingToken(pod, objects))
  );
}

/** Whether a pod is in the mesh. */
export function isMeshed(pod: MeshPod, objects: ObjectIndex): boolean {
  return outsideMesh(pod, objects) === undefined;
}

/** Whether a pod brings its proxy along, as those of Linkerd's control plane do, or was given one already. */
export const hasOwnProxy = ({ spec }: Pick<MeshPod, 'spec'>): boolean => ownProxyOf(spec) !== undefined;

/** The container that is Linkerd's proxy: by its name, and by what a proxy has, since another can be called the same. */
export function ownProxyOf(spec: unknown): Json | undefined {
  return containersIn(spec).find(
    (container) =>
      at(container, 'name') === PROXY_CONTAINER &&
      (list(at(container, 'env')).some(
        (variable) => text(at(variable, 'name'))?.startsWith(PROXY_VARIABLES) === true,
      ) ||
        list(at(container, 'ports')).some((port) => at(port, 'name') === ADMIN_PORT)),
  );
}

const containersIn = (spec: unknown): Json[] => [...list(at(spec, 'initContainers')), ...list(at(spec, 'containers'))];

function hostNetwork({ spec }: MeshPod): OutsideMesh | undefined {
  if (spec.hostNetwork !== true) return undefined;
  return {
    path: 'spec.hostNetwork',
    reason: "Linkerd never meshes pods on their node's network: leave hostNetwork out",
  };
}

function notAnnotated({ namespace, annotations }: MeshPod, objects: ObjectIndex): OutsideMesh | undefined {
  const own = annotations[INJECT_ANNOTATION];
  if (own !== undefined) {
    if (isInjected(own)) return undefined;
    return {
      path: `metadata.annotations["${INJECT_ANNOTATION}"]`,
      reason: `the pod template has ${INJECT_ANNOTATION}: ${own}: set it to enabled, or leave it to the namespace`,
    };
  }
  const inherited = objects.namespaceAnnotations(namespace)[INJECT_ANNOTATION];
  if (isInjected(inherited)) return undefined;
  const said = inherited === undefined ? `without ${INJECT_ANNOTATION}` : `with ${INJECT_ANNOTATION}: ${inherited}`;
  const what =
    objects.namespace(namespace) === undefined
      ? `is not among the objects, and the pod template has no ${INJECT_ANNOTATION}`
      : `is ${said}`;
  return {
    path: undefined,
    reason: `the namespace ${namespace} ${what}: annotate the namespace with ${INJECT_ANNOTATION}: enabled`,
  };
}

/** Why no webhook of the injector sees the pod. */
function uncovered({ namespace, labels }: MeshPod, objects: ObjectIndex): OutsideMesh | undefined {
  const namespaceLabels = objects.namespaceLabels(namespace);
  const ofNamespace = objects
    .once(webhooksAtWork)
    .filter((webhook) => selects(at(webhook, 'namespaceSelector'), namespaceLabels));
  if (ofNamespace.length === 0) return { path: undefined, reason: uncoveredNamespace(namespace, namespaceLabels) };
  if (ofNamespace.some((webhook) => selects(at(webhook, 'objectSelector'), labels))) return undefined;
  const label = LEFT_ALONE.find((one) => labels[one] !== undefined);
  const what = label === undefined ? 'the labels of its pods' : `the label ${label}`;
  return {
    path: label === undefined ? 'metadata.labels' : `metadata.labels["${label}"]`,
    reason: `the proxy injector passes over pods by ${what}: take ${label === undefined ? 'them' : 'it'} away`,
  };
}

function webhooksAtWork(objects: ObjectIndex): Json[] {
  const webhooks = injectorWebhooks(objects).map(({ webhook }) => webhook);
  return webhooks.length === 0 ? [OF_THE_RELEASE] : webhooks;
}

function uncoveredNamespace(name: string, labels: Readonly<Record<string, string>>): string {
  if (labels[ADMISSION_WEBHOOKS_LABEL] === 'disabled') {
    return `the namespace ${name} has the label ${ADMISSION_WEBHOOKS_LABEL}: disabled, so no webhook of Linkerd sees its pods: move them to another namespace`;
  }
  return NEVER_MESHED.includes(name)
    ? `Linkerd never meshes pods of ${name}: move them to another namespace`
    : `no webhook of the proxy injector covers the namespace ${name}: let one cover it, or move the pods to another namespace`;
}

const passedOver = (outside: OutsideMesh | undefined): OutsideMesh | undefined =>
  outside && { ...outside, passedOver: true };

function otherSidecar({ spec }: MeshPod): OutsideMesh | undefined {
  const name = containersIn(spec)
    .map((container) => text(at(container, 'name')) ?? '')
    .find((one) => SIDECARS.includes(one));
  if (name === undefined) return undefined;
  return {
    path: 'spec.containers',
    reason: `the proxy injector takes the container ${name}, which is not Linkerd's proxy, for one: call it something else, or leave it out`,
  };
}

export const isInjected = (value: string | undefined): boolean => value === 'enabled' || value === 'ingress';

/** Whether the proxy of a template's pods keeps a Job from ending: it does unless it is a native sidecar. */
export function proxyOutlivesJob(template: PodTemplate, objects: ObjectIndex): boolean {
  if (!isJob(template)) return false;
  const own = NATIVE_SIDECAR.map((key) => configOf(key, template, objects)).find((value) => value !== undefined);
  return own === undefined ? at(objects.linkerd, 'proxy', 'nativeSidecar') === false : own === 'false';
}

/** Linkerd's setting for a template's pods: the template's annotation, otherwise its namespace's. */
export function configOf(
  annotation: string,
  { annotations, namespace }: Pick<MeshPod, 'annotations' | 'namespace'>,
  objects: ObjectIndex,
): string | undefined {
  return annotations[annotation] ?? objects.namespaceAnnotations(namespace)[annotation];
}

/** Whether the proxy of a template's pods requests CPU: a limit counts as the request where that is missing. */
export function proxyRequestsCpu(template: PodTemplate, objects: ObjectIndex): boolean {
  const said = ['request', 'limit'].map(
    (kind) =>
      configOf(`config.linkerd.io/proxy-cpu-${kind}`, template, objects) ??
      text(at(objects.linkerd, 'proxy', 'resources', 'cpu', kind)) ??
      '',
  );
  return said.some((quantity) => quantityProblem(quantity) === undefined && quantityValue(quantity) > 0);
}

/** Whether Linkerd's CNI plugin sets up the network of pods, so that they need no privileged init container. */
export function usesCni(objects: ObjectIndex): boolean {
  return at(objects.linkerd, 'cniEnabled') === true;
}
