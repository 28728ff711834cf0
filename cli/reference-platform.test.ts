import { join } from 'node:path';
import { referenceObjects } from './reference-platform';
import { testWith, upstreamDir } from '../testing/requirements';
import type { Manifest, PlatformObject } from '../lib/objects/manifest';
import { describeObject } from '../lib/objects/manifest';
import { projectRoot } from '../lib/releases/project-root';
import { readLock } from '../lib/releases/lock';
import { EMBEDDED_RELEASES, objectsOf } from '../lib/review/embedded-releases';
import type { MeantDifference } from '../lib/review/meant-differences';
import { parity } from '../lib/review/parity';
import type { ReleaseObject } from '../lib/review/release-objects';
import { readRelease } from '../lib/review/release-objects';

test('every object of the platform that is compared is of a release, but for the namespace of services', () => {
  const platform = referenceObjects();
  const compared = new Set(EMBEDDED_RELEASES.flatMap((release) => objectsOf(release, platform, [])));
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
    const platform = referenceObjects();
    for (const release of EMBEDDED_RELEASES) {
      const { mirror, version, files } = lock.components[release.component] ?? { mirror: '', version: '', files: [] };
      const names = files.map(({ name }) => name);
      const real = readRelease(join(upstreamDir(), mirror, version), names);
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
