import { App } from 'cdk8s';
import { ambassador } from '../lib/ambassador/ambassador';
import { KnativeService } from '../lib/knative/service/knative-service';
import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import type { PlatformProps } from '../lib/platform';
import { Platform } from '../lib/platform';

/** The objects of a platform with one service. */
export function platformObjects(props: Partial<PlatformProps> = {}): PlatformObject[] {
  const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador(), ...props });
  new KnativeService(platform.services, 'hello', { image: 'registry.example.com/hello:1' });
  return collectObjects(platform);
}

/** The same objects, with those of a phase in as many files as there are parts. */
export function inParts(objects: readonly PlatformObject[], phase: string, parts: readonly string[]): PlatformObject[] {
  let next = 0;
  return objects.map((object) =>
    object.phase === phase ? { ...object, phase: `${phase}.${parts[next++ % parts.length] ?? ''}` } : object,
  );
}
