import { at, list } from '../objects/json';
import type { ObjectIndex } from './object-index';
import type { Container, PodTemplate } from './pod-template';

/**
 * The containers of a template whose pods run without a CPU request: those that run beside each other, native sidecars among them. A limit counts
 * as the request where that is missing. Source: Kubernetes 1.34, `pkg/controller/podautoscaler/replica_calculator.go`.
 */
export function withoutCpuRequest(template: PodTemplate, objects: ObjectIndex): Container[] {
  const { spec, namespace, containers } = template;
  if (requestsCpu(spec) || isGivenCpu(namespace, objects)) return [];
  return containers.filter((container) => runsOn(container) && !requestsCpu(container.fields));
}

/** Whether a container, or a pod as a whole, requests CPU. */
export const requestsCpu = (fields: unknown): boolean =>
  ['requests', 'limits'].some((kind) => (at(fields, 'resources', kind, 'cpu') ?? null) !== null);

/** Whether a container runs as long as its pod does. */
const runsOn = ({ path, fields }: Container): boolean =>
  !/\binitContainers\[\d+\]$/.test(path) || fields.restartPolicy === 'Always';

/** Whether a LimitRange gives the containers of a namespace a request: it takes its bounds for defaults. */
export const isGivenCpu = (namespace: string, objects: ObjectIndex): boolean =>
  objects
    .inNamespace('', 'LimitRange', namespace)
    .some(({ manifest }) =>
      list(at(manifest.spec, 'limits')).some(
        (limit) =>
          at(limit, 'type') === 'Container' &&
          ['defaultRequest', 'default', 'max', 'min'].some((kind) => at(limit, kind, 'cpu') !== undefined),
      ),
    );
