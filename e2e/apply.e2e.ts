import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callHook, driftOf, eventually, get, kubectl, playNodes, refuseUsedCluster, tryKubectl } from './cluster';
import type { CommandResult } from './command';
import { RunningCommand, runCommand } from './command';
import { Project } from './project';

interface PhaseResult {
  readonly phase: string;
  readonly state: string;
  readonly created: number;
  readonly configured: number;
  readonly unchanged: number;
  readonly seconds: number;
  readonly changes: readonly string[];
}

interface StaleObject {
  readonly key: string;
  readonly state: string;
}

interface Report {
  readonly phases: readonly PhaseResult[];
  readonly stale: readonly StaleObject[];
}

const MINUTES = 60_000;

let project: Project;
let scratch: string;
let end: () => void;

beforeAll(() => {
  refuseUsedCluster();
  project = new Project();
  scratch = mkdtempSync(join(tmpdir(), 'knitmesh-e2e-'));
  end = playNodes();
}, 6 * MINUTES);
afterAll(() => {
  end();
  project.remove();
  rmSync(scratch, { recursive: true, force: true });
});

const APPLY = ['apply', '--yes', '--timeout', '2m', '--output', 'json'];
const apply = (...args: string[]): Promise<CommandResult> => runCommand(project, ...APPLY, ...args);
const report = ({ stdout, stderr }: CommandResult): Report => {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
};
const changed = (result: CommandResult): string[] =>
  report(result)
    .phases.filter(({ created, configured }) => created + configured > 0)
    .flatMap(({ phase, created, changes }) => [phase, String(created), ...changes]);

function print(title: string, { phases }: Report): void {
  const lines = phases.map(
    ({ phase, seconds, state }) => `${phase.padEnd(20)}${seconds.toFixed(1).padStart(6)} s  ${state}`,
  );
  console.log([title, ...lines].join('\n'));
}

/** A copy of `dist/` in which one file reads differently. */
function variant(name: string, file: string, edit: (text: string) => string): string {
  const folder = join(scratch, name);
  cpSync(project.dist, folder, { recursive: true });
  const before = readFileSync(join(folder, `${file}.yaml`), 'utf8');
  const after = edit(before);
  if (after === before) throw new Error(`${name}: nothing is different in ${file}`);
  writeFileSync(join(folder, `${file}.yaml`), after);
  return folder;
}

/** What Kubernetes makes by itself, some of it seconds after its start, as `kind namespace/name`. */
const KUBERNETES_OWN =
  /^APIService \/v\d|^Namespace \/(default|kube-.*)$|^ServiceAccount (kube-system\/.*|[^/]*\/default)$|^Service default\/kubernetes$|kube-apiserver|extension-apiserver|kube-root-ca\.crt|\/system:/;

/** What is on the cluster besides what Kubernetes makes by itself, as `kind namespace/name`. */
function contents(): string[] {
  const kinds =
    'namespaces,customresourcedefinitions,clusterroles,clusterrolebindings,mutatingwebhookconfigurations,validatingwebhookconfigurations,apiservices,deployments,services,configmaps,secrets,serviceaccounts,roles,rolebindings';
  const { items } = get(kinds, '--all-namespaces') as {
    items: { kind: string; metadata: { name: string; namespace?: string; labels?: Record<string, string> } }[];
  };
  return items
    .filter(({ metadata: { labels } }) => labels?.['kubernetes.io/bootstrapping'] === undefined)
    .map(({ kind, metadata: { namespace = '', name } }) => `${kind} ${namespace}/${name}`)
    .filter((one) => !KUBERNETES_OWN.test(one))
    .sort();
}

/** Nothing is different from what is rendered, and a run finds nothing to change. */
async function expectSettled(...args: string[]): Promise<void> {
  const again = await apply(...args);
  expect([again.status, changed(again)]).toEqual([0, []]);
  expect(await driftOf(project.dist)).toEqual([]);
}

test(
  'without its Secrets nothing is applied, and all that is missing is said at once',
  async () => {
    expect(contents()).toEqual([]);
    const none = join(scratch, 'no-secrets');
    mkdirSync(none);
    const { status, stderr } = await apply('--secrets', none);
    expect(stderr.split('\n').filter((line) => line.includes('is neither in'))).toHaveLength(6);
    expect(status).toBe(1);
    expect(contents()).toEqual([]);
  },
  3 * MINUTES,
);

test(
  'an empty cluster takes all phases, each when it can',
  async () => {
    const result = await apply();
    const { phases } = report(result);
    print(`an empty cluster: ${result.seconds.toFixed(1)} s`, { phases, stale: [] });
    expect(phases.map(({ state }) => state)).toEqual(phases.map(() => 'ready'));
    expect(phases).toHaveLength(9);
    expect(result.status).toBe(0);
  },
  15 * MINUTES,
);

test(
  'a second run changes nothing, and says so',
  async () => {
    const { status, stdout, seconds } = await runCommand(project, 'apply', '--yes');
    expect(stdout).toMatch(/^nothing changed: all \d+ objects are as they were, and ready/m);
    expect(status).toBe(0);
    console.log(`a second run: ${seconds.toFixed(1)} s`);
    expect(await driftOf(project.dist)).toEqual([]);
  },
  6 * MINUTES,
);

describe('plain kubectl', () => {
  const data = (): unknown =>
    (get('configmap', 'config-deployment', '--namespace', 'knative-serving') as { data: unknown }).data;
  const withKey = (text: string): string =>
    text.replace(/(name: config-deployment\n(?:.*\n)*?data:\n)/, '$1  progress-deadline: 700s\n');
  let longer: string;
  beforeAll(() => {
    longer = variant('longer', '40-knative-config', withKey);
  });

  test(
    'goes on where apply was, and removes what is no longer rendered',
    async () => {
      expect((await apply('--from', longer, '--phase', 'knative-config')).status).toBe(0);
      expect(data()).toMatchObject({ 'progress-deadline': '700s' });
      kubectl('apply', '--filename', project.dist);
      expect(data()).not.toHaveProperty('progress-deadline');
    },
    6 * MINUTES,
  );

  test(
    'and apply where plain kubectl was',
    async () => {
      kubectl('apply', '--filename', longer);
      expect(data()).toMatchObject({ 'progress-deadline': '700s' });
      expect((await apply('--phase', 'knative-config')).status).toBe(0);
      expect(data()).not.toHaveProperty('progress-deadline');
      await expectSettled('--phase', 'knative-config');
    },
    9 * MINUTES,
  );

  test(
    'also of objects that plain kubectl made',
    async () => {
      const file = project.file('50-ambassador');
      kubectl('delete', '--filename', file);
      kubectl('apply', '--filename', file);
      const replicas = variant('replicas', '50-ambassador', (text) => text.replace('replicas: 3', 'replicas: 2'));
      expect((await apply('--from', replicas, '--phase', 'ambassador')).status).toBe(0);
      expect(get('deployment', 'ambassador', '--namespace', 'ambassador')).toMatchObject({ spec: { replicas: 2 } });
      kubectl('apply', '--filename', file);
      expect((await apply('--phase', 'ambassador')).status).toBe(0);
      await expectSettled('--phase', 'ambassador');
    },
    9 * MINUTES,
  );
});

test(
  'a conflict with another manager is said by field and owner, and can be forced',
  async () => {
    const scaled = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'ambassador', namespace: 'ambassador' },
      spec: { replicas: 5 },
    };
    const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=helm', '--filename=-'];
    expect(tryKubectl(args, JSON.stringify(scaled))).toMatchObject({ done: true });
    const refused = await runCommand(project, 'apply', '--yes', '--phase', 'ambassador');
    expect(refused.stdout).toMatch(
      /Deployment ambassador\/ambassador: \.spec\.replicas belongs to "helm": .*--force-conflicts/,
    );
    expect(refused.status).toBe(1);
    expect((await apply('--phase', 'ambassador', '--force-conflicts')).status).toBe(0);
    expect(get('deployment', 'ambassador', '--namespace', 'ambassador')).toMatchObject({ spec: { replicas: 3 } });
  },
  6 * MINUTES,
);

test(
  'a broken webhook is repaired, though it refuses ConfigMaps until then',
  async () => {
    const image = (): unknown =>
      kubectl('get', 'deployment/webhook', '--namespace=knative-serving', '--output=jsonpath={..containers[0].image}');
    const repaired = image();
    const broken = variant('broken', '45-knative-serving', (text) =>
      text.replaceAll(String(repaired), 'registry.example.com/broken:1'),
    );
    expect((await apply('--from', broken, '--phase', 'knative-serving')).status).toBe(0);
    expect(image()).not.toBe(repaired);
    callHook('stop', 'knative-webhook');
    const longer = join(scratch, 'longer');
    const run = new RunningCommand(project, ...APPLY, '--from', longer);
    await eventually(240, image, (seen) => seen === repaired);
    const deadline = (): unknown =>
      (get('configmap', 'config-deployment', '--namespace', 'knative-serving') as { data?: Record<string, string> })
        .data?.['progress-deadline'];
    expect(deadline()).toBeUndefined();
    callHook('start', 'knative-webhook');
    const result = await run.result;
    expect(report(result).phases.map(({ state }) => state)).not.toContain('refused');
    expect(result.status).toBe(0);
    expect(deadline()).toBe('700s');
    expect((await apply('--phase', 'knative-config')).status).toBe(0);
    expect(deadline()).toBeUndefined();
  },
  12 * MINUTES,
);

describe('what is no longer rendered', () => {
  const extra = [
    'ConfigMap default/extra',
    'ConfigMap default/taken',
    'Namespace extra',
    'apiextensions.k8s.io/CustomResourceDefinition things.example.com',
  ];
  const documents = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: extra, namespace: default }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: taken, namespace: default }
---
apiVersion: v1
kind: Namespace
metadata: { name: extra }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Thing, plural: things }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`;
  const states = (result: CommandResult): Record<string, string> =>
    Object.fromEntries(report(result).stale.map(({ key, state }) => [key, state]));

  test(
    'is listed, and removed on demand alone; namespaces, CRDs and what somebody else made anew stay',
    async () => {
      const more = variant('more', '60-services', (text) => text + documents);
      expect((await apply('--from', more, '--phase', 'services')).status).toBe(0);
      expect(states(await apply('--phase', 'services'))).toEqual({
        ...{ [String(extra[0])]: 'stale', [String(extra[1])]: 'stale' },
        ...{ [String(extra[2])]: 'kept', [String(extra[3])]: 'kept' },
      });
      kubectl('delete', 'configmap', 'taken');
      kubectl('create', 'configmap', 'taken');
      expect(states(await apply('--phase', 'services', '--prune'))).toEqual({
        ...{ [String(extra[0])]: 'pruned', [String(extra[1])]: 'disowned' },
        ...{ [String(extra[2])]: 'kept', [String(extra[3])]: 'kept' },
      });
      expect(contents()).not.toContain('ConfigMap default/extra');
      expect(contents()).toContain('ConfigMap default/taken');
      kubectl('delete', 'namespace/extra', 'crd/things.example.com');
      expect(states(await apply('--phase', 'services', '--prune'))).toEqual({});
    },
    9 * MINUTES,
  );
});

test(
  'two hundred Knative Services become Ready',
  async () => {
    const services = variant('services', '60-services', (text) =>
      [text, ...Array.from({ length: 200 }, (_, index) => text.replaceAll('helloworld-go', `service-${index}`))].join(
        '---\n',
      ),
    );
    const result = await apply('--from', services, '--phase', 'services', '--timeout', '5m');
    print(`200 Knative Services: ${result.seconds.toFixed(1)} s`, report(result));
    expect(report(result).phases).toMatchObject([{ state: 'ready', created: 200, unchanged: 1 }]);
    const pruned = await apply('--phase', 'services', '--prune', '--timeout', '5m');
    expect(report(pruned).stale.filter(({ state }) => state === 'pruned')).toHaveLength(200);
  },
  24 * MINUTES,
);

describe('uninstalling', () => {
  const THEIRS = {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'theirs', namespace: 'theirs' },
    spec: { template: { spec: { containers: [{ image: 'docker.io/cpretzer/helloworld-go' }] } } },
  };

  test(
    'does not lose what others have without being told to',
    async () => {
      kubectl('create', 'namespace', 'theirs');
      kubectl('create', 'configmap', 'theirs', '--namespace=default');
      expect(tryKubectl(['create', '--filename=-'], JSON.stringify(THEIRS))).toMatchObject({ done: true });
      const { status, stderr } = await runCommand(project, 'uninstall', '--yes');
      expect(stderr).toContain('Service theirs/theirs');
      expect(status).toBe(1);
      expect(contents()).toContain('Deployment ambassador/ambassador');
    },
    6 * MINUTES,
  );

  test(
    'interrupted and run again, leaves nothing but that',
    async () => {
      const args = ['uninstall', '--yes', '--include-others', '--timeout', '2m'];
      const first = new RunningCommand(project, ...args);
      await first.says(/45-knative-serving: removing/);
      first.kill('SIGKILL');
      await first.result;
      const { status, stdout, seconds } = await runCommand(project, ...args);
      console.log(`uninstalled in ${seconds.toFixed(1)} s\n${stdout}`);
      expect(status).toBe(0);
      expect(contents()).toEqual(['ConfigMap default/taken', 'ConfigMap default/theirs', 'Namespace /theirs']);
      const { metadata } = get('namespace', 'default') as { metadata: { annotations?: unknown; labels: unknown } };
      expect([metadata.annotations ?? {}, metadata.labels]).toEqual([{}, { 'kubernetes.io/metadata.name': 'default' }]);
    },
    15 * MINUTES,
  );
});

test(
  'interrupted within and between phases, and without an API server meanwhile, it ends in the same state',
  async () => {
    for (const words of [/10-crds: applying/, /20-linkerd: waiting/]) {
      const run = new RunningCommand(project, ...APPLY);
      await run.says(words);
      run.kill('SIGKILL');
      expect((await run.result).status).toBeNull();
    }
    const asked = new RunningCommand(project, ...APPLY);
    await asked.says(/30-linkerd-viz: applying/);
    asked.kill('SIGINT');
    expect((await asked.result).status).toBe(130);

    const run = new RunningCommand(project, ...APPLY);
    await run.says(/45-knative-serving: applying/);
    callHook('stop', 'apiserver');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    callHook('start', 'apiserver');
    const result = await run.result;
    print(`the API server away meanwhile: ${result.seconds.toFixed(1)} s`, report(result));
    expect(result.status).toBe(0);
    await expectSettled();
  },
  18 * MINUTES,
);
