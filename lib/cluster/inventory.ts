import { at, text } from '../objects/json';
import type { Kubectl } from '../kubectl/kubectl';
import { asInput } from '../kubectl/kubectl';
import type { Manifest } from '../objects/manifest';
import { objectKey } from '../objects/manifest';

/** Where what was applied is recorded. */
export const INVENTORY_NAMESPACE = 'default';
const NAME = 'knitmesh-inventory';

/** Which phase a part of the inventory is of. */
const PHASE_LABEL = 'knitmesh/phase';
const LABELS = { 'app.kubernetes.io/managed-by': 'knitmesh', 'app.kubernetes.io/component': 'inventory' } as const;
const SELECTOR = Object.entries(LABELS)
  .map(([key, value]) => `${key}=${value}`)
  .join(',');
const KEY = 'objects';

/** A ConfigMap holds a mebibyte at most; half of it leaves room for what else an object has. */
const MOST_BYTES = 512 * 1024;

/** What was applied, phase by phase: the key of each object, {@link objectKey}. Values of objects are not in it. */
export type Inventory = ReadonlyMap<string, readonly string[]>;

/** An object by its key, as far as that tells: without the version of its API. */
export interface ObjectReference {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What a key says: the reverse of {@link objectKey}. */
export function referenceOf(key: string): ObjectReference {
  const [kind = '', name = ''] = key.split(' ');
  const slash = name.indexOf('/');
  return {
    group: kind.includes('/') ? kind.slice(0, kind.indexOf('/')) : '',
    kind: kind.slice(kind.indexOf('/') + 1),
    ...(slash >= 0 && { namespace: name.slice(0, slash) }),
    name: name.slice(slash + 1),
  };
}

/** The ConfigMaps that record a phase: as many as it takes. */
export function inventoryObjects(phase: string, keys: readonly string[], mostBytes = MOST_BYTES): Manifest[] {
  const parts: string[] = [''];
  for (const key of [...new Set(keys)].sort()) {
    const last = parts.length - 1;
    const grown = `${parts[last] ?? ''}${key}\n`;
    if (Buffer.byteLength(grown) <= mostBytes) parts[last] = grown;
    else parts.push(`${key}\n`);
  }
  return parts.map((objects, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${NAME}-${phase}${index === 0 ? '' : `-${index}`}`,
      namespace: INVENTORY_NAMESPACE,
      labels: { ...LABELS, [PHASE_LABEL]: phase },
    },
    data: { [KEY]: objects },
  }));
}

/** What the ConfigMaps of a cluster record. */
export function readInventory(configMaps: readonly Manifest[]): Inventory {
  const inventory = new Map<string, string[]>();
  for (const { metadata, data } of configMaps) {
    const phase = text(at(metadata.labels, PHASE_LABEL));
    const keys = (text(at(data, KEY)) ?? '').split('\n').filter((line) => line !== '');
    if (phase !== undefined) inventory.set(phase, [...new Set([...(inventory.get(phase) ?? []), ...keys])].sort());
  }
  return new Map([...inventory].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The inventory in a cluster. */
export class ClusterInventory {
  private parts: Manifest[] = [];

  private constructor(private readonly kubectl: Kubectl) {}

  /** @throws KubectlRefusal if it cannot be read */
  static async read(kubectl: Kubectl): Promise<ClusterInventory> {
    const inventory = new ClusterInventory(kubectl);
    const find = ['get', 'configmaps', '--namespace', INVENTORY_NAMESPACE, '--selector', SELECTOR];
    inventory.parts = await kubectl.objects(find);
    return inventory;
  }

  get phases(): Inventory {
    return readInventory(this.parts);
  }

  /** Records that these are the objects of a phase; nothing is left of a phase without any. */
  async write(phase: string, keys: readonly string[]): Promise<void> {
    const parts = keys.length === 0 ? [] : inventoryObjects(phase, keys);
    const names = new Set(parts.map(({ metadata }) => metadata.name));
    const before = this.parts.filter(({ metadata }) => at(metadata.labels, PHASE_LABEL) === phase);
    const same = (part: Manifest): boolean =>
      before.some(({ metadata, data }) => metadata.name === part.metadata.name && at(data, KEY) === at(part.data, KEY));
    const changed = parts.filter((part) => !same(part));
    const gone = before.filter(({ metadata }) => !names.has(metadata.name));
    // What is recorded in fewer parts than before is in both for a moment, rather than in none.
    if (changed.length > 0) {
      const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=knitmesh', '--filename=-'];
      await this.kubectl.print(args, { input: asInput(changed) });
    }
    if (gone.length > 0) {
      await this.kubectl.print(['delete', '--ignore-not-found', '--filename=-'], { input: asInput(gone) });
    }
    this.parts = [...this.parts.filter((part) => !before.includes(part)), ...parts];
  }
}

/** Objects that earlier runs applied, phase by phase, and that are no longer rendered, in whatever phase. */
export function staleObjects(inventory: Inventory, rendered: readonly Manifest[]): Inventory {
  const there = new Set(rendered.map(objectKey));
  return new Map(
    [...inventory]
      .map(([phase, keys]) => [phase, keys.filter((key) => !there.has(key))] as const)
      .filter(([, keys]) => keys.length > 0),
  );
}
