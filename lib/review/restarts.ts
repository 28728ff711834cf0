import { isDeepStrictEqual } from 'node:util';
import { hasOwnProxy, isMeshed } from '../model/mesh';
import type { ObjectIndex } from '../model/object-index';
import type { PodTemplate } from '../model/pod-template';
import { isJob, isKnative } from '../model/pod-template';
import { inheritedAnnotations, proxyValues, trustAnchors } from '../model/proxy-settings';
import { readAtStart } from '../model/read-at-start';
import { entryOf } from '../objects/entry-of';
import { isMapping, mapping, strings } from '../objects/json';
import type { Json } from '../objects/manifest';
import { describeObject, nameOf } from '../objects/manifest';
import type { MeshChange, TemplatePair } from './mesh-changes';
import type { ObjectChange } from './object-changes';
import { keyStep } from './path';

/** Pods that must be made anew for a change to count, though nothing makes them so. */
export interface Restart {
  /** The workload. */
  readonly object: string;

  /** What counts from then on. */
  readonly why: readonly string[];

  /** What does it. */
  readonly command: string;

  /** What does it for all Knative Services of the namespace at once. @default - they need not all be restarted for the same */
  readonly together?: string;
}

interface Sides {
  readonly from: ObjectIndex;
  readonly to: ObjectIndex;
}

/**
 * The workloads whose pods go on as they were made until they are restarted.
 *
 * @param rolling the workloads that a change replaces all pods of anyway
 */
export function restarts(
  pairs: readonly TemplatePair[],
  sides: Sides,
  changes: readonly ObjectChange[],
  mesh: readonly MeshChange[],
  rolling: ReadonlySet<string>,
): Restart[] {
  const membership = new Map(mesh.map(({ object, kind }) => [object, kind]));
  const ofLinkerd = linkerdChanges(sides);
  const changed = changedConfigs(changes);
  const found = pairs.flatMap(({ to: template }) => {
    const object = describeObject(template.object.manifest);
    // The pods of a Job end by themselves.
    if (rolling.has(object) || isJob(template)) return [];
    const moves = membership.get(object);
    const why = [
      ...(moves === undefined ? proxyChanges(template, sides, ofLinkerd) : [`it ${moves} the mesh`]),
      ...configsRead(template, changed),
    ];
    return why.length === 0 ? [] : [{ object, why, command: commandOf(template), template }];
  });
  return withOneCommand(found, sides.to);
}

/** Where all Knative Services of a namespace are to be restarted for the same, one command does it. */
function withOneCommand(
  found: readonly (Restart & { readonly template: PodTemplate })[],
  objects: ObjectIndex,
): Restart[] {
  const alike = new Map<string, number>();
  const keyOf = ({ template, why }: (typeof found)[number]): string => JSON.stringify([template.namespace, why]);
  const services = found.filter(({ template }) => isService(template));
  for (const one of services) alike.set(keyOf(one), (alike.get(keyOf(one)) ?? 0) + 1);
  const all = new Map<string, number>();
  const allIn = (namespace: string): number =>
    entryOf(all, namespace, () => objects.podTemplatesIn(namespace).filter(isService).length);
  return found.map((one) => {
    const { template, ...restart } = one;
    const { namespace } = template;
    if (!isService(template) || alike.get(keyOf(one)) !== allIn(namespace) || !PLAIN.test(namespace)) return restart;
    return {
      ...restart,
      together: `kubectl -n ${namespace} rollout restart deployment -l serving.knative.dev/service`,
    };
  });
}

const isService = (template: PodTemplate): boolean =>
  isKnative(template) && template.object.manifest.kind === 'Service';

/** What the pods of a template, meshed before and after, are told by others. */
function proxyChanges(template: PodTemplate, { from, to }: Sides, ofLinkerd: readonly string[]): string[] {
  if (hasOwnProxy(template)) return [];
  const { namespace } = template;
  if (from.namespace(namespace) === to.namespace(namespace) && ofLinkerd.length === 0) return [];
  if (!isMeshed(template, to) || !isMeshed(template, from)) return [];
  const [before, after] = [inheritedAnnotations(template, from), inheritedAnnotations(template, to)];
  const isKnown = from.namespace(namespace) !== undefined && to.namespace(namespace) !== undefined;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => before[key] !== after[key],
  );
  return [...(isKnown ? keys.map((key) => `${key} of Namespace ${namespace}`) : []), ...ofLinkerd];
}

/** What Linkerd tells every proxy that it makes from now on. */
function linkerdChanges({ from, to }: Sides): string[] {
  const [before, after] = [proxyValues(from), proxyValues(to)];
  const [anchors, nowAnchors] = [trustAnchors(from), trustAnchors(to)];
  const values =
    before === undefined || after === undefined
      ? []
      : [...after.keys()].flatMap((name) => differingValues(name, before.get(name), after.get(name)));
  return [
    ...(values.length === 0 ? [] : [`${values.join(', ')} of ConfigMap linkerd/linkerd-config`]),
    ...(anchors === undefined || nowAnchors === undefined || anchors === nowAnchors
      ? []
      : ['the trust anchors in ConfigMap linkerd/linkerd-identity-trust-roots']),
  ];
}

/** The names of values that differ: of a mapping those within it. */
function differingValues(name: string, before: Json | undefined, after: Json | undefined): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isMapping(before) || !isMapping(after)) return [name];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.filter((key) => !isDeepStrictEqual(before[key], after[key])).map((key) => `${name}.${key}`);
}

/** The steps of the keys that differ, by the name of the ConfigMap or Secret. */
function changedConfigs(changes: readonly ObjectChange[]): ReadonlyMap<string, ReadonlySet<string>> {
  const configs = changes.filter(
    ({ kind, to }) =>
      kind === 'changed' && to?.apiVersion === 'v1' && (to.kind === 'ConfigMap' || to.kind === 'Secret'),
  );
  return new Map(
    configs.map(({ object, differences }) => [
      object,
      new Set(differences.flatMap(({ path: [field, key] }) => (field === 'data' ? (key ?? []) : []))),
    ]),
  );
}

function configsRead({ namespace, spec }: PodTemplate, changed: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  if (changed.size === 0) return [];
  const read = readAtStart(spec).flatMap(({ kind, name, key }) => {
    const object = `${kind} ${namespace}/${name}`;
    const keys = changed.get(object);
    if (keys === undefined || keys.size === 0 || (key !== undefined && !keys.has(keyStep(key)))) return [];
    return [`${key ?? [...keys].join(', ')} of ${object}, which is read at the start`];
  });
  return [...new Set(read)];
}

/** What makes the pods of a template anew. Serving keeps the annotation that `rollout restart` sets. Source: Serving 1.23.0, `pkg/reconciler/revision/cruds.go`. */
function commandOf(template: PodTemplate): string {
  const { manifest } = template.object;
  const [name, kind] = [nameOf(manifest), manifest.kind];
  // What is to be copied into a shell holds nothing that a shell reads.
  if (![name, template.namespace].every((word) => PLAIN.test(word))) return 'delete its pods';
  const kubectl = `kubectl -n ${template.namespace}`;
  if (isKnative(template)) {
    const label = kind === 'Revision' ? 'revision' : kind.toLowerCase();
    return `${kubectl} rollout restart deployment -l serving.knative.dev/${label}=${name}`;
  }
  if (kind === 'Pod') return `${kubectl} delete pod ${name}, and apply it again`;
  if (['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind)) {
    return `${kubectl} rollout restart ${kind.toLowerCase()}/${name}`;
  }
  const { selector } = mapping(manifest.spec);
  const labels = Object.entries(strings(mapping(selector).matchLabels ?? selector)).map((label) => label.join('='));
  return labels.every((label) => PLAIN.test(label)) ? `${kubectl} delete pod -l ${labels.join()}` : 'delete its pods';
}

const PLAIN = /^[\w./=-]+$/;
