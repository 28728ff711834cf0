import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newAuthority, newServerCertificate } from '../lib/linkerd/identity/issue';
import { callHook, eventually, get, kubectl, refuseUsedCluster, tryKubectl } from './cluster';
import type { PlayedPod } from '../lib/cluster/verify/testing/data-plane';
import { DataPlane, FORWARDED } from '../lib/cluster/verify/testing/data-plane';
import { applyPlatform } from './platform';
import { Project } from './project';

const MINUTES = 60_000;
const HOST = 'helloworld-go.default.example.com';
const ANSWER = 'Hello Go Sample v1 now with Linkerd!';
const MESHED = ['ambassador', 'default', 'knative-serving', 'linkerd-viz'];

interface CheckSeen {
  readonly id: string;
  readonly result: 'passed' | 'warning' | 'failed' | 'skipped';
  readonly problems: readonly { readonly object: string; readonly reason: string }[];
  readonly seen?: string;
}

interface VerifyRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let project: Project;
let dataPlane: DataPlane;

/** Runs the project's own command while this process plays the data plane. */
function knitmesh(...args: string[]): Promise<VerifyRun> {
  const program = [join(project.folder, 'cli', 'start.js')];
  return new Promise((done) => {
    const child = spawn(process.execPath, [...program, ...args], { cwd: project.folder });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.on('close', (status) => {
      done({ status, ...output });
    });
  });
}

/** What verify sees, check by check. */
async function verify(...args: string[]): Promise<{ status: number | null; checks: readonly CheckSeen[] }> {
  const { status, stdout, stderr } = await knitmesh('verify', '--output', 'json', ...args);
  expect(stderr).toBe('');
  return { status, checks: (JSON.parse(stdout) as { readonly checks: readonly CheckSeen[] }).checks };
}

/** What it says of each check that fails, without the parts of names that Kubernetes makes up. */
function failuresIn(checks: readonly CheckSeen[]): Record<string, string[]> {
  const failed = checks.filter(({ result }) => result === 'failed');
  const line = ({ object, reason }: CheckSeen['problems'][number]): string =>
    `${object}: ${reason}`.replace(/(Pod [a-z-]+\/[a-z-]+?)(-[0-9a-f]{8,10})?-[a-z0-9]{5}(?=:)/, '$1-*');
  return Object.fromEntries(failed.map(({ id, problems }) => [id, problems.map(line)]));
}

/** The injector that is played says nothing of trust anchors. */
function tellTrustRoot(): void {
  const anchors = readFileSync(join(project.folder, 'certs', 'trust-anchors.pem'), 'utf8').trim();
  const sum = createHash('sha256').update(anchors).digest('hex');
  for (const namespace of MESHED) {
    kubectl(
      'annotate',
      'pods',
      '--all',
      '--overwrite',
      '--namespace',
      namespace,
      `linkerd.io/trust-root-sha256=${sum}`,
    );
  }
}

const podsOf = (namespace: string): readonly PlayedPod[] =>
  (get('pods', '--namespace', namespace) as { readonly items: readonly PlayedPod[] }).items;

beforeAll(async () => {
  refuseUsedCluster();
  project = new Project();
  await applyPlatform(project);
  await eventually(
    120,
    () => kubectl('get', 'ksvc', '--output', 'jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}'),
    (ready) => ready === 'True',
  );
  tellTrustRoot();
  const pods = MESHED.flatMap(podsOf);
  dataPlane = new DataPlane(HOST, () => pods);
  await dataPlane.start(FORWARDED);
}, 6 * MINUTES);

afterAll(() => {
  dataPlane.stop();
  project.remove();
});

beforeEach(() => {
  dataPlane.repair();
});

test(
  'all is as it should be',
  async () => {
    const { status, stdout, stderr } = await knitmesh('verify', '--expect', ANSWER, '--timeout', '1m');
    console.log(stdout);
    // Nothing measures CPU on nodes that run nothing.
    expect(stdout.match(/^[×‼].*/gm)).toEqual(['‼ every HorizontalPodAutoscaler has metrics to scale by']);
    expect(stdout).toContain(`(200 "${ANSWER}" in `);
    expect(stdout).toContain('(5 connections of 7 seen, all mTLS)');
    expect(stderr.replace(/^waiting: .*\n/gm, '')).toBe('');
    expect(status).toBe(0);
  },
  4 * MINUTES,
);

test(
  'proxies that refuse the API server are asked by a port-forward, and the loop of requests is reported',
  async () => {
    dataPlane.faults.metricsRefused = true;
    const { status, checks } = await verify('--traffic', '7s');
    expect(failuresIn(checks)).toEqual({});
    expect(checks.find(({ id }) => id === 'traffic')?.seen).toMatch(
      /^100\.0 % of 3 requests, p50 \d+ ms, p95 \d+ ms, max \d+ ms$/,
    );
    expect(status).toBe(0);
  },
  2 * MINUTES,
);

test(
  'requests that go wrong, and connections that are not mTLS',
  async () => {
    const { faults } = dataPlane;
    faults.answer = { status: 200, body: 'Hello World!' };
    faults.clusterLocalServed = true;
    faults.revisionObeyed = true;
    faults.administrationServed = true;
    faults.plainPorts.add(8012);
    faults.silentPorts.add(9090);
    const { status, checks } = await verify('--expect', ANSWER);
    const local = (name: string): string => `${name}: is answered from outside: 200 "Hello World!"`;
    const path = (name: string): string =>
      `http://knitmesh-verify-nobody.default.example.com/ambassador/v0/${name}: is answered: 200 "diagnostics"`;
    const plain = 'is not mTLS: not_provided_by_service_discovery';
    const service = 'Knative Service default/helloworld-go';
    expect(failuresIn(checks)).toEqual({
      requests: [`http://${HOST}: answers 200 "Hello World!", not "${ANSWER}"`],
      'cluster-local': [
        'helloworld-go.default.svc.cluster.local',
        'helloworld-go.default.svc',
        'helloworld-go.default',
      ].map(local),
      'spoofed-revision': [
        `http://${HOST}: obeys a client's headers: it answers 404 "not found", and 200 "Hello World!" without them`,
      ],
      administration: ['diag/', 'check_alive', 'check_ready'].map(path),
      connections: [
        `Deployment ambassador/ambassador → Deployment knative-serving/activator, requests on port 8012: ${plain}`,
        `Deployment knative-serving/activator → ${service}, requests on port 8012: ${plain}`,
        `Deployment knative-serving/autoscaler → ${service}, load of queue-proxy on port 9090: is not seen by any proxy`,
      ],
    });
    expect(status).toBe(1);
  },
  2 * MINUTES,
);

test(
  'status, before and after something is behind Git',
  async () => {
    const { stdout, status } = await knitmesh('status');
    console.log(stdout);
    expect(status).toBe(0);
    expect(stdout).toContain('√ all 190 objects are as in Git\n');
    expect(stdout).toMatch(/^ambassador +4\.1\.0 +4\.1\.0 +3\/3 +3\/3$/m);
    expect(stdout).toMatch(/^knative services +1 +1 Ready /m);

    kubectl('delete', '--namespace=ambassador', 'poddisruptionbudget', 'ambassador');
    kubectl(
      'set',
      'image',
      '--namespace=ambassador',
      'deployment/ambassador',
      '*=ghcr.io/emissary-ingress/emissary:4.0.0',
    );
    const behind = await knitmesh('status');
    expect(behind.stdout).toMatch(/^ambassador +4\.1\.0 +4\.0\.0 /m);
    expect(behind.stdout).toContain(
      '× 2 objects of 190 behind Git: Deployment ambassador/ambassador, PodDisruptionBudget ambassador/ambassador (missing)\n',
    );
    kubectl('apply', '--filename', project.file('50-ambassador'));
    kubectl('rollout', 'status', '--namespace=ambassador', 'deployment/ambassador', '--timeout=60s');
    tellTrustRoot();
  },
  4 * MINUTES,
);

test(
  'a platform on which everything else is broken',
  async () => {
    const pod = (namespace: string, selector: string): string =>
      kubectl('get', 'pods', '--namespace', namespace, '--selector', selector, '--output=name').split('\n', 1)[0] ?? '';
    const change = (namespace: string, name: string, annotation: string): string =>
      kubectl('annotate', '--overwrite', '--namespace', namespace, name, annotation);

    // Born outside of the mesh, where it is no longer meant to be.
    const stray = {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name: 'stray', annotations: { 'linkerd.io/inject': 'disabled' } },
    };
    create({ ...stray, spec: { containers: [{ name: 'stray', image: 'registry.example.com/stray:1' }] } }, 'default');
    change('default', 'pod/stray', 'linkerd.io/inject-');
    change('knative-serving', pod('knative-serving', 'app=autoscaler'), 'linkerd.io/proxy-version=edge-1.2.3');
    change('knative-serving', pod('knative-serving', 'app=controller'), 'linkerd.io/trust-root-sha256=0');
    change('knative-serving', pod('knative-serving', 'app=webhook'), 'viz.linkerd.io/tap-enabled=false');
    const activator = pod('knative-serving', 'app=activator');
    const status = { conditions: [{ type: 'Ready', status: 'False' }] };
    kubectl(
      'patch',
      '--namespace=knative-serving',
      activator,
      '--subresource=status',
      '--patch',
      JSON.stringify({ status }),
    );
    kubectl('scale', '--namespace=linkerd-viz', 'deployment/web', '--replicas=0');
    kubectl('delete', 'mutatingwebhookconfiguration', closedWebhook());

    const hour = 60 * 60 * 1000;
    const long = { from: new Date(Date.now() - 48 * hour), to: new Date(Date.now() + 10_000 * hour) };
    const foreign = await newAuthority('identity.linkerd.cluster.local', long, 0);
    const past = { from: long.from, to: new Date(Date.now() - 24 * hour) };
    const expired = await newServerCertificate('tap.linkerd-viz.svc', past, foreign);
    replaceCertificate('linkerd', 'linkerd-identity-issuer', foreign.certificate);
    replaceCertificate('linkerd-viz', 'tap-k8s-tls', expired.certificate);
    const image = [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.invalid/none:1' }];
    kubectl('patch', 'ksvc', 'helloworld-go', '--type=json', '--patch', JSON.stringify(image));
    await eventually(
      60,
      () => kubectl('get', 'ksvc', '--output', 'jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}'),
      (ready) => ready === 'False',
    );
    callHook('without-injector');

    const run = await verify();
    const without = (name: string): string => `a new pod of ${name}: would start without a proxy`;
    const open = 'Ignore lets pods of ambassador, default, knative-serving, linkerd-viz start without a proxy';
    expect(failuresIn(run.checks)).toEqual({
      workloads: [
        'Deployment linkerd-viz/web: is scaled to 0',
        'Deployment knative-serving/activator: 0 of 1 pods are available',
      ],
      services: [
        'Service linkerd-viz/web: has no endpoint that is ready',
        'Service knative-serving/activator-service: has no endpoint that is ready',
      ],
      injector: MESHED.map(without),
      'injector-fails-closed': [
        'MutatingWebhookConfiguration linkerd-proxy-injector-meshed-namespaces: is not in the cluster',
        expect.stringContaining(open),
      ],
      proxies: ['Pod default/stray: has no linkerd-proxy, neither as a container nor as an init container'],
      'pods-ready': ['Pod knative-serving/activator-*: is not Ready: 2/2'],
      'proxy-version': ['Pod knative-serving/autoscaler-*: has a proxy of edge-1.2.3, not edge-26.8.3'],
      'trust-root': ['Pod knative-serving/controller-*: was given other trust anchors'],
      tappable: [
        'Pod knative-serving/webhook-*: has no annotation viz.linkerd.io/tap-enabled: "true", so viz does not tap it',
      ],
      certificates: [
        'Secret linkerd/linkerd-identity-issuer: identity.linkerd.cluster.local is signed by none of the trust anchors that are rendered',
        expect.stringMatching(/^Secret linkerd-viz\/tap-k8s-tls: tap\.linkerd-viz\.svc expired on \d{4}-\d\d-\d\d$/),
      ],
      'knative-services': [
        expect.stringMatching(
          /^Knative Service default\/helloworld-go: is not Ready: RevisionFailed: .*registry\.invalid/,
        ),
      ],
    });
    expect(run.checks.find(({ id }) => id === 'requests')).toMatchObject({
      result: 'skipped',
      unseen: [{ object: 'Knative Service default/helloworld-go', reason: 'it is not asked before it is Ready' }],
    });
    expect(run.status).toBe(1);
  },
  4 * MINUTES,
);

function create(manifest: object, namespace: string): void {
  const { done, output } = tryKubectl(
    ['create', '--namespace', namespace, '--filename', '-'],
    JSON.stringify(manifest),
  );
  if (!done) throw new Error(output);
}

/** The webhook configuration with which the injector fails closed: the one whose webhooks do so. */
function closedWebhook(): string {
  const { items } = get('mutatingwebhookconfigurations') as {
    readonly items: readonly {
      readonly metadata: { readonly name: string };
      readonly webhooks?: readonly {
        readonly failurePolicy: string;
        readonly clientConfig: { readonly service?: { readonly name: string } };
      }[];
    }[];
  };
  const closed = items.find(({ webhooks = [] }) =>
    webhooks.some(
      ({ failurePolicy, clientConfig }) =>
        failurePolicy === 'Fail' && clientConfig.service?.name === 'linkerd-proxy-injector',
    ),
  );
  return closed?.metadata.name ?? '';
}

function replaceCertificate(namespace: string, secret: string, pem: string): void {
  const data = { 'tls.crt': Buffer.from(pem).toString('base64') };
  kubectl('patch', 'secret', secret, '--namespace', namespace, '--patch', JSON.stringify({ data }));
}
