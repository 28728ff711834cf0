import type { Texts } from '../objects/json';
import { at, text } from '../objects/json';
import { describeObject, objectKey } from '../objects/manifest';
import type { ObjectIndex } from '../model/object-index';
import type { PodTemplate } from '../model/pod-template';
import { isKnative } from '../model/pod-template';
import type { PodSetting, SettingKey, SettingsOf } from '../model/serving/revision-pods';
import { alwaysHasPods, keysOf, LATE, POD_SETTINGS, serviceLinks } from '../model/serving/revision-pods';
import { servingConfigMap, servingSettings } from '../model/serving-settings';
import { keyStep, parsePath, pathText } from './path';

/** A key of Serving's ConfigMaps with which the pods of revisions are made anew. */
export interface RollingKey {
  /** The ConfigMap, or what tells the Operator to make it. */
  readonly object: string;
  readonly path: string;
  readonly from: string | undefined;
  readonly to: string | undefined;

  /** Whether Serving makes them anew only when it looks at a revision for another reason: after 10 hours at most, or when its controller starts. */
  readonly late: boolean;

  /** Whether it is only for some, in words. @default - for all that have nothing of their own there */
  readonly only?: string;
}

/** That pods of revisions are made anew without a change to their Knative Services. */
export interface RevisionRolls {
  readonly keys: readonly RollingKey[];

  /** The Knative Services and Configurations among the objects whose latest revision always has pods, so that these roll. */
  readonly always: readonly string[];

  /** Those that have pods while there are requests: what is at zero does not roll. */
  readonly whileAwake: readonly string[];

  /** Those that say themselves what has changed, and stay. */
  readonly stay: readonly string[];
}

/** What makes the pods of all revisions roll; `undefined` if nothing does. */
export function revisionRolls(from: ObjectIndex, to: ObjectIndex): RevisionRolls | undefined {
  const settingsOf =
    (objects: ObjectIndex) =>
    (config: string): Texts =>
      servingSettings(config, objects) ?? {};
  const [before, after] = [settingsOf(from), settingsOf(to)];
  const differs = (one: PodSetting, template?: PodTemplate): boolean =>
    one.value(before, template) !== one.value(after, template);
  const changed = POD_SETTINGS.filter((one) => differs(one));
  const links = serviceLinksChange(before, after);
  const keys = [
    ...rollingKeys(changed, from, to),
    ...(links === undefined ? [] : [{ ...rollingKey(SERVICE_LINKS, from, to), only: links }]),
    ...upgrades(from, to),
  ];
  if (keys.length === 0) return undefined;
  // What revisions were made with while it was neither is not known.
  const isUpgrade = keys.some(({ path }) => path === VERSION);
  const isKnown = isUpgrade || changed.length > 0 || serviceLinks(before) === undefined;
  const existing = new Map(
    from.podTemplates.filter(isKnative).map((template) => [objectKey(template.object.manifest), template]),
  );
  const found = { always: [] as string[], whileAwake: [] as string[], stay: [] as string[] };
  for (const template of isKnown ? to.podTemplates : []) {
    // The revision that is there was made of the template that was there.
    const made = existing.get(objectKey(template.object.manifest));
    if (made === undefined) continue;
    const rolls =
      isUpgrade ||
      changed.some((one) => (one.appliesTo?.(made) ?? true) && (one.byTemplate !== true || differs(one, made))) ||
      (links !== undefined && serviceLinks(before) === undefined && made.spec.enableServiceLinks === undefined);
    const always = alwaysHasPods(made, before) && alwaysHasPods(template, after);
    const list = !rolls ? found.stay : always ? found.always : found.whileAwake;
    list.push(describeObject(template.object.manifest));
  }
  return { keys, ...found };
}

const VERSION = 'spec.version';

/** Another version that the Knative Operator is told to install, and with it another queue-proxy. */
function upgrades(from: ObjectIndex, to: ObjectIndex): RollingKey[] {
  const versions = (objects: ObjectIndex) =>
    new Map(
      objects
        .ofKind('operator.knative.dev', 'KnativeServing')
        .map(({ manifest }) => [describeObject(manifest), text(at(manifest.spec, 'version'))]),
    );
  const before = versions(from);
  return [...versions(to)].flatMap(([object, version]) => {
    const earlier = before.get(object);
    if (version === earlier || !before.has(object)) return [];
    return [{ object, path: VERSION, from: earlier, to: version, late: false }];
  });
}

const SERVICE_LINKS: SettingKey = { config: 'config-defaults', key: 'enable-service-links' };

/**
 * Which revisions another `enable-service-links` rolls, in words. A revision keeps what it was made with, but where that was to leave it to
 * Kubernetes. Source: Serving 1.23.0, `pkg/apis/serving/v1/revision_defaults.go`.
 */
function serviceLinksChange(before: SettingsOf, after: SettingsOf): string | undefined {
  const [was, is] = [serviceLinks(before), serviceLinks(after)];
  return was === is || is === undefined ? undefined : 'those that were made while it was "default"';
}

/** The keys whose texts differ among those by which pods get something else. */
function rollingKeys(changed: readonly PodSetting[], from: ObjectIndex, to: ObjectIndex): RollingKey[] {
  const keys = new Map(changed.flatMap(keysOf).map((one) => [`${one.config} ${one.key}`, one]));
  return [...keys.values()].flatMap((one) => {
    const found = rollingKey(one, from, to);
    return found.from === found.to ? [] : [found];
  });
}

function rollingKey({ config, key }: SettingKey, from: ObjectIndex, to: ObjectIndex): RollingKey {
  const { object, path } = servingConfigMap(config, to) ?? servingConfigMap(config, from) ?? NOWHERE;
  return {
    object: object === undefined ? `ConfigMap ${config}` : describeObject(object.manifest),
    path: pathText([...parsePath(path), keyStep(key)]),
    from: servingSettings(config, from)?.[key],
    to: servingSettings(config, to)?.[key],
    late: LATE.includes(config),
  };
}

const NOWHERE = { object: undefined, path: 'data' };
