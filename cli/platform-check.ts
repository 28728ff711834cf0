import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import type { CheckOptions } from '../lib/check/check';
import { check } from '../lib/check/check';
import { RULES } from '../lib/check/rules';
import { notRendered } from '../lib/check/rules/not-rendered';
import { waiverUnused } from '../lib/check/rules/waiver-unused';
import type { CheckSettings } from '../lib/check/settings';
import { NO_SETTINGS, severityOf } from '../lib/check/settings';
import type { PlatformObject } from '../lib/objects/manifest';
import type { Mistake } from '../lib/objects/mistakes';
import type { Platform } from '../lib/platform';
import type * as checkSettings from './check-settings';
import { memory } from './start/memory';

const load = createRequire(__filename);

/**
 * What is known of an app's platform besides its objects: its networking layer, what is installed by other means, and what earlier runs found out.
 *
 * @param settings severities and waivers; those of the `check.yaml` nearest to the app's file unless they are given
 */
export function platformCheck(
  app: string,
  { networking: { name, limits }, components }: Platform,
  settings = projectSettings(app),
): CheckOptions & { readonly settings: CheckSettings } {
  // Such a component is in the namespace of its name.
  const elsewhere = components.filter(({ release }) => release === 'external').map((component) => component.name);
  return { settings, networking: { name, limits }, elsewhere, memory };
}

/**
 * What keeps a platform from being written: the errors of its objects. The clock plays no part, and a waiver that is no longer needed
 * keeps nothing from being written.
 */
export function errorsBeforeWriting(app: string, platform: Platform, objects: readonly PlatformObject[]): Mistake[] {
  const options = platformCheck(app, platform);
  const stopping = RULES.filter(
    (rule) => severityOf(rule, options.settings) === 'error' && rule.id !== waiverUnused.id,
  );
  const { findings } = check(objects, { ...options, rules: stopping });
  const errors = findings.filter(({ severity }) => severity === 'error');
  return errors.map(({ rule, source, object, path, message }) => ({
    where: source,
    message: `${object}: ${path === '' ? '' : `${path}: `}${message} (docs/rules/${rule}.md)`,
  }));
}

/** Whether `check.yaml` accepts that objects stand beside those that the platform of an app renders. */
export function isAccepted(app: string, objects: readonly PlatformObject[]): boolean {
  const settings = projectSettings(app);
  return check(objects, { settings, besides: objects, rules: [notRendered], memory }).findings.length === 0;
}

/** What `check.yaml` says that is nearest to an app's file, beside it or in a folder above; nothing if there is none. */
function projectSettings(app: string): CheckSettings {
  for (let folder = dirname(resolve(app)); ; folder = dirname(folder)) {
    const file = join(folder, 'check.yaml');
    if (existsSync(file)) {
      const [name, text] = [relative(process.cwd(), file), readFileSync(file, 'utf8')];
      return memory.recall('check-settings', [name, text], () =>
        (load('./check-settings') as typeof checkSettings).checkSettingsIn(text, name),
      );
    }
    if (dirname(folder) === folder) return NO_SETTINGS;
  }
}
