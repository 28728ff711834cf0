import { groupOf } from '../../objects/api-group';
import type { PlatformObject } from '../../objects/manifest';
import { nameOf } from '../../objects/manifest';
import type { JsonObject } from '../../objects/json';
import { at, list, mapping, strings, text, whole } from '../../objects/json';
import { ownProxyOf } from '../mesh';
import { isKnative, podTemplateOf } from '../pod-template';

/** A port that a container declares. */
export interface ContainerPort {
  readonly name?: string;
  readonly number: number;
}

/** A container of a pod, as far as others connect to it and it connects to others. */
export interface Container {
  readonly name: string;

  /** @default - not known: its image is configured elsewhere */
  readonly image?: string;
  readonly ports: readonly ContainerPort[];
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];

  /** Whether it runs beside the others: a container, or a native sidecar. */
  readonly runs: boolean;

  /** The manifest's own words, for probes and hooks. */
  readonly manifest: JsonObject;
}

/** What has pods: an object with a pod template. */
export interface Workload {
  /** `Deployment ambassador/ambassador`: one and the same in a platform. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;

  /** Whether it is a Service of Knative, whose revisions have pods. */
  readonly knative: boolean;

  /** Labels and annotations of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;

  /** What stands in the manifest as its pods' spec. */
  readonly spec: JsonObject;

  /** Init containers as well. */
  readonly containers: readonly Container[];

  /** The ConfigMaps that its pods mount. */
  readonly configMaps: readonly string[];

  /** How many pods, as people say it; `undefined` where something else decides. */
  readonly pods: string | undefined;
  readonly object: PlatformObject;
}

/** The name of queue-proxy's container in the pods of a revision. Source: Serving 1.23.0, the name in its pods. */
export const QUEUE_PROXY_CONTAINER = 'queue-proxy';

/** All that has pods, in the order of the objects. */
export function workloadsOf(objects: readonly PlatformObject[]): Workload[] {
  const autoscalers = objects.filter(({ manifest }) => manifest.kind === 'HorizontalPodAutoscaler');
  return objects.flatMap((object) => {
    const template = podTemplateOf(object);
    if (template === undefined) return [];
    const { namespace, labels, annotations, spec } = template;
    const { manifest } = object;
    const knative = isKnative(template);
    const kind = knative ? `Knative ${manifest.kind}` : manifest.kind;
    return [
      {
        id: `${kind} ${namespace}/${nameOf(manifest)}`,
        kind,
        name: nameOf(manifest),
        namespace,
        knative,
        labels,
        annotations,
        serviceAccount: text(at(spec, 'serviceAccountName')) ?? text(at(spec, 'serviceAccount')) ?? 'default',
        hostNetwork: at(spec, 'hostNetwork') === true,
        spec,
        containers: [
          ...list(at(spec, 'initContainers')).map((container) =>
            containerOf(container, at(container, 'restartPolicy') === 'Always'),
          ),
          ...list(at(spec, 'containers')).map((container) => containerOf(container, true)),
          ...(knative ? [QUEUE_PROXY] : []),
        ],
        configMaps: list(at(spec, 'volumes')).flatMap((volume) => text(at(volume, 'configMap', 'name')) ?? []),
        pods: podsOf(object, autoscalers),
        object,
      },
    ];
  });
}

const QUEUE_PROXY: Container = {
  name: QUEUE_PROXY_CONTAINER,
  ports: [],
  env: {},
  args: [],
  runs: true,
  manifest: {},
};

function containerOf(manifest: unknown, runs: boolean): Container {
  const image = text(at(manifest, 'image'));
  return {
    name: text(at(manifest, 'name')) ?? '',
    ...(image !== undefined && { image }),
    ports: list(at(manifest, 'ports')).flatMap((port) => {
      const [name, number] = [text(at(port, 'name')), whole(at(port, 'containerPort'))];
      return number === undefined ? [] : [{ ...(name !== undefined && { name }), number }];
    }),
    env: Object.fromEntries(
      list(at(manifest, 'env')).flatMap((variable) => {
        const [name, value] = [text(at(variable, 'name')), text(at(variable, 'value'))];
        return name === undefined || value === undefined ? [] : [[name, value]];
      }),
    ),
    args: [...list(at(manifest, 'command')), ...list(at(manifest, 'args'))].filter((arg) => typeof arg === 'string'),
    runs,
    manifest: mapping(manifest),
  };
}

const SCALE = 'autoscaling.knative.dev/';

function podsOf({ manifest }: PlatformObject, autoscalers: readonly PlatformObject[]): string | undefined {
  const { kind, metadata } = manifest;
  if (groupOf(manifest.apiVersion) === 'serving.knative.dev') {
    const annotations = strings(at(manifest, 'spec', 'template', 'metadata', 'annotations'));
    const [min, max] = [annotations[`${SCALE}min-scale`] ?? '0', annotations[`${SCALE}max-scale`] ?? '0'];
    return max === '0' ? `${min} or more pods` : range(min, max);
  }
  if (kind === 'CronJob') return `at ${text(at(manifest, 'spec', 'schedule')) ?? '?'}`;
  if (kind === 'DaemonSet') return 'a pod a node';
  if (kind === 'Job' || kind === 'Pod') return undefined;
  const autoscaler = autoscalers.find(
    ({ manifest: other }) =>
      other.metadata.namespace === metadata.namespace &&
      at(other, 'spec', 'scaleTargetRef', 'kind') === kind &&
      at(other, 'spec', 'scaleTargetRef', 'name') === metadata.name,
  )?.manifest.spec;
  if (autoscaler !== undefined)
    return range(String(whole(at(autoscaler, 'minReplicas')) ?? 1), String(whole(at(autoscaler, 'maxReplicas')) ?? 1));
  return range(String(whole(at(manifest, 'spec', 'replicas')) ?? 1));
}

function range(from: string, to = from): string {
  return `${from === to ? from : `${from}–${to}`} ${to === '1' ? 'pod' : 'pods'}`;
}

/** The proxy that a workload's pods bring along, as Linkerd's own do. */
export function proxyOf({ spec, containers }: Workload): Container | undefined {
  const proxy = ownProxyOf(spec);
  return proxy === undefined ? undefined : containers.find(({ manifest }) => manifest === proxy);
}
