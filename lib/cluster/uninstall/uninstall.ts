import type { Kubectl } from '../../kubectl/kubectl';
import { asInput } from '../../kubectl/kubectl';
import type { Manifest } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { LAST_APPLIED } from '../../objects/server-fields';
import { deleteObjects } from './delete-objects';
import type { ClusterInventory } from '../inventory';
import { API_SERVICE, kindOf, WEBHOOK_CONFIGURATIONS } from '../kinds';
import { FIELD_MANAGER } from '../managed-fields';
import type { UninstallPlan } from './uninstall-plan';
import { isOfCrd } from './uninstall-plan';

export interface UninstallOptions {
  readonly inventory: ClusterInventory;
  readonly keepCrds: boolean;
  readonly keepNamespaces: boolean;

  /** How long each step may take. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  readonly onStep: (step: string, objects: number) => void;
}

/** What became of a step. */
export interface UninstallStep {
  /** `60-services`, `CRDs` */
  readonly step: string;
  readonly removed: number;
  readonly seconds: number;

  /** What kept objects from going; nothing if all are gone. */
  readonly problems: readonly string[];
}

/** What a step removes, one group after the other. */
interface Step {
  readonly name: string;
  readonly groups: readonly { readonly objects: readonly Manifest[]; readonly foreground?: boolean }[];
  readonly then?: () => Promise<void>;
}

/**
 * Removes a platform, the last phase first, and waits in each step until all is gone: what its controllers have to clean up is gone before they are. It stops
 * behind a step that does not end; run again, it goes on from there.
 */
export async function uninstall(
  kubectl: Kubectl,
  plan: UninstallPlan,
  options: UninstallOptions,
): Promise<UninstallStep[]> {
  const results: UninstallStep[] = [];
  for (const step of stepsOf(kubectl, plan, options)) {
    const result = await run(kubectl, step, plan, options);
    results.push(result);
    if (result.problems.length > 0) break;
  }
  return results;
}

function stepsOf(kubectl: Kubectl, plan: UninstallPlan, options: UninstallOptions): Step[] {
  const { keepCrds, keepNamespaces, inventory } = options;
  const { crds, namespaces, cleaned, othersOfCrds } = plan;
  const phases = plan.phases.map(({ name, objects }): Step => {
    const reversed = [...objects].reverse();
    const custom = reversed.filter((one) => isOfCrd(one, crds));
    const calls = reversed.filter((one) => isCall(one));
    const rest = reversed.filter((one) => !custom.includes(one) && !calls.includes(one));
    return {
      name,
      // While a webhook or an API is without its server, the API server refuses objects and namespaces do not end.
      groups: [{ objects: custom, foreground: true }, { objects: calls }, { objects: rest }],
      then: () => forget(inventory, name, (key) => isKey(key, CRD_KEY) || isKey(key, NAMESPACE_KEY)),
    };
  });
  return [
    ...(keepCrds
      ? []
      : [{ name: 'custom resources of others', groups: [{ objects: othersOfCrds, foreground: true }] }]),
    ...phases,
    ...(keepCrds
      ? []
      : [
          {
            name: 'CRDs',
            groups: [{ objects: crds }],
            then: () => forgetAll(inventory, (key) => isKey(key, NAMESPACE_KEY)),
          },
        ]),
    {
      name: 'namespaces that stay',
      groups: [],
      then: async () => {
        for (const namespace of cleaned) await clean(kubectl, namespace);
      },
    },
    ...(keepNamespaces
      ? []
      : [{ name: 'namespaces', groups: [{ objects: namespaces }], then: () => forgetAll(inventory, () => false) }]),
  ];
}

const CRD_KEY = 'apiextensions.k8s.io/CustomResourceDefinition ';
const NAMESPACE_KEY = 'Namespace ';
const isKey = (key: string, kind: string): boolean => key.startsWith(kind);

/** Whether the API server calls something because of an object. */
const isCall = (manifest: Manifest): boolean =>
  WEBHOOK_CONFIGURATIONS.includes(kindOf(manifest)) || kindOf(manifest) === API_SERVICE;

async function run(
  kubectl: Kubectl,
  { name, groups, then }: Step,
  plan: UninstallPlan,
  { timeoutSeconds, signal, onStep }: UninstallOptions,
): Promise<UninstallStep> {
  const started = Date.now();
  const objects = groups.reduce((sum, { objects }) => sum + objects.length, 0);
  const problems: string[] = [];
  if (objects > 0) onStep(name, objects);
  for (const { objects, foreground = false } of groups) {
    signal.throwIfAborted();
    const options = { timeoutSeconds, foreground, signal };
    let found = await deleteObjects(kubectl, objects, options);
    if (found.some((problem) => problem.includes('failed calling webhook'))) {
      // A webhook of the platform does not answer: without it nothing is checked, and all of it is to go.
      await deleteObjects(kubectl, plan.phases.flatMap(({ objects }) => objects).filter(isWebhook), {
        timeoutSeconds,
        signal,
      });
      found = await deleteObjects(kubectl, objects, options);
    }
    problems.push(...found);
    if (found.length > 0) break;
  }
  if (problems.length === 0) await then?.();
  return { step: name, removed: problems.length === 0 ? objects : 0, seconds: (Date.now() - started) / 1000, problems };
}

const isWebhook = (manifest: Manifest): boolean => WEBHOOK_CONFIGURATIONS.includes(kindOf(manifest));

/** Takes off a namespace what was applied to it. What others set on it stays. */
async function clean(kubectl: Kubectl, namespace: Manifest): Promise<void> {
  const args = ['apply', '--server-side', `--field-manager=${FIELD_MANAGER}`, '--filename=-'];
  await kubectl.print(args, { input: asInput([namespace]) });
  await kubectl.print(['annotate', 'namespace', namespace.metadata.name ?? '', `${LAST_APPLIED}-`]);
}

async function forget(inventory: ClusterInventory, phase: string, keep: (key: string) => boolean): Promise<void> {
  await inventory.write(phase, (inventory.phases.get(phase) ?? []).filter(keep));
}

async function forgetAll(inventory: ClusterInventory, keep: (key: string) => boolean): Promise<void> {
  for (const phase of inventory.phases.keys()) await forget(inventory, phase, keep);
}

/** Where something is found that would be lost: a line each kind, with how many there are and an example. */
export function describeOthers(others: readonly Manifest[]): string[] {
  const kinds = new Map<string, Manifest[]>();
  for (const one of others) kinds.set(kindOf(one), [...(kinds.get(kindOf(one)) ?? []), one]);
  return [...kinds.values()].map((all) => {
    const [first] = all;
    const more = all.length - 1;
    return `${first === undefined ? '' : describeObject(first)}${more === 0 ? '' : ` and ${more} more`}`;
  });
}

/** How many objects a plan removes. */
export function plannedCount(plan: UninstallPlan): number {
  return plan.phases.reduce((sum, { objects }) => sum + objects.length, 0);
}
