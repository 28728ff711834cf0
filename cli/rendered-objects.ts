import { collectObjects } from '../lib/objects/collect';
import type { PlatformObject } from '../lib/objects/manifest';
import { Mistakes } from '../lib/objects/mistakes';
import type { Platform } from '../lib/platform';
import { errorsBeforeWriting } from './platform-check';

/**
 * What a platform of an app renders, once nothing is wrong with it that keeps it from being written.
 *
 * @throws Mistakes all of them
 */
export function renderedObjects(app: string, platform: Platform): PlatformObject[] {
  const objects = collectObjects(platform);
  const errors = errorsBeforeWriting(app, platform, objects);
  if (errors.length > 0) throw new Mistakes(errors);
  return objects;
}
