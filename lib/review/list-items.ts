import { readable } from '../objects/confidential';
import { isMapping, texts } from '../objects/json';
import type { Json } from '../objects/manifest';
import { canonicalJson, fieldsStep, isScalar, itemStep } from './path';

/** An item of a list and the step that names it. */
export type ListItem = readonly [step: string, value: Json];

/** The items of a list, and whether their order means something though they have names. */
export interface ListItems {
  readonly items: readonly ListItem[];
  readonly ordered: boolean;
}

/** How the items of a list are told apart. */
type ListRule =
  /** By the values of fields. Those that end in `?` may be missing. A list in which they do not tell all items apart goes by position. */
  | { readonly by: readonly string[]; readonly ordered?: true }
  /** By their whole value: neither order nor repeats mean anything. */
  | 'set'
  /** By what they amount to. */
  | ((items: readonly Json[]) => readonly ListItem[] | undefined);

/**
 * Lists by the field that holds them: merge keys as in Kubernetes' API (`patchMergeKey` and `x-kubernetes-list-map-keys`), and what is a set by its
 * meaning. Of each row the first rule that tells all items apart counts. All other lists go by position.
 */
const LISTS = new Map<string, readonly ListRule[]>(
  Object.entries({
    containers: [{ by: ['name'] }],
    initContainers: [{ by: ['name'], ordered: true }],
    ephemeralContainers: [{ by: ['name'] }],
    env: [{ by: ['name'], ordered: true }],
    ports: [{ by: ['containerPort', 'protocol?'] }, { by: ['port', 'protocol?'] }],
    volumes: [{ by: ['name'] }],
    volumeMounts: [{ by: ['mountPath'] }],
    items: [{ by: ['path'] }],
    imagePullSecrets: [{ by: ['name'] }],
    secrets: [{ by: ['name'] }],
    hostAliases: [{ by: ['ip'] }],
    topologySpreadConstraints: [{ by: ['topologyKey', 'whenUnsatisfiable'] }],
    metrics: [{ by: ['type'] }],
    webhooks: [{ by: ['name'] }],
    versions: [{ by: ['name'] }],
    additionalPrinterColumns: [{ by: ['name'], ordered: true }],
    subjects: [{ by: ['kind', 'namespace?', 'name'] }],
    matchExpressions: [{ by: ['key', 'operator'] }],
    values: ['set'],
    tolerations: ['set'],
    finalizers: ['set'],
    add: ['set'],
    drop: ['set'],
    shortNames: ['set'],
    categories: ['set'],
    required: ['set'],
    enum: ['set'],
  }),
);

/** What `rules` are, by the kind of object. */
const RULES = new Map<string, ListRule>([
  ['Role', rights],
  ['ClusterRole', rights],
  ['MutatingWebhookConfiguration', requests],
  ['ValidatingWebhookConfiguration', requests],
]);

/**
 * The items of a list with their steps.
 *
 * @param kind the object's kind
 * @param field the field that holds the list
 */
export function listItems(list: readonly Json[], kind: string, field: string): ListItems {
  const rule = field === 'rules' ? RULES.get(kind) : undefined;
  for (const candidate of rule === undefined ? (LISTS.get(field) ?? []) : [rule]) {
    const items = itemsBy(candidate, list);
    if (items !== undefined) return { items, ordered: typeof candidate === 'object' && candidate.ordered === true };
  }
  return { items: list.map((item, index) => [itemStep(index), item]), ordered: false };
}

function itemsBy(rule: ListRule, list: readonly Json[]): readonly ListItem[] | undefined {
  if (typeof rule === 'function') return rule(list);
  if (rule === 'set') return list.every(mayBeAStep) ? list.map((item) => [itemStep(item), item]) : undefined;
  const items: ListItem[] = [];
  for (const item of list) {
    const step = stepBy(rule.by, item);
    if (step === undefined) return undefined;
    items.push([step, item]);
  }
  return new Set(items.map(([step]) => step)).size === items.length ? items : undefined;
}

/** Whether everybody may read the whole of an item, as they do in a path. */
const mayBeAStep = (item: Json): boolean => isScalar(item) || canonicalJson(readable(item)) === canonicalJson(item);

function stepBy(by: readonly string[], item: Json): string | undefined {
  if (!isMapping(item)) return undefined;
  const fields: [string, string | number | boolean | null][] = [];
  for (const name of by) {
    const field = name.replace(/\?$/, '');
    const value = item[field];
    if (value !== undefined && !isScalar(value)) return undefined;
    if (value !== undefined && !isUsual(field, value)) fields.push([field, value]);
    else if (field === name) return undefined;
  }
  return fieldsStep(fields);
}

/** A port's protocol is TCP when it is not said. */
const isUsual = (field: string, value: Json): boolean => field === 'protocol' && value === 'TCP';

/**
 * RBAC rules as the rights that they give, one for each verb and resource, in the words of `kubectl auth can-i`
 * (`get deployments.apps/status`): however rules are grouped, they are the same if the rights are.
 */
function rights(rules: readonly Json[]): readonly ListItem[] | undefined {
  return expanded(rules, ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'], (rule) => [
    ...product(rule('verbs'), rule('resources'), rule('apiGroups'), rule('resourceNames', [''])).map(
      ([verb, resource, group, name]) =>
        `[${verb} ${withGroup(resource, group)}${name === '' ? '' : ` ${JSON.stringify(name)}`}]`,
    ),
    ...product(rule('verbs'), rule('nonResourceURLs')).map(([verb, url]) => `[${verb} ${url}]`),
  ]);
}

/** `deployments.apps/status` of the resource `deployments/status` in the group `apps`. */
function withGroup(resource: string, group: string): string {
  const [name = '', ...rest] = resource.split('/');
  return [group === '' ? name : `${name}.${group}`, ...rest].join('/');
}

/** A webhook's rules as the requests that it is asked about, one for each operation and resource: `UPDATE services.serving.knative.dev v1`. */
function requests(rules: readonly Json[]): readonly ListItem[] | undefined {
  return expanded(rules, ['operations', 'resources', 'apiGroups', 'apiVersions', 'scope'], (rule) =>
    product(rule('operations'), rule('resources'), rule('apiGroups'), rule('apiVersions'), rule('scope', [''])).map(
      ([operation, resource, group, version, scope]) =>
        `[${operation} ${withGroup(resource, group)} ${version}${scope === '' ? '' : ` ${scope}`}]`,
    ),
  );
}

type Field = (name: string, absent?: readonly string[]) => readonly string[];

/** `undefined` where a rule has other fields, or says nothing: those are compared as they stand. */
function expanded(
  rules: readonly Json[],
  fields: readonly string[],
  expand: (rule: Field) => readonly string[],
): readonly ListItem[] | undefined {
  const steps = new Set<string>();
  for (const rule of rules) {
    if (
      !isMapping(rule) ||
      !Object.entries(rule).every(([field, value]) => fields.includes(field) && isTexts(field, value))
    ) {
      return undefined;
    }
    const found = expand((name, absent = []) => {
      const value = rule[name];
      return value === undefined ? absent : typeof value === 'string' ? [value] : texts(value);
    });
    if (found.length === 0) return undefined;
    for (const step of found) steps.add(step);
  }
  return [...steps].map((step) => [step, true]);
}

/** Whether a field of a rule is what Kubernetes takes there: all are lists but a webhook's scope. */
const isTexts = (field: string, value: Json | undefined): boolean =>
  field === 'scope'
    ? typeof value === 'string'
    : Array.isArray(value) && value.length > 0 && texts(value).length === value.length;

/** All choices of one value from each list. */
export function product<Lists extends readonly (readonly string[])[]>(
  ...lists: Lists
): { readonly [Index in keyof Lists]: string }[] {
  const choices = lists.reduce<string[][]>(
    (chosen, list) => chosen.flatMap((values) => list.map((value) => [...values, value])),
    [[]],
  );
  return choices as unknown as { readonly [Index in keyof Lists]: string }[];
}
