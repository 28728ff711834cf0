import { entryOf } from '../../objects/entry-of';
import { text } from '../../objects/json';
import { configOf, outsideMesh } from '../mesh';
import type { ObjectIndex } from '../object-index';
import type { Workload } from './workload';

/** Whether a workload's pods have a proxy, and if not, why. */
export type Membership = { readonly meshed: true } | { readonly meshed: false; readonly because: string };

/** What Linkerd makes of the pods of a platform. */
export interface Mesh {
  membership(workload: Workload): Membership;

  /** The annotation of the workload's pods: their template's, or else their namespace's. */
  annotation(workload: Workload, key: string): string | undefined;

  /** The labels of a namespace, with the name that the API server adds. */
  labelsOf(namespace: string): Readonly<Record<string, string>>;
}

export function meshOf(objects: ObjectIndex): Mesh {
  // Each connection asks for both of its ends.
  const memberships = new Map<Workload, Membership>();
  return {
    labelsOf: (namespace) => objects.namespaceLabels(namespace),
    annotation: (workload, key) => configOf(key, workload, objects),
    membership: (workload) => entryOf(memberships, workload, () => membershipOf(workload, objects)),
  };
}

function membershipOf(workload: Workload, objects: ObjectIndex): Membership {
  const outside = outsideMesh(workload, objects);
  return outside === undefined ? { meshed: true } : { meshed: false, because: outside.reason };
}

/** The value of an argument: `--name=value`, or `--name value`. */
export function argument(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  const arg = args[index];
  if (arg === undefined) return undefined;
  return arg === name ? text(args[index + 1]) : arg.slice(name.length + 1);
}
