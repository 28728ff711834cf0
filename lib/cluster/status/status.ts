import { certificatesIn, subjectOf } from '../../model/certificates';
import { at, list, text } from '../../objects/json';
import { isMeshed } from '../../model/mesh';
import type { Workload } from '../../model/connections/workload';
import type { Kubectl } from '../../kubectl/kubectl';
import type { Manifest } from '../../objects/manifest';
import { describeObject, objectKey } from '../../objects/manifest';
import { LiveCluster } from '../verify/live-cluster';
import { podsOf } from '../verify/live-pod';
import type { LivePod } from '../verify/live-pod';
import type { Rendered } from '../verify/rendered';
import { neededSecrets, secretCertificates } from '../verify/secret-certificates';
import type { LiveService } from '../verify/served';
import { liveServices } from '../verify/served';

/** A component as the platform has it. */
export interface RenderedComponent {
  readonly name: string;
  readonly version: string | undefined;
}

/** A component as it is in a cluster. */
export interface ComponentStatus {
  readonly name: string;

  /** `undefined` for one that is installed by other means. */
  readonly rendered: string | undefined;

  /** Of what runs: more than one in the middle of an upgrade, none before it is applied. */
  readonly running: readonly string[];
  readonly pods: PodCount;
}

export interface PodCount {
  readonly all: number;
  readonly ready: number;

  /** Those that have a proxy, of those that should. */
  readonly meshed: number;
  readonly toBeMeshed: number;
}

/** A certificate, of the cluster or of what is rendered. */
export interface CertificateStatus {
  readonly name: string;
  readonly where: string;
  readonly expires: Date;

  /** Whole days until then; below zero if it has expired. */
  readonly days: number;
}

export interface Status {
  readonly components: readonly ComponentStatus[];
  readonly services: {
    readonly all: number;
    readonly ready: number;
    readonly unready: readonly { readonly service: string; readonly reason: string }[];
    readonly pods: PodCount;
  };

  /** How many objects are rendered. */
  readonly objects: number;
  readonly certificates: readonly CertificateStatus[];
}

/**
 * What of a platform is up in a cluster.
 *
 * @throws Error if kubectl is not there, or the cluster cannot be reached
 */
export async function statusOf(
  rendered: Rendered,
  components: readonly RenderedComponent[],
  kubectl: Kubectl,
  now: Date,
): Promise<Status> {
  await kubectl.print(['version', '--output=json']);
  const live = new LiveCluster(kubectl, rendered);
  const workloads = rendered.ofKinds('apps', ['Deployment', 'StatefulSet', 'DaemonSet']);
  const [pods, found, services, certificates] = await Promise.all([
    live.pods(),
    live.find(workloads),
    liveServices({ rendered, live }).catch((error: unknown) => unknownServices(rendered, error)),
    certificatesOf(rendered, kubectl, now),
  ]);
  const of = (test: (workload: Workload) => boolean): PodCount =>
    countOf(
      rendered.workloads.filter(test).flatMap((workload) => podsOf(workload, pods)),
      rendered,
    );
  return {
    components: components.map(({ name, version }) => ({
      name,
      rendered: version,
      running: runningVersions(
        workloads.filter(({ phase }) => componentOf(phase) === name).map(({ manifest }) => manifest),
        found,
        version,
      ),
      pods: of(({ knative, object }) => !knative && componentOf(object.phase) === name),
    })),
    services: {
      all: rendered.knativeServices.length,
      ready: services.filter(({ unready }) => unready === undefined).length,
      unready: services.flatMap(({ id, unready }) => (unready === undefined ? [] : [{ service: id, reason: unready }])),
      pods: of(({ knative }) => knative),
    },
    objects: rendered.objects.length,
    certificates,
  };
}

/** Before Serving is applied there is no such kind. */
const unknownServices = (rendered: Rendered, error: unknown): Pick<LiveService, 'id' | 'unready'>[] =>
  rendered.knativeServices.map(({ manifest: { metadata } }) => ({
    id: `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`,
    unready: error instanceof Error ? error.message : String(error),
  }));

/** `45-knative-serving.2` is a file of the component knative-serving. */
const componentOf = (phase: string): string => phase.replace(/^\d+-/, '').replace(/\.[^.]*$/, '');

function countOf(pods: readonly LivePod[], rendered: Rendered): PodCount {
  const meant = pods.filter((pod) => isMeshed(pod, rendered.index));
  return {
    all: pods.length,
    ready: pods.filter(({ isReady }) => isReady).length,
    meshed: meant.filter(({ proxy }) => proxy !== undefined).length,
    toBeMeshed: meant.length,
  };
}

/** The versions of those workloads in the cluster that carry the component's version as it is rendered, each once. */
function runningVersions(
  manifests: readonly Manifest[],
  found: ReadonlyMap<string, Manifest>,
  version: string | undefined,
): string[] {
  const telling = manifests.filter((manifest) => version === undefined || versionOf(manifest) === version);
  const versions = telling.flatMap((manifest) => {
    const one = found.get(objectKey(manifest));
    return one === undefined ? [] : [versionOf(one) ?? 'unknown'];
  });
  return [...new Set(versions)].sort();
}

const VERSION_LABEL = 'app.kubernetes.io/version';

/** What its label says, otherwise the tag of its first image. */
function versionOf({ metadata, spec }: Manifest): string | undefined {
  return text(at(metadata.labels, VERSION_LABEL)) ?? tagOf(spec);
}

function tagOf(spec: unknown): string | undefined {
  const containers = at(spec, 'template', 'spec', 'containers');
  return /:([^:/@]+)(?:@|$)/.exec(text(at(list(containers)[0], 'image')) ?? '')?.[1];
}

const DAY = 24 * 60 * 60 * 1000;

/** Those that the cluster's Secrets hold, and those that are rendered, each once, the first to expire first. */
async function certificatesOf(rendered: Rendered, kubectl: Kubectl, now: Date): Promise<CertificateStatus[]> {
  const { certificates } = await secretCertificates(kubectl, neededSecrets(rendered.objects));
  const all = new Map(
    [
      ...rendered.objects
        .flatMap(certificatesIn)
        .map(({ object, certificate }) => ({ where: describeObject(object.manifest), certificate })),
      ...certificates.map(({ object, certificate }) => ({ where: object, certificate })),
    ].map((one) => [one.certificate.fingerprint256, one]),
  );
  return [...all.values()]
    .map(({ where, certificate }) => {
      const expires = new Date(certificate.validTo);
      const days = Math.floor((expires.getTime() - now.getTime()) / DAY);
      return { name: subjectOf(certificate), where, expires, days };
    })
    .sort((a, b) => a.expires.getTime() - b.expires.getTime());
}
