import { ObjectIndex } from '../../model/object-index';
import type { PlatformObject } from '../../objects/manifest';
import { nameOf } from '../../objects/manifest';
import type { CertificateFact } from './certificates';
import { certificatesOf } from './certificates';
import type { Finding } from './findings';
import type { ImageFact } from './images';
import { imageFactsOf } from './images';

/** A component, and where it comes from. */
export interface ComponentFact {
  readonly name: string;
  readonly release: string;

  /** @default - not known */
  readonly version?: string | undefined;
}

/** An object, as a list of all of them shows it. */
export interface ObjectFact {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;

  /** Where it was declared. */
  readonly source: string;
}

/** What is rendered, by phases. */
export interface PhaseFact {
  readonly phase: string;
  readonly objects: readonly ObjectFact[];
}

export interface InventoryProps {
  /** @default - none are shown */
  readonly components?: readonly ComponentFact[];

  /** @default - not checked */
  readonly findings?: readonly Finding[];
}

/** All that is rendered, besides how it is connected. */
export interface Inventory extends InventoryProps {
  readonly phases: readonly PhaseFact[];
  readonly images: readonly ImageFact[];
  readonly certificates: readonly CertificateFact[];
}

export function inventoryOf(objects: readonly PlatformObject[], props: InventoryProps = {}): Inventory {
  const phases = [...new Set(objects.map(({ phase }) => phase))].sort();
  return {
    ...props,
    phases: phases.map((phase) => ({
      phase,
      objects: objects.filter((object) => object.phase === phase).map(objectFact),
    })),
    images: imageFactsOf(new ObjectIndex(objects)),
    certificates: certificatesOf(objects),
  };
}

function objectFact({ manifest, source }: PlatformObject): ObjectFact {
  const { apiVersion, kind, metadata } = manifest;
  const { namespace } = metadata;
  return { apiVersion, kind, name: nameOf(manifest), ...(namespace !== undefined && { namespace }), source };
}
