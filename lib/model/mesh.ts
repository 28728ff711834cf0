import { ADMISSION_WEBHOOKS_LABEL, INJECT_ANNOTATION, NEVER_MESHED, PROXY_CONTAINER } from '../objects/inject';
import { quantityProblem, quantityValue } from '../syntax/quantity';
import { at, text } from '../objects/json';
import type { ObjectIndex } from './object-index';
import type { PodTemplate } from './pod-template';
import { inTemplate, isJob } from './pod-template';
import { missingToken } from './proxy-token';

/** The annotation, and its names while it was new. */
const NATIVE_SIDECAR = ['', 'beta.', 'alpha.'].map((stage) => `config.${stage}linkerd.io/proxy-enable-native-sidecar`);

/** Why pods have no proxy, where in the object that stands, and what to do. */
export interface OutsideMesh {
  readonly path: string;
  readonly reason: string;
}

/** Why a template's pods are outside the mesh, as Linkerd's injector decides; `undefined` if they are in it. */
export function outsideMesh(template: PodTemplate, objects: ObjectIndex): OutsideMesh | undefined {
  if (hasOwnProxy(template)) return undefined;
  const { namespace, annotations, spec } = template;
  if (NEVER_MESHED.includes(namespace)) {
    return {
      path: 'metadata.namespace',
      reason: `Linkerd never meshes pods of ${namespace}: move them to another namespace`,
    };
  }
  if (spec.hostNetwork === true) {
    return {
      path: inTemplate(template, 'spec.hostNetwork'),
      reason: "Linkerd never meshes pods on their node's network: leave hostNetwork out",
    };
  }
  if (objects.namespaceLabels(namespace)[ADMISSION_WEBHOOKS_LABEL] === 'disabled') {
    return {
      path: 'metadata.namespace',
      reason: `the namespace ${namespace} has the label ${ADMISSION_WEBHOOKS_LABEL}: disabled, so no webhook of Linkerd sees its pods: move them to another namespace`,
    };
  }
  const own = annotations[INJECT_ANNOTATION];
  const inherited = objects.namespaceAnnotations(namespace)[INJECT_ANNOTATION];
  if (own !== undefined && !isInjected(own)) {
    return {
      path: inTemplate(template, `metadata.annotations["${INJECT_ANNOTATION}"]`),
      reason: `the pod template has ${INJECT_ANNOTATION}: ${own}: set it to enabled, or leave it to the namespace`,
    };
  }
  if (own === undefined && !isInjected(inherited)) {
    const said = inherited === undefined ? `without ${INJECT_ANNOTATION}` : `with ${INJECT_ANNOTATION}: ${inherited}`;
    const what =
      objects.namespace(namespace) === undefined
        ? `is not among the objects, and the pod template has no ${INJECT_ANNOTATION}`
        : `is ${said}`;
    return {
      path: 'metadata.namespace',
      reason: `the namespace ${namespace} ${what}: annotate the namespace with ${INJECT_ANNOTATION}: enabled`,
    };
  }
  const token = missingToken(template, objects);
  return token && { path: inTemplate(template, token.path), reason: token.reason };
}

/** Whether a template's pods are in the mesh. */
export function isMeshed(template: PodTemplate, objects: ObjectIndex): boolean {
  return outsideMesh(template, objects) === undefined;
}

/** Whether a template brings its proxy along, as those of Linkerd's control plane do. */
export function hasOwnProxy(template: PodTemplate): boolean {
  return template.containers.some(({ name }) => name === PROXY_CONTAINER);
}

export const isInjected = (value: string | undefined): boolean => value === 'enabled' || value === 'ingress';

/** Whether the proxy of a template's pods keeps a Job from ending: it does unless it is a native sidecar. */
export function proxyOutlivesJob(template: PodTemplate, objects: ObjectIndex): boolean {
  if (!isJob(template)) return false;
  const own = NATIVE_SIDECAR.map((key) => configOf(key, template, objects)).find((value) => value !== undefined);
  return own === undefined ? at(objects.linkerd, 'proxy', 'nativeSidecar') === false : own === 'false';
}

/** Linkerd's setting for a template's pods: the template's annotation, otherwise its namespace's. */
export function configOf(annotation: string, template: PodTemplate, objects: ObjectIndex): string | undefined {
  return template.annotations[annotation] ?? objects.namespaceAnnotations(template.namespace)[annotation];
}

/** Whether the proxy of a template's pods requests CPU. */
export function proxyRequestsCpu(template: PodTemplate, objects: ObjectIndex): boolean {
  const request =
    configOf('config.linkerd.io/proxy-cpu-request', template, objects) ??
    text(at(objects.linkerd, 'proxy', 'resources', 'cpu', 'request')) ??
    '';
  return quantityProblem(request) === undefined && quantityValue(request) > 0;
}

/** Whether Linkerd's CNI plugin sets up the network of pods, so that they need no privileged init container. */
export function usesCni(objects: ObjectIndex): boolean {
  return at(objects.linkerd, 'cniEnabled') === true;
}
