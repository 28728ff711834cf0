import type { Kubectl, KubectlOptions } from '../kubectl/kubectl';
import { asInput, KubectlRefusal, lastWords } from '../kubectl/kubectl';
import { printedObjects } from '../kubectl/printed-objects';
import type { Manifest } from '../objects/manifest';
import { objectKey } from '../objects/manifest';
import { groupOf } from '../objects/api-group';

/** Objects as they are in a cluster, by their keys. */
export type LiveObjects = ReadonlyMap<string, Manifest>;

/** Above this many objects of one kind and namespace, asking for all of them is faster than asking for each. */
const LIST_ABOVE = 50;

/** What kubectl says of a kind that the cluster does not serve, of which there are no objects then. */
const NO_KIND = /no matches for kind|the server doesn't have a resource type/;

/**
 * What is in the cluster of the objects that are named. Kinds that it does not know are there neither.
 *
 * @throws KubectlRefusal if the cluster cannot be asked
 */
export async function liveObjects(
  kubectl: Kubectl,
  wanted: readonly Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'>[],
  options: KubectlOptions = {},
): Promise<LiveObjects> {
  const groups = new Map<string, Manifest[]>();
  for (const manifest of wanted) {
    const { apiVersion, kind, metadata } = manifest;
    if (metadata.name === undefined) continue;
    const named: Manifest = {
      apiVersion,
      kind,
      metadata: { name: metadata.name, ...(metadata.namespace !== undefined && { namespace: metadata.namespace }) },
    };
    const group = `${apiVersion} ${kind} ${metadata.namespace ?? ''}`;
    groups.set(group, [...(groups.get(group) ?? []), named]);
  }
  const lists = [...groups.values()].filter(({ length }) => length > LIST_ABOVE);
  const single = [...groups.values()].filter(({ length }) => length <= LIST_ABOVE).flat();
  const found = [
    ...(single.length === 0
      ? []
      : await get(kubectl, ['--filename=-', '--ignore-not-found'], { ...options, input: asInput(single) })),
  ];
  for (const [first] of lists) {
    if (first === undefined) continue;
    const { apiVersion, kind, metadata } = first;
    const type = [kind, apiVersion.split('/').at(-1), groupOf(apiVersion)].join('.');
    const scope = metadata.namespace === undefined ? [] : ['--namespace', metadata.namespace];
    found.push(...(await get(kubectl, [type, ...scope], options)));
  }
  const keys = new Set(wanted.map((manifest) => objectKey(manifest as Manifest)));
  return new Map(found.map((manifest) => [objectKey(manifest), manifest] as const).filter(([key]) => keys.has(key)));
}

async function get(kubectl: Kubectl, args: readonly string[], options: KubectlOptions): Promise<Manifest[]> {
  const asked = ['get', ...args, '--show-managed-fields', '--output=json', '--request-timeout=60s'];
  const { status, stdout, stderr } = await kubectl.run(asked, options);
  if (status !== 0 && !onlyUnknownKinds(stderr)) {
    throw new KubectlRefusal(`kubectl get: ${lastWords(stderr) || 'ended early'}`, stderr);
  }
  return printedObjects(stdout);
}

function onlyUnknownKinds(stderr: string): boolean {
  const lines = stderr.split('\n').filter((line) => /^(error|Error|unable)/.test(line) || NO_KIND.test(line));
  return lines.length > 0 && lines.every((line) => NO_KIND.test(line));
}
