import { at, list, mapping, text } from '../objects/json';
import type { Kubectl, KubectlOptions } from '../kubectl/kubectl';
import type { Manifest } from '../objects/manifest';
import { describeObject, objectKey } from '../objects/manifest';
import { kindOf } from './kinds';
import { liveObjects } from './live';
import { podProblems, warningsAbout } from './pods';
import { isWaitedFor, unready } from './readiness';
import type { FailingClosed } from './webhooks';
import { asksInVain, failingClosed, objectFor, webhookServices } from './webhooks';

/** Something that a phase waits for, and why. */
export interface Waiting {
  /** `Deployment linkerd/linkerd-identity`, `webhook pods.linkerd-proxy-injector.linkerd.io` */
  readonly what: string;
  readonly why: string;
}

/** What of a phase is not ready: one look. It keeps in mind what was ready before, and looks at the rest. */
export class PhaseReadiness {
  private readonly pending: Map<string, Manifest>;
  private readonly services: Map<string, { namespace: string; name: string }>;
  private readonly webhooks: Map<string, { webhook: FailingClosed; object: Manifest }>;

  /**
   * @param manifests those of the phase
   * @param platform those of all phases: webhooks are asked about them
   */
  constructor(
    private readonly kubectl: Kubectl,
    manifests: readonly Manifest[],
    platform: readonly Manifest[],
  ) {
    this.pending = new Map(manifests.filter(isWaitedFor).map((manifest) => [objectKey(manifest), manifest]));
    this.services = new Map(
      webhookServices(manifests).map((service) => [`${service.namespace}/${service.name}`, service]),
    );
    this.webhooks = new Map(
      failingClosed(manifests).flatMap((webhook) => {
        const object = objectFor(webhook, platform);
        return object === undefined ? [] : [[webhook.name, { webhook, object }] as const];
      }),
    );
  }

  /** @throws KubectlRefusal if the cluster cannot be asked */
  async look(options: KubectlOptions = {}): Promise<Waiting[]> {
    const waiting = [...(await this.objects(options)), ...(await this.endpoints(options))];
    // Asking takes a dry run each: there is no sense in it before there is somebody to answer.
    return waiting.length > 0 ? waiting : this.answers(options);
  }

  private async objects(options: KubectlOptions): Promise<Waiting[]> {
    const wanted = [...this.pending.values()];
    const live = wanted.length === 0 ? new Map<string, Manifest>() : await liveObjects(this.kubectl, wanted, options);
    const waiting: Waiting[] = [];
    for (const [key, manifest] of this.pending) {
      const found = live.get(key);
      const why = found === undefined ? 'is not there' : unready(found);
      if (why === undefined) this.pending.delete(key);
      else waiting.push({ what: describeObject(manifest), why });
    }
    return waiting;
  }

  private async endpoints(options: KubectlOptions): Promise<Waiting[]> {
    const waiting: Waiting[] = [];
    for (const [key, { namespace, name }] of this.services) {
      const selector = `kubernetes.io/service-name=${name}`;
      const args = ['get', 'endpointslices', '--namespace', namespace, '--selector', selector];
      const slices = await this.kubectl.objects(args, options);
      if (slices.some(hasReadyEndpoint)) this.services.delete(key);
      else waiting.push({ what: `Service ${key}`, why: 'has no ready endpoints, and webhooks are behind it' });
    }
    return waiting;
  }

  private async answers(options: KubectlOptions): Promise<Waiting[]> {
    const waiting: Waiting[] = [];
    for (const [key, { webhook, object }] of this.webhooks) {
      const why = await asksInVain(this.kubectl, webhook, object, options);
      if (why === undefined) this.webhooks.delete(key);
      else waiting.push({ what: `webhook ${key}`, why });
    }
    return waiting;
  }

  /** Why the phase's pods are not ready, and what events say of them: for whoever has waited in vain. */
  async reasons(options: KubectlOptions = {}): Promise<string[]> {
    const workloads = [...this.pending.values()].filter(({ apiVersion, kind }) =>
      /^(apps\/(Deployment|StatefulSet|DaemonSet)|serving\.knative\.dev\/Service)$/.test(kindOf({ apiVersion, kind })),
    );
    const found: string[] = [];
    for (const namespace of new Set(workloads.map(({ metadata }) => metadata.namespace ?? 'default'))) {
      const own = workloads.filter(({ metadata }) => (metadata.namespace ?? 'default') === namespace);
      const pods = await this.kubectl.objects(['get', 'pods', '--namespace', namespace], options);
      const events = await this.kubectl.objects(['get', 'events', '--namespace', namespace], options);
      const ownPods = pods.filter((pod) => own.some((workload) => isPodOf(pod, workload)));
      found.push(...podProblems(ownPods).slice(0, MOST_LINES));
      found.push(
        ...warningsAbout(
          events,
          own.map(({ metadata }) => metadata.name ?? ''),
        ),
      );
    }
    return [...new Set(found)];
  }
}

const MOST_LINES = 5;

function hasReadyEndpoint(slice: Manifest): boolean {
  return list(slice.endpoints).some((endpoint) => at(endpoint, 'conditions', 'ready') !== false);
}

function isPodOf({ metadata }: Manifest, workload: Manifest): boolean {
  const wanted =
    kindOf(workload) === 'serving.knative.dev/Service'
      ? { 'serving.knative.dev/service': workload.metadata.name }
      : mapping(at(workload.spec, 'selector', 'matchLabels'));
  const labels = mapping(metadata.labels);
  return Object.entries(wanted).every(([key, value]) => text(labels[key]) === value);
}
