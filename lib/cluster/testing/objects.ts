import type { Manifest, PlatformObject } from '../../objects/manifest';

/** An object with no more than a name. */
export function object(apiVersion: string, kind: string, name: string, namespace?: string): Manifest {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

export const configMap = (name: string, namespace = 'default'): Manifest => object('v1', 'ConfigMap', name, namespace);

/** An object as a platform has it. */
export const rendered = (manifest: Manifest, phase = '60-services'): PlatformObject => ({
  manifest,
  phase,
  source: `platform/${manifest.metadata.name ?? ''}`,
});

/** An object as a cluster has it, with the field managers that have a hand in it. */
export const managedBy = (manifest: Manifest, ...managers: readonly string[]): Manifest => ({
  ...manifest,
  metadata: {
    ...manifest.metadata,
    uid: 'u1',
    managedFields: managers.map((manager) => ({
      manager,
      operation: manager === 'kubectl' ? 'Apply' : 'Update',
      time: '2026-11-25T09:00:00Z',
      fieldsV1: { 'f:data': {} },
    })),
  },
});
