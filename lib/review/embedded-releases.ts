import type { PlatformObject } from '../objects/manifest';
import { describeObject, objectKey } from '../objects/manifest';
import { meantInKnativeServing } from './meant-in-knative-serving';
import { MEANT_IN_LINKERD_VIZ, meantInLinkerd } from './meant-in-linkerd';
import type { EmbeddedLayer, EmbeddedRelease } from '../releases/embedded-release';
import { glob } from './path';
import type { ReleaseObject } from './release-objects';

/** The embedded releases of a platform with that networking layer. */
export const embeddedReleases = (layer: EmbeddedLayer): readonly EmbeddedRelease[] => [
  {
    component: 'knative-serving',
    objects: [
      '00-namespaces Namespace knative-serving',
      '10-crds CustomResourceDefinition *.knative.dev',
      '40-knative-config *',
      '45-knative-serving* *',
    ],
    meant: meantInKnativeServing(layer.ingressClass),
  },
  layer,
  {
    component: 'linkerd',
    objects: ['00-namespaces Namespace linkerd', '10-crds CustomResourceDefinition *linkerd.io', '20-linkerd *'],
    meant: meantInLinkerd({
      meshed: [layer.namespace, 'default', 'knative-serving', 'linkerd-viz'].sort(),
      highAvailability: false,
    }),
  },
  {
    component: 'linkerd-viz',
    objects: ['00-namespaces Namespace linkerd-viz', '30-linkerd-viz *'],
    meant: MEANT_IN_LINKERD_VIZ,
  },
];

/** The objects of a platform that are of a release: those that are meant to be, and those that the real one has too. */
export function objectsOf(
  { objects }: EmbeddedRelease,
  platform: readonly PlatformObject[],
  real: readonly ReleaseObject[],
): PlatformObject[] {
  const tests = objects.map(glob);
  const keys = new Set(real.map(({ manifest }) => objectKey(manifest)));
  return platform.filter(
    ({ phase, manifest }) =>
      keys.has(objectKey(manifest)) || tests.some((matches) => matches(`${phase} ${describeObject(manifest)}`)),
  );
}
