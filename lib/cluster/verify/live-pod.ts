import { hasLabels } from '../../model/selector';
import type { JsonObject } from '../../objects/json';
import { at, list, mapping, strings, text, whole } from '../../objects/json';
import type { Workload } from '../../model/connections/workload';
import { ownProxyOf } from '../../model/mesh';
import type { Manifest } from '../../objects/manifest';

/** A pod that runs, or is to run. */
export interface LivePod {
  /** `Pod ambassador/ambassador-7d4`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
  readonly spec: JsonObject;

  /** Two where it has one of IPv4 and one of IPv6; none until it has one. */
  readonly ips: readonly string[];
  readonly serviceAccount: string;

  /** When it was made. */
  readonly created: Date;

  /** Whether Kubernetes says so. */
  readonly isReady: boolean;

  /** `1/2`, as kubectl prints it. */
  readonly ready: string;

  /** Why a container waits, where one does: `ImagePullBackOff`. */
  readonly waiting: string | undefined;
  readonly restarts: number;

  /** Its proxy: a container, or a native sidecar among the init containers. */
  readonly proxy: LiveProxy | undefined;

  /** What made it: `ReplicaSet`; empty for a pod that stands alone. */
  readonly owner: string;
}

export interface LiveProxy {
  readonly image: string;

  /** The names of its variables. */
  readonly env: readonly string[];
}

/** A pod as kubectl gives it; `undefined` for one that has ended or is about to. */
export function livePodOf({ metadata, spec, status }: Manifest): LivePod | undefined {
  const phase = text(at(status, 'phase'));
  if (phase === 'Succeeded' || phase === 'Failed' || metadata.deletionTimestamp !== undefined) return undefined;
  const [namespace, name] = [metadata.namespace ?? '', metadata.name ?? ''];
  const sidecars = list(at(spec, 'initContainers')).filter((one) => at(one, 'restartPolicy') === 'Always');
  const running = [...sidecars, ...list(at(spec, 'containers'))];
  const statuses = [...list(at(status, 'initContainerStatuses')), ...list(at(status, 'containerStatuses'))];
  const statusOf = (container: unknown): unknown => statuses.find((one) => at(one, 'name') === at(container, 'name'));
  const proxy = ownProxyOf(spec);
  return {
    id: `Pod ${namespace}/${name}`,
    namespace,
    name,
    labels: strings(metadata.labels),
    annotations: strings(metadata.annotations),
    hostNetwork: at(spec, 'hostNetwork') === true,
    ips: [
      ...new Set(
        [at(status, 'podIP'), ...list(at(status, 'podIPs')).map((one) => at(one, 'ip'))].flatMap(
          (ip) => text(ip) ?? [],
        ),
      ),
    ],
    serviceAccount: text(at(spec, 'serviceAccountName')) ?? 'default',
    created: new Date(text(at(metadata, 'creationTimestamp')) ?? NaN),
    spec: mapping(spec),
    isReady: list(at(status, 'conditions')).some((one) => at(one, 'type') === 'Ready' && at(one, 'status') === 'True'),
    ready: `${running.filter((one) => at(statusOf(one), 'ready') === true).length}/${running.length}`,
    waiting: statuses.map((one) => text(at(one, 'state', 'waiting', 'reason'))).find((reason) => reason !== undefined),
    restarts: statuses.reduce<number>((sum, one) => sum + (whole(at(one, 'restartCount')) ?? 0), 0),
    proxy:
      proxy === undefined
        ? undefined
        : {
            image: text(at(proxy, 'image')) ?? '',
            env: list(at(proxy, 'env')).flatMap((variable) => text(at(variable, 'name')) ?? []),
          },
    owner: text(at(list(metadata.ownerReferences)[0], 'kind')) ?? '',
  };
}

/** Names the Knative Service that a pod is of. Source: Serving 1.23.0, the labels of its pods. */
const SERVICE_LABEL = 'serving.knative.dev/service';

/** The name of the Knative Service that a pod is of, if it is of one. */
export const serviceOf = ({ labels }: LivePod): string | undefined => labels[SERVICE_LABEL];

/** The pods of a workload. */
export function podsOf(workload: Workload, pods: readonly LivePod[]): LivePod[] {
  const { namespace, name, knative, labels } = workload;
  const wanted = knative ? { [SERVICE_LABEL]: name } : labels;
  if (Object.keys(wanted).length === 0) return [];
  return pods.filter((pod) => pod.namespace === namespace && hasLabels(wanted, pod.labels));
}
