import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { workloadsOf } from '../../../model/connections/workload';
import type { Workload } from '../../../model/connections/workload';
import type { KubectlOptions, KubectlRun } from '../../../kubectl/kubectl';
import { Kubectl } from '../../../kubectl/kubectl';
import type { Json, Manifest, PlatformObject } from '../../../objects/manifest';
import { objectKey } from '../../../objects/manifest';
import { TAP_VARIABLE } from '../../../objects/proxy-env';
import { DataPlane } from './data-plane';

const ROOT = resolve(__dirname, '..', '..', '..', '..');

type Metadata = Manifest['metadata'];

/** A pod that is alive, as far as anyone asks. */
export interface FakePod extends Manifest {
  metadata: Metadata & {
    name: string;
    namespace: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  spec: {
    serviceAccountName?: string;
    initContainers: Record<string, Json>[];
    containers: Record<string, Json>[];
    [key: string]: Json;
  };
  status: { podIP: string; conditions: Record<string, Json>[]; [key: string]: Json };
}

interface PodSpec {
  readonly initContainers?: Record<string, Json>[];
  readonly containers: Record<string, Json>[];
}

/** The Secrets that pods mount, with the file of `certs/` that is the certificate in each. */
const SECRETS = [
  ['linkerd', 'linkerd-identity-issuer', 'issuer'],
  ['linkerd', 'linkerd-proxy-injector-k8s-tls', 'linkerd-proxy-injector'],
  ['linkerd', 'linkerd-sp-validator-k8s-tls', 'linkerd-sp-validator'],
  ['linkerd', 'linkerd-policy-validator-k8s-tls', 'linkerd-policy-validator'],
  ['linkerd-viz', 'tap-k8s-tls', 'tap'],
  ['linkerd-viz', 'tap-injector-k8s-tls', 'tap-injector'],
] as const;

/** Plays a cluster on which the walk-through runs, as kubectl tells of it. Tests break it. */
export class FakeCluster extends Kubectl {
  version = 'v1.34.4';
  readonly live: Manifest[];
  readonly pods: FakePod[];

  /** In PEM, by `namespace/name`. */
  readonly certificates = new Map<string, string>(
    SECRETS.map(([namespace, name, file]) => [
      `${namespace}/${name}`,
      readFileSync(join(ROOT, 'certs', `${file}.pem`), 'utf8'),
    ]),
  );

  /** What the injector does. */
  injector: 'meshes' | 'leaves' | 'is down' = 'meshes';
  readonly dataPlane: DataPlane;

  /** All that kubectl was asked. */
  readonly asked: string[] = [];

  constructor(
    objects: readonly PlatformObject[],
    private readonly trustRoot: string,
  ) {
    super();
    const workloads = workloadsOf(objects);
    this.pods = workloads
      .filter(({ kind }) => kind !== 'CronJob')
      .map((workload, index) => this.podOf(workload, index));
    this.live = objects.map(({ manifest }) => liveObject(structuredClone(manifest)));
    this.dataPlane = new DataPlane('helloworld-go.default.example.com', () => this.pods);
  }

  /** The object of a kind and a name. */
  object(kind: string, name: string): Manifest {
    const found = this.live.find((one) => one.kind === kind && one.metadata.name === name);
    if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
    return found;
  }

  remove(kind: string, name: string): void {
    this.live.splice(this.live.indexOf(this.object(kind, name)), 1);
  }

  /** The pod whose name begins so. */
  pod(name: string): FakePod {
    const found = this.pods.find(({ metadata }) => metadata.name.startsWith(name));
    if (found === undefined) throw new Error(`there is no pod ${name}`);
    return found;
  }

  override run(args: readonly string[], { input = '', onText }: KubectlOptions = {}): Promise<KubectlRun> {
    this.asked.push(args.join(' '));
    const { stdout, ...rest } = this.answer(args, input);
    onText?.(stdout);
    return Promise.resolve({ ...rest, stdout: onText === undefined ? stdout : '' });
  }

  /** Port-forwards lead to what plays the pods. */
  override start(args: readonly string[], signal?: AbortSignal): ChildProcess {
    const { layer, admin } = this.dataPlane.ports;
    const port = args.includes(':4191') ? admin : layer;
    const program = `console.log('Forwarding from 127.0.0.1:${port} -> 8080'); setInterval(() => undefined, 1000)`;
    return spawn(process.execPath, ['-e', program], { ...(signal && { signal }) });
  }

  private answer(args: readonly string[], input: string): KubectlRun {
    const [verb, kind] = args;
    if (verb === 'version')
      return printed({
        serverVersion: { major: '1', minor: this.version.split('.')[1] ?? '', gitVersion: this.version },
      });
    if (verb === 'create') return this.createPod(input);
    if (verb === 'api-resources') return { status: 0, stdout: this.kinds(), stderr: '' };
    if (verb === 'apply')
      return list((JSON.parse(input) as { items: Manifest[] }).items.map((one) => this.applied(one)));
    const raw = /^--raw=.*\/pods\/(.*):4191\/proxy\/metrics$/.exec(kind ?? '')?.[1];
    if (raw !== undefined && this.dataPlane.faults.metricsRefused) return refused('the server does not allow it');
    if (raw !== undefined) return { status: 0, stdout: this.dataPlane.metricsOf([this.pod(raw)]), stderr: '' };
    if (kind === 'secrets') return { status: 0, stdout: this.secretsOf(args), stderr: '' };
    if (args.includes('--filename=-')) {
      const wanted = (JSON.parse(input) as { items: Manifest[] }).items.map(objectKey);
      return list(this.live.filter((one) => wanted.includes(objectKey(one))));
    }
    const namespace = args.find((arg) => arg.startsWith('--namespace='))?.slice('--namespace='.length);
    const found =
      kind === 'pods' ? this.pods : this.live.filter((one) => KINDS[kind ?? ''] === `${one.apiVersion} ${one.kind}`);
    const slices = kind === 'endpointslices.discovery.k8s.io' ? this.slices() : found;
    return list(slices.filter((one) => namespace === undefined || one.metadata.namespace === namespace));
  }

  private kinds(): string {
    return this.live.map(({ apiVersion, kind }) => `names ${apiVersion} true ${kind}\n`).join('');
  }

  /** What a dry run makes of an object: as it is given, with what its controllers have written. */
  private applied(given: Manifest): Manifest {
    const one = this.live.find((other) => objectKey(other) === objectKey(given));
    return { ...given, ...(one?.status !== undefined && { status: one.status }) };
  }

  private createPod(input: string): KubectlRun {
    const pod = JSON.parse(input) as FakePod;
    if (this.injector === 'is down') {
      return refused('Internal error occurred: failed calling webhook "linkerd-proxy-injector.linkerd.io"');
    }
    return printed(this.injector === 'leaves' ? pod : { ...pod, spec: { ...pod.spec, initContainers: [PROXY] } });
  }

  private secretsOf(args: readonly string[]): string {
    const namespace = args.find((arg) => arg.startsWith('--namespace='))?.slice('--namespace='.length) ?? '';
    return args
      .flatMap((name) => {
        const pem = this.certificates.get(`${namespace}/${name}`);
        return pem === undefined ? [] : [`${name}   ${Buffer.from(pem).toString('base64')}\n`];
      })
      .join('');
  }

  /** A slice for each Service, with an endpoint for each of its pods. */
  private slices(): Manifest[] {
    return this.live
      .filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')
      .map(({ metadata, spec }) => {
        const selector = Object.entries((spec as { selector?: Record<string, string> }).selector ?? {});
        const pods = this.pods.filter(
          (pod) =>
            pod.metadata.namespace === metadata.namespace &&
            selector.every(([key, value]) => pod.metadata.labels[key] === value),
        );
        return {
          apiVersion: 'discovery.k8s.io/v1',
          kind: 'EndpointSlice',
          metadata: {
            name: `${metadata.name ?? ''}-x`,
            namespace: metadata.namespace ?? '',
            labels: { 'kubernetes.io/service-name': metadata.name ?? '' },
          },
          endpoints: pods.map(({ status }) => ({
            addresses: [status.podIP],
            conditions: { ready: status.conditions.some((one) => one.type === 'Ready' && one.status === 'True') },
          })),
        };
      });
  }

  private podOf(
    { name, namespace, knative, labels, annotations, serviceAccount, object }: Workload,
    index: number,
  ): FakePod {
    const template = (object.manifest.spec as unknown as { template: { spec: PodSpec } }).template.spec;
    const ownProxy = [...(template.initContainers ?? []), ...template.containers].some(
      (one) => one.name === PROXY.name,
    );
    const initContainers = [...(ownProxy ? [] : [PROXY]), ...(template.initContainers ?? [])];
    const running = [
      ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always'),
      ...template.containers,
    ];
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${name}-${TEMPLATE_HASH}-${String(index).padStart(5, '0')}`,
        namespace,
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: {
          ...labels,
          'pod-template-hash': TEMPLATE_HASH,
          ...(knative && { 'serving.knative.dev/service': name }),
        },
        annotations: {
          ...annotations,
          'linkerd.io/proxy-version': 'edge-26.8.3',
          'linkerd.io/trust-root-sha256': this.trustRoot,
        },
        ownerReferences: [{ kind: 'ReplicaSet' }],
      },
      spec: { serviceAccountName: serviceAccount, initContainers, containers: template.containers },
      status: {
        phase: 'Running',
        podIP: `10.244.0.${index + 1}`,
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: running.map((one) => ({ name: one.name ?? '', ready: true, restartCount: 0, state: {} })),
      },
    };
  }
}

const TEMPLATE_HASH = '5d4f8c7b9';

const PROXY = {
  name: 'linkerd-proxy',
  image: 'cr.l5d.io/linkerd/proxy:edge-26.8.3',
  restartPolicy: 'Always',
  env: [{ name: TAP_VARIABLE, value: 'tap' }],
};

const KINDS: Readonly<Record<string, string>> = {
  'services.serving.knative.dev': 'serving.knative.dev/v1 Service',
};

/** An object with the status that its controller gives it. */
function liveObject(manifest: Manifest): Manifest {
  const metadata = { ...manifest.metadata, generation: 1 };
  return { ...manifest, metadata, ...STATUS[manifest.kind]?.(manifest) };
}

const STATUS: Readonly<Record<string, (manifest: Manifest) => { status: Json } | undefined>> = {
  Deployment: ({ spec }) => {
    const replicas = (spec as { replicas?: number }).replicas ?? 1;
    return { status: { observedGeneration: 1, replicas, updatedReplicas: replicas, availableReplicas: replicas } };
  },
  HorizontalPodAutoscaler: () => ({ status: { conditions: [{ type: 'ScalingActive', status: 'True' }] } }),
  Service: ({ apiVersion, metadata }) =>
    apiVersion === 'v1'
      ? undefined
      : {
          status: {
            observedGeneration: 1,
            url: `http://${metadata.name ?? ''}.${metadata.namespace ?? ''}.example.com`,
            conditions: [{ type: 'Ready', status: 'True' }],
          },
        },
};

const printed = (value: unknown): KubectlRun => ({ status: 0, stdout: JSON.stringify(value), stderr: '' });
const list = (items: readonly unknown[]): KubectlRun => printed({ kind: 'List', items });
const refused = (why: string): KubectlRun => ({
  status: 1,
  stdout: '',
  stderr: `Error from server (InternalError): ${why}\n`,
});
