import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, get, kubectl } from './cluster';
import type { PlayedPod } from './data-plane';
import { DataPlane } from './data-plane';
import { applyPlatform } from './platform';
import { Project } from './project';

const MINUTES = 60_000;
const ANSWER = 'Hello Go Sample v1 now with Linkerd!';
const MESHED = ['ambassador', 'default', 'knative-serving', 'linkerd-viz'];

/** What the proxies of a cluster with traffic have seen. */
const AMBASSADOR = { 'app.kubernetes.io/name': 'ambassador' };
const ACTIVATOR = { app: 'activator' };
const AUTOSCALER = { app: 'autoscaler' };
const SERVICE = { 'serving.knative.dev/service': 'helloworld-go' };
const CONNECTIONS = [
  { from: AMBASSADOR, to: ACTIVATOR, port: 8012 },
  { from: ACTIVATOR, to: SERVICE, port: 8012 },
  { from: ACTIVATOR, to: AUTOSCALER, port: 8080 },
  { from: AUTOSCALER, to: SERVICE, port: 9090 },
  { from: { component: 'web' }, to: { component: 'metrics-api' }, port: 8085 },
];

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
  const program = [require.resolve('tsx/cli'), join(project.folder, 'cli', 'knitmesh.ts')];
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

/** What verify finds wrong: of each check that fails, what it says. */
async function failures(...args: string[]): Promise<Record<string, string[]>> {
  const { status, stdout, stderr } = await knitmesh('verify', '--output', 'json', ...args);
  expect(stderr).toBe('');
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly CheckSeen[] };
  const failed = checks.filter(({ result }) => result === 'failed');
  expect(status).toBe(failed.length > 0 ? 1 : 0);
  return Object.fromEntries(
    failed.map(({ id, problems }) => [id, problems.map(({ object, reason }) => `${object}: ${reason}`)]),
  );
}

const podsOf = (namespace: string): readonly PlayedPod[] =>
  (get('pods', '--namespace', namespace) as { readonly items: readonly PlayedPod[] }).items;

beforeAll(async () => {
  project = new Project();
  await applyPlatform(project);
  await eventually(
    120,
    () => kubectl('get', 'ksvc', '--output', 'jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}'),
    (ready) => ready === 'True',
  );
  // The injector that is played says nothing of trust anchors.
  const anchors = readFileSync(join(project.folder, 'certs', 'trust-anchors.pem'), 'utf8').trim();
  const sum = createHash('sha256').update(anchors).digest('hex');
  for (const namespace of MESHED) {
    kubectl('annotate', 'pods', '--all', '--namespace', namespace, `linkerd.io/trust-root-sha256=${sum}`);
  }
  let pods = MESHED.flatMap(podsOf);
  dataPlane = new DataPlane('helloworld-go.default.example.com', CONNECTIONS, () => pods);
  await dataPlane.start();
}, 6 * MINUTES);

afterAll(() => {
  dataPlane.stop();
  project.remove();
});

afterEach(() => {
  dataPlane.repair();
});

test(
  'all is as it should be',
  async () => {
    const { status, stdout, stderr } = await knitmesh('verify', '--expect', ANSWER, '--timeout', '1m');
    console.log(stdout, stderr);
    expect(status).toBe(0);
  },
  2 * MINUTES,
);
