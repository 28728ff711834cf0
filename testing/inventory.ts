import { createHash } from 'node:crypto';
import type { Json, PlatformObject } from '../lib/objects/manifest';
import { describeObject } from '../lib/objects/manifest';
import { toYaml } from '../lib/render/yaml';

/** A line an object, with its file, kind, name and the SHA-256 of its YAML: for a snapshot of what `dist/` shows in full. */
export function inventory(objects: readonly PlatformObject[]): string[] {
  return objects.map(({ manifest, phase, text = toYaml(manifest as Json) }) => {
    const hash = createHash('sha256').update(text).digest('hex');
    return `${phase} ${describeObject(manifest)} ${hash}`;
  });
}
