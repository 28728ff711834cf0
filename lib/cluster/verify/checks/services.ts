import { at, list, strings } from '../../../objects/json';
import type { Manifest, PlatformObject } from '../../../objects/manifest';
import { describeObject, objectKey } from '../../../objects/manifest';
import type { Check } from '../check';
import { count } from '../count';
import { isScaledToZero } from './workloads';

/** Names the Service that an EndpointSlice is of. Source: Kubernetes, discovery.k8s.io/v1. */
const SERVICE_LABEL = 'kubernetes.io/service-name';

export const services: Check = {
  id: 'services',
  group: 'components',
  title: 'every Service has endpoints that are ready',
  hint: 'compare its selector with the labels of its pods, and see whether these are Ready',
  async look({ rendered, live }) {
    const wanted = rendered.ofKinds('', ['Service']).filter(hasPods);
    if (wanted.length === 0) return { problems: [], skipped: 'none with pods is rendered' };
    const withoutPods = new Set(
      rendered.workloads.filter(({ object }) => isScaledToZero(object.manifest)).map(({ id }) => id),
    );
    const isMeantEmpty = ({ manifest: { metadata } }: PlatformObject): boolean => {
      const behind = rendered.graph.nodes.filter(({ services }) =>
        services.some(({ namespace, name }) => namespace === metadata.namespace && name === metadata.name),
      );
      return behind.length > 0 && behind.every(({ id }) => withoutPods.has(id));
    };
    const [found, slices] = await Promise.all([live.find(wanted), live.everywhere('endpointslices.discovery.k8s.io')]);
    return {
      seen: count(wanted.length, 'Service'),
      notes: wanted.filter(isMeantEmpty).map(({ manifest }) => ({
        object: describeObject(manifest),
        reason: 'its pods are rendered with replicas: 0',
      })),
      problems: wanted.flatMap((object) => {
        const { manifest } = object;
        const { namespace, name = '' } = manifest.metadata;
        const own = slices.filter(
          ({ metadata }) => metadata.namespace === namespace && at(metadata.labels, SERVICE_LABEL) === name,
        );
        const reason = !found.has(objectKey(manifest))
          ? 'is not in the cluster'
          : own.some(hasReadyEndpoint) || isMeantEmpty(object)
            ? undefined
            : 'has no endpoint that is ready';
        return reason === undefined ? [] : [{ object: describeObject(manifest), reason }];
      }),
    };
  },
};

const hasPods = ({ manifest }: { readonly manifest: Manifest }): boolean =>
  Object.keys(strings(at(manifest, 'spec', 'selector'))).length > 0;

/** An endpoint that does not say whether it is ready counts as ready. Source: Kubernetes, discovery.k8s.io/v1. */
const hasReadyEndpoint = (slice: Manifest): boolean =>
  list(slice.endpoints).some((endpoint) => at(endpoint, 'conditions', 'ready') !== false);
