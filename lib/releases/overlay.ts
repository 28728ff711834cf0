import type { ApiObjectClass, GroupVersionKind } from '../../imports/api-object';
import type { Manifest } from '../objects/manifest';
import { describeObject } from '../objects/manifest';

/** A vendored object of a kind, as typed functions see it. */
export type ObjectOf<Props> = Props & GroupVersionKind;

/** Which objects of a kind an overlay is for: the one of that name (and namespace), or all for which a condition holds, `called` for example `with a replica count`. */
export type ObjectSelector<Props> =
  | string
  | { readonly name: string; readonly namespace: string }
  | { readonly where: (object: ObjectOf<Props>) => boolean; readonly called: string };

/** What an overlay is declared with. */
export interface OverlayProps<Props> {
  /** The objects' kind, by its class. Its API version counts: another one may have other fields. */
  readonly kind: ApiObjectClass<Props>;

  /** Which objects of that kind. There must be at least one. */
  readonly of: ObjectSelector<Props>;

  /** Why upstream's own text is not kept, in a clause. */
  readonly because: string;

  /**
   * The object as it should be. It must leave its argument alone. It runs when the platform is rendered, once all namespaces and services are declared.
   *
   * @throws Error whose message says in one line why the object cannot be changed: it is reported with all other mistakes
   */
  readonly change: (object: ObjectOf<Props>) => ObjectOf<Props>;
}

/** A change to vendored objects, or their removal. */
export interface Overlay {
  /** What it is for, as a mistake names it: `PodDisruptionBudget activator-pdb`. */
  readonly target: string;

  readonly because: string;

  readonly selects: (object: Manifest) => boolean;

  /** @default - the object is removed */
  readonly change?: (object: Manifest) => Manifest;
}

/** A change to the vendored objects that a selector finds, as a typed function of one of them. Finding none is a mistake. */
export function overlay<Props extends object>({ kind, of, because, change }: OverlayProps<Props>): Overlay {
  return { ...selection(kind, of), because, change: change as unknown as (object: Manifest) => Manifest };
}

/** The removal of the vendored objects that a selector finds. Finding none is a mistake. */
export function removal<Props extends object>({ kind, of, because }: Omit<OverlayProps<Props>, 'change'>): Overlay {
  return { ...selection(kind, of), because };
}

function selection<Props extends object>(
  { GVK }: ApiObjectClass<Props>,
  of: ObjectSelector<Props>,
): Pick<Overlay, 'target' | 'selects'> {
  const isOfKind = ({ apiVersion, kind }: Manifest): boolean => apiVersion === GVK.apiVersion && kind === GVK.kind;
  if (typeof of === 'object' && 'where' in of) {
    return {
      target: `${GVK.kind} ${of.called}`,
      selects: (object) => isOfKind(object) && of.where(object as unknown as ObjectOf<Props>),
    };
  }
  const metadata = typeof of === 'string' ? { name: of } : of;
  return {
    target: describeObject({ ...GVK, metadata }),
    selects: (object) =>
      isOfKind(object) &&
      object.metadata.name === metadata.name &&
      object.metadata.namespace === ('namespace' in metadata ? metadata.namespace : undefined),
  };
}
