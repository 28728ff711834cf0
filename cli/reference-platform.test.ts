import { join } from 'node:path';
import { REFERENCE_LAYERS, REFERENCES, referenceObjects } from './reference-platform';
import { fileNames, lockedComponent, releaseFolder } from './release-folder';
import { testWith, upstreamDir } from '../testing/requirements';
import type { Manifest, PlatformObject } from '../lib/objects/manifest';
import { describeObject } from '../lib/objects/manifest';
import { projectRoot } from '../lib/releases/project-root';
import { readLock } from '../lib/releases/lock';
import { embeddedReleases, objectsOf } from '../lib/review/embedded-releases';
import type { MeantDifference } from '../lib/releases/meant-difference';
import { isParity, parity } from '../lib/review/parity';
import { caOf } from '../lib/review/release-trust';
import type { ReleaseObject } from '../lib/review/release-objects';
import { readRelease } from '../lib/review/release-objects';

const LAYERS = REFERENCE_LAYERS.map((layer) => [layer.ingress.name, layer] as const);

test.each(LAYERS)('with %s, every object is of a release, but for the namespace of services', (_, layer) => {
  const platform = referenceObjects(layer.ingress);
  const compared = new Set(embeddedReleases(layer.release).flatMap((release) => objectsOf(release, platform, [])));
  const others = platform.filter((object) => !compared.has(object)).map(({ manifest }) => describeObject(manifest));
  expect(others).toEqual(['Namespace default']);
});

type Place = readonly (string | number)[];
type Fields = Record<string | number, unknown>;

const IDENTITY = ['apiVersion', 'kind', 'metadata/name', 'metadata/namespace'];

/** The places of all values of an object that hold no others, but for those by which it is known. */
function places(value: unknown, place: Place = []): Place[] {
  if (value === null || typeof value !== 'object') return [place];
  const items = Object.entries(value).flatMap(([key, item]) =>
    places(item, [...place, Array.isArray(value) ? Number(key) : key]),
  );
  return items.filter((item) => !IDENTITY.includes(item.join('/')));
}

/** A copy of an object that `change` has changed at a place. */
function changed(manifest: Manifest, place: Place, change: (holder: Fields, key: string | number) => void): Manifest {
  const copy = structuredClone(manifest);
  const holder = place.slice(0, -1).reduce<Fields>((within, step) => within[step] as Fields, copy);
  change(holder, place.at(-1) ?? '');
  return copy;
}

const CHANGES: Readonly<Record<string, (holder: Fields, key: string | number) => void>> = {
  another: (holder, key) => {
    holder[key] = typeof holder[key] === 'number' ? holder[key] + 1 : `${String(holder[key])}-other`;
  },
  none: (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  },
};

/** What there is to do. */
function findings(
  embedded: readonly PlatformObject[],
  real: readonly ReleaseObject[],
  meant: readonly MeantDifference[],
): string {
  const { objects, stale } = parity(embedded, real, meant);
  const found = objects.filter(({ result }) => result !== 'equal' && result !== 'meant');
  return JSON.stringify([found.map(({ object, result, differences }) => ({ object, result, differences })), stale]);
}

/** Those of a kind, since entries can be for several of them; custom resource definitions one by one, since comparing their schemas takes long. */
function besides<Object extends { readonly manifest: Manifest }>(
  objects: readonly Object[],
  { manifest }: Object | PlatformObject,
): Object[] {
  const ofItsKind = objects.filter((other) => other.manifest.kind === manifest.kind);
  if (manifest.kind !== 'CustomResourceDefinition') return ofItsKind;
  return ofItsKind.filter((other) => other.manifest.metadata.name === manifest.metadata.name);
}

testWith('UPSTREAM_DIR')(
  'no value of the embedded releases can change or go without being found, whatever is meant',
  () => {
    const lock = readLock(join(projectRoot(), 'releases.lock.yaml'));
    for (const { release, ingress } of REFERENCES) {
      const platform = referenceObjects(ingress);
      const locked = lockedComponent(lock, release.component);
      const folder = releaseFolder(release.component, locked, locked.version, [upstreamDir()]);
      const real = readRelease(folder, fileNames(locked));
      const embedded = objectsOf(release, platform, real);
      const { objects } = parity(embedded, real, release.meant);
      const alone = new Set(objects.filter((object) => object.real === undefined).map((object) => object.embedded));

      const unseen = embedded
        .filter(({ source }) => !alone.has(source))
        .flatMap((object) => {
          const [own, theirs] = [besides(embedded, object), besides(real, object)];
          const before = findings(own, theirs, release.meant);
          return places(object.manifest).flatMap((place) =>
            Object.entries(CHANGES)
              .filter(([, change]) => {
                const other = { ...object, manifest: changed(object.manifest, place, change) };
                const others = own.map((each) => (each === object ? other : each));
                return findings(others, theirs, release.meant) === before;
              })
              .map(([name]) => `${describeObject(object.manifest)} ${place.join('/')}: ${name}`),
          );
        });
      expect(unseen).toEqual([]);
    }
  },
  120_000,
);

testWith('UPSTREAM_DIR')(
  'with each networking layer, the releases of the others are equal to the real ones as well',
  () => {
    const lock = readLock(join(projectRoot(), 'releases.lock.yaml'));
    for (const { ingress, release: layer } of REFERENCE_LAYERS) {
      for (const release of embeddedReleases(layer)) {
        const locked = lockedComponent(lock, release.component);
        const real = readRelease(
          releaseFolder(release.component, locked, locked.version, [upstreamDir()]),
          fileNames(locked),
        );
        const platform = referenceObjects(ingress, release.component.startsWith('linkerd') ? caOf(real) : undefined);
        expect(isParity(parity(objectsOf(release, platform, real), real, release.meant))).toBe(true);
      }
    }
  },
);
