import { createHash } from 'node:crypto';
import type { Cluster } from '../../kubectl/kubectl';
import { Kubectl, KubectlRefusal } from '../../kubectl/kubectl';
import { PROXY_CONTAINER } from '../../objects/inject';
import type { Mistake } from '../../objects/mistakes';
import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import { ISSUER_SECRET } from './authority-names';
import { TRUST_ROOT_ANNOTATION, trimmedPem, trustRootSha256 } from '../trust-root';

/** A pod with a proxy. */
export interface MeshedPod {
  readonly namespace: string;
  readonly name: string;

  /** The kind of what made it, for example `ReplicaSet`; empty for a pod that stands alone. */
  readonly owner: string;

  /** Its part of Linkerd's control plane, for example `identity`; empty for other pods. */
  readonly component: string;

  /** The sum of the trust anchors that its proxy was given; empty if it does not tell. */
  readonly trustRoot: string;
}

/** Where Linkerd names a pod's part of the control plane, and the one that issues the proxies' certificates. */
const CONTROL_PLANE_COMPONENT = 'linkerd.io/control-plane-component';
const IDENTITY = 'identity';

/** What kubectl prints of each pod, between tabs. */
const COLUMNS = [
  '.metadata.namespace',
  '.metadata.name',
  '.status.phase',
  '.metadata.ownerReferences[0].kind',
  `.metadata.labels.${escaped(CONTROL_PLANE_COMPONENT)}`,
  `.metadata.annotations.${escaped(TRUST_ROOT_ANNOTATION)}`,
  '.spec.containers[*].name',
  '.spec.initContainers[*].name',
];

/**
 * The pods of a cluster that have a proxy and have not ended.
 *
 * @throws Error if kubectl is not there or cannot ask the cluster
 */
export async function meshedPods(cluster: Cluster): Promise<MeshedPod[]> {
  const template = `{range .items[*]}${COLUMNS.map((column) => `{${column}}`).join('{"\\t"}')}{"\\n"}{end}`;
  const answer = await ask(cluster, ['get', 'pods', '--all-namespaces', '--output', `jsonpath=${template}`]);
  return answer.split('\n').flatMap((line) => {
    const [namespace = '', name = '', phase = '', owner = '', component = '', trustRoot = '', ...containers] =
      line.split('\t');
    const ended = phase === 'Succeeded' || phase === 'Failed';
    const meshed = containers.some((names) => names.split(' ').includes(PROXY_CONTAINER));
    return !meshed || ended ? [] : [{ namespace, name, owner, component, trustRoot }];
  });
}

/** Whether a pod is one of the service that issues the proxies' certificates: where there is none, there is no Linkerd. */
export const isOfIdentityService = ({ namespace, component }: MeshedPod): boolean =>
  namespace === LINKERD_NAMESPACE && component === IDENTITY;

/** A name as a field of a JSONPath template. */
function escaped(name: string): string {
  return name.replaceAll('.', '\\.');
}

/** The issuer that a cluster's identity service is given, in PEM. Its key is not asked for. */
export async function issuerOf(cluster: Cluster): Promise<string> {
  const secret = ['get', 'secret', ISSUER_SECRET, '--namespace', LINKERD_NAMESPACE];
  const base64 = await ask(cluster, [...secret, '--output', 'jsonpath={.data.tls\\.crt}']);
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** Whether a pod's proxy was given just these trust anchors. */
export function hasTrustRoot({ trustRoot }: MeshedPod, trustAnchors: string): boolean {
  // Linkerd's chart sums the text with its last line break, the injector as it stands in the ConfigMap, without.
  const injected = createHash('sha256').update(trimmedPem(trustAnchors)).digest('hex');
  return trustRoot === injected || trustRoot === trustRootSha256(trustAnchors);
}

const RESTARTED_BY = new Map([
  ['ReplicaSet', 'kubectl rollout restart deployment'],
  ['StatefulSet', 'kubectl rollout restart statefulset'],
  ['DaemonSet', 'kubectl rollout restart daemonset'],
  ['Job', 'wait for the jobs, or delete the pods'],
]);

/** What to restart: a line for each namespace and kind of what made the pods, with the first of them. */
export function restarts(pods: readonly MeshedPod[]): Mistake[] {
  const groups = new Map<string, MeshedPod[]>();
  for (const pod of pods) {
    // The control plane comes first: it hands the others their trust anchors.
    const key = `${pod.namespace === LINKERD_NAMESPACE ? '' : pod.namespace}\0${pod.owner}`;
    groups.set(key, [...(groups.get(key) ?? []), pod]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const more = group.length > 1 ? ` and ${group.length - 1} more` : '';
      return [
        {
          where: `${first.namespace}/${first.name}${more}`,
          message: `does not carry the sum of the rendered trust anchors: ${howToRestart(first)}`,
        },
      ];
    });
}

function howToRestart({ namespace, owner }: MeshedPod): string {
  // Their sum stands in what is rendered.
  if (namespace === LINKERD_NAMESPACE)
    return 'apply dist/, and wait for kubectl rollout status deployment --namespace linkerd';
  const how = RESTARTED_BY.get(owner) ?? 'make the pods anew';
  return how.startsWith('kubectl') ? `${how} --namespace ${namespace}` : how;
}

async function ask(cluster: Cluster, args: readonly string[]): Promise<string> {
  try {
    return await new Kubectl(cluster).print(args);
  } catch (error) {
    if (!(error instanceof KubectlRefusal)) throw error;
    throw new Error(`the cluster cannot be asked: ${error.message}`, { cause: error });
  }
}
