import { at, text } from '../../../objects/json';
import type { Check } from '../check';
import type { LivePod } from '../live-pod';
import { livePods } from '../platform-pods';
import type { Rendered } from '../rendered';

/** Tells the version of a pod's proxy, and asks for one. Source: Linkerd edge-26.8.3, the proxy injector. */
const VERSION_ANNOTATION = 'linkerd.io/proxy-version';
const WANTED_ANNOTATION = 'config.linkerd.io/proxy-version';

export const proxyVersion: Check = {
  id: 'proxy-version',
  group: 'mesh',
  title: 'every proxy is of the version that is rendered',
  hint: 'kubectl rollout restart what made the pod: a proxy keeps the version with which it was injected',
  async look(look) {
    const { rendered } = look;
    const version = renderedProxyVersion(rendered);
    if (version === undefined) return { problems: [], skipped: 'Linkerd is installed by other means' };
    const pods = (await livePods(look)).filter(({ proxy }) => proxy !== undefined);
    if (pods.length === 0) return { problems: [], skipped: 'no pod has a proxy' };
    return {
      seen: version,
      unseen: pods
        .filter((pod) => versionOf(pod) === undefined)
        .map(({ id }) => ({ object: id, reason: 'neither its annotations nor the image of its proxy tell a version' })),
      problems: pods.flatMap((pod) => {
        const wanted = wantedVersion(pod, rendered) ?? version;
        const is = versionOf(pod);
        return is === undefined || is === wanted
          ? []
          : [{ object: pod.id, reason: `has a proxy of ${is}, not ${wanted}` }];
      }),
    };
  },
};

/** The version of the proxies that the injector gives; `undefined` where it is not among the objects. */
export function renderedProxyVersion({ index }: Rendered): string | undefined {
  const values = index.linkerd;
  return [text(at(values, 'proxy', 'image', 'version')), text(at(values, 'linkerdVersion'))].find(
    (version) => version !== undefined && version !== '',
  );
}

const wantedVersion = ({ annotations, namespace }: LivePod, { index }: Rendered): string | undefined =>
  annotations[WANTED_ANNOTATION] ?? index.namespaceAnnotations(namespace)[WANTED_ANNOTATION];

/** What the pod says; otherwise what stands behind the name of the proxy's image, which can be a tag with a digest. */
export const versionOf = ({ annotations, proxy }: LivePod): string | undefined =>
  annotations[VERSION_ANNOTATION] ?? /(?:^|\/)[^/:@]+:([^/]+)$/.exec(proxy?.image ?? '')?.[1];
