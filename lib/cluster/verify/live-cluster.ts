import type { Kubectl } from '../../kubectl/kubectl';
import { asInput } from '../../kubectl/kubectl';
import type { ServiceAddress } from '../../model/networking-layer';
import type { Manifest, PlatformObject } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import type { LivePod } from './live-pod';
import { livePodOf } from './live-pod';
import { PortForward } from './port-forward';
import type { Rendered } from './rendered';

/** What is in a cluster, each thing asked for once however many checks want it. */
export class LiveCluster {
  private readonly asked = new Map<string, Promise<unknown>>();
  private readonly forwards = new Map<string, Promise<PortForward>>();

  constructor(
    readonly kubectl: Kubectl,
    private readonly rendered: Rendered,
  ) {}

  /** Asks once for what has a name of its own here. */
  once<T>(name: string, ask: () => Promise<T>): Promise<T> {
    const earlier = this.asked.get(name) as Promise<T> | undefined;
    if (earlier !== undefined) return earlier;
    const answer = ask();
    this.asked.set(name, answer);
    return answer;
  }

  /** The pods of the platform's namespaces that run or are to run. */
  pods(): Promise<LivePod[]> {
    return this.once('pods', () => this.podsNow());
  }

  /** Those of this moment: a request may have started some. */
  async podsNow(): Promise<LivePod[]> {
    return (await this.everywhere('pods')).flatMap((pod) => livePodOf(pod) ?? []);
  }

  /** All of a kind in the platform's namespaces. */
  async everywhere(kind: string): Promise<Manifest[]> {
    const { only, namespaces } = this.rendered;
    const where = only.length === 0 ? ['--all-namespaces'] : only.map((namespace) => `--namespace=${namespace}`);
    const found = await Promise.all(where.map((flag) => this.kubectl.objects(['get', kind, flag])));
    return found.flat().filter(({ metadata }) => namespaces.includes(metadata.namespace ?? ''));
  }

  /** The Knative Services. */
  knativeServices(): Promise<Manifest[]> {
    return this.once('knative services', () => this.everywhere('services.serving.knative.dev'));
  }

  /** Rendered objects as they are in the cluster, by their keys; those that are not there are left out. They are of Kubernetes' own kinds. */
  async find(objects: readonly PlatformObject[]): Promise<Map<string, Manifest>> {
    if (objects.length === 0) return new Map();
    const found = await this.kubectl.objects(['get', '--ignore-not-found', '--filename=-'], {
      input: asInput(objects.map(({ manifest }) => manifest)),
    });
    return new Map(found.map((manifest) => [objectKey(manifest), manifest]));
  }

  /** A way to a Service or a pod of the cluster, opened anew where the pod that it led to is gone. All are closed with the cluster. */
  forward({ namespace, name, port }: ServiceAddress, kind: 'service' | 'pod' = 'service'): Promise<PortForward> {
    const target = `${kind}/${name}`;
    const key = `${namespace} ${target} ${port}`;
    const open = (): Promise<PortForward> => PortForward.open(this.kubectl, { namespace, target, port });
    // Whoever comes while it is opened, or opened anew, waits for the same.
    const forward = (this.forwards.get(key) ?? open()).then((one) => (one.isOpen ? one : open()));
    this.forwards.set(key, forward);
    // The next to come tries again.
    forward.catch(() => this.forwards.delete(key));
    return forward;
  }

  /** Ends what goes on. */
  async close(): Promise<void> {
    for (const opened of await Promise.allSettled(this.forwards.values())) {
      if (opened.status === 'fulfilled') opened.value.close();
    }
  }
}
