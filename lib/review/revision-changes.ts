import type { ObjectIndex } from '../model/object-index';
import { SERVING_GROUP } from '../model/serving/judge';
import { at, list, number, text } from '../objects/json';
import type { Manifest } from '../objects/manifest';

/** What becomes of the pods of a Knative Service or a Configuration when a change to it is applied. */
export interface RevisionChange {
  readonly rolls: boolean;
  readonly keeps?: boolean;
  readonly means: string;
}

/** The revision that follows the template, where it has no name. */
const LATEST = 'its latest revision';

/** How many percent each revision gets, and the tags of each. */
type Traffic = ReadonlyMap<string, { readonly percent: number; readonly tags: readonly string[] }>;

/**
 * What a change to a Knative Service or a Configuration does.
 *
 * @param isNew whether its template changes, so that there is a new revision
 * @param objects what it is among afterwards
 */
export function revisionChange(from: Manifest, to: Manifest, isNew: boolean, objects: ObjectIndex): RevisionChange {
  if (isNew && keptName(from, to) !== undefined) return { rolls: false, means: 'refused by Serving: its pods stay' };
  const after = trafficOf(to, objects);
  if (!isNew) {
    const moves = to.kind === 'Service' ? movesOf(trafficOf(from, objects), after) : [];
    const means = moves.length === 0 ? 'its pods stay' : `its pods stay; traffic moves: ${moves.join(', ')}`;
    return { rolls: false, means };
  }
  if (after === undefined) return { rolls: false, means: 'new revision: what it takes is for a Route to say' };
  const latest = latestOf(to);
  const { percent, tags } = sharesOf(after, latest);
  if (percent >= ALL) return { rolls: true, means: 'new revision: its pods replace the old ones' };
  const isAsBefore =
    JSON.stringify(othersOf(after, latest)) === JSON.stringify(othersOf(trafficOf(from, objects), latest));
  const others = othersOf(after, latest).map(
    ([name, share]) => `${share} % ${isAsBefore ? 'stay with' : 'go to'} ${name}`,
  );
  const byTag = tags.length === 0 ? '' : ` but by ${tags.length === 1 ? 'its tag' : 'its tags'} ${tags.join(', ')}`;
  const takes = percent === 0 ? `takes no traffic${byTag}` : `takes ${percent} %`;
  return { rolls: percent > 0, keeps: true, means: `new revision, which ${takes}: ${others.join(', ')}` };
}

const ALL = 100;

/**
 * The name of a revision that a changed template keeps, which Serving refuses, since a revision never changes; `undefined` if it is another one, or none.
 * Source: Serving 1.23.0, `pkg/apis/serving/v1/revision_validation.go`.
 */
export function keptName(from: Manifest, to: Manifest): string | undefined {
  const [before, after] = [from, to].map((manifest) => text(at(manifest.spec, 'template', 'metadata', 'name')) ?? '');
  return after !== '' && before === after ? after : undefined;
}

const latestOf = (manifest: Manifest): string => text(at(manifest.spec, 'template', 'metadata', 'name')) ?? LATEST;

/** Where requests go; `undefined` for a Configuration that no Route among the objects is for. */
function trafficOf(manifest: Manifest, objects: ObjectIndex): Traffic | undefined {
  const { name, namespace = 'default' } = manifest.metadata;
  const latest = latestOf(manifest);
  if (manifest.kind === 'Service') {
    const targets = list(at(manifest.spec, 'traffic'));
    if (targets.length === 0) return new Map([[latest, { percent: ALL, tags: [] }]]);
    return trafficTo(targets, () => latest);
  }
  const routes = objects
    .inNamespace(SERVING_GROUP, 'Route', namespace)
    .map((route) => list(at(route.manifest, 'spec', 'traffic')))
    .filter((targets) => targets.some((target) => at(target, 'configurationName') === name));
  const [route] = routes;
  return (
    route && trafficTo(route, (target) => (at(target, 'configurationName') === name ? latest : 'other Configurations'))
  );
}

type Target = ReturnType<typeof list>[number];

function trafficTo(targets: readonly Target[], latest: (target: Target) => string): Traffic {
  const found = new Map<string, { percent: number; tags: string[] }>();
  for (const target of targets) {
    const revision = text(at(target, 'revisionName')) ?? '';
    const name = revision === '' ? latest(target) : revision;
    const share = found.get(name) ?? { percent: 0, tags: [] };
    const tag = text(at(target, 'tag')) ?? '';
    found.set(name, {
      percent: share.percent + (number(at(target, 'percent')) ?? 0),
      tags: tag === '' ? share.tags : [...share.tags, tag],
    });
  }
  return found;
}

const sharesOf = (traffic: Traffic, name: string): { readonly percent: number; readonly tags: readonly string[] } =>
  traffic.get(name) ?? { percent: 0, tags: [] };

/** The other revisions that get requests. */
const othersOf = (traffic: Traffic | undefined, latest: string): [string, number][] =>
  [...(traffic ?? [])].flatMap(([name, { percent }]) => (name === latest || percent === 0 ? [] : [[name, percent]]));

/** `ledger-00001 100 % → 50 %`, for each revision that gets more or less than before. */
function movesOf(before: Traffic | undefined, after: Traffic | undefined): string[] {
  if (before === undefined || after === undefined) return [];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, is] = [sharesOf(before, name).percent, sharesOf(after, name).percent];
    return was === is ? [] : [`${name} ${was} % → ${is} %`];
  });
}
