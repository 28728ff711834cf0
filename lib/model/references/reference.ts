import type { PlatformObject } from '../../objects/manifest';

/** A kind of objects. The group of Kubernetes' core is the empty text. */
export interface Kind {
  readonly group: string;
  readonly kind: string;
}

/** An object that another one names. */
export interface Target extends Kind {
  readonly namespace: string;
  readonly name: string;
}

/** A field by which an object names another one. */
export interface Reference {
  readonly object: PlatformObject;

  /** Where the name stands: `spec.ref`. */
  readonly path: string;
  readonly target: Target;

  /** What comes of it where the other object is not there. */
  readonly without: string;
}

/** `Service shop/cart`, with the group where the kind alone does not tell it. */
export function describeTarget({ group, kind, namespace, name }: Target): string {
  const ofKnative = group.endsWith('knative.dev') && kind !== 'DomainMapping' ? 'Knative ' : '';
  return `${ofKnative}${kind} ${namespace}/${name}`;
}
