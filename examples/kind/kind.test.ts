import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { check } from '../../lib/check/check';
import { NO_SETTINGS } from '../../lib/check/settings';
import { collectObjects } from '../../lib/objects/collect';
import { describeObject } from '../../lib/objects/manifest';
import { testWith } from '../../testing/requirements';
import platform from './main';

interface KindNode {
  readonly role: string;
  readonly image: string;
  readonly extraPortMappings?: readonly { readonly containerPort: number; readonly listenAddress: string }[];
}

const { nodes, name } = parse(readFileSync(join(__dirname, 'cluster.yaml'), 'utf8')) as {
  readonly name: string;
  readonly nodes: readonly KindNode[];
};

const OBJECTS = collectObjects(platform);

test('the cluster is one that Knative Serving takes, of one control plane and workers, by digest', () => {
  expect(name).toBe('knitmesh');
  expect(nodes.map(({ role }) => role)).toEqual(['control-plane', 'worker', 'worker']);
  for (const { image } of nodes) expect(image).toMatch(/^kindest\/node:v1\.34\.\d+@sha256:[0-9a-f]{64}$/);
});

test("the ports of the nodes that lead to this machine are those of Ambassador's Service, and reachable from it alone", () => {
  const service = OBJECTS.find(({ manifest }) => describeObject(manifest) === 'Service ambassador/ambassador');
  const { ports, type } = service?.manifest.spec as unknown as { type: string; ports: { nodePort: number }[] };
  const mappings = nodes.flatMap(({ extraPortMappings = [] }) => extraPortMappings);
  expect(type).toBe('NodePort');
  expect(mappings.map(({ containerPort }) => containerPort)).toEqual(ports.map(({ nodePort }) => nodePort));
  for (const { listenAddress } of mappings) expect(listenAddress).toBe('127.0.0.1');
});

test('the platform has what linkerd check wants to see, and no error', () => {
  const names = OBJECTS.map(({ manifest }) => describeObject(manifest));
  expect(names).toEqual(
    expect.arrayContaining([
      'CustomResourceDefinition httproutes.gateway.networking.k8s.io',
      'CustomResourceDefinition grpcroutes.gateway.networking.k8s.io',
      'Service default/helloworld-go',
    ]),
  );
  const { findings } = check(OBJECTS, { settings: NO_SETTINGS });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

const PROGRAMS = ['docker', 'kind', 'kubectl', 'git', 'npm', 'curl'];

describe('up.sh', () => {
  let folder: string;
  let project: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
    project = join(folder, 'project');
    cpSync(join(__dirname, 'up.sh'), join(project, 'examples/kind/up.sh'));
    for (const program of ['bash', 'dirname', 'grep', 'rm'])
      symlinkSync(join('/usr/bin', program), join(folder, program));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs the script with programs that write down what they were asked, and fail where that begins with `failing`. */
  function run({ programs = PROGRAMS, failing = 'nothing', clusters = '' } = {}) {
    const log = join(folder, 'log');
    writeFileSync(log, '');
    for (const program of programs) {
      const file = join(folder, program);
      writeFileSync(
        file,
        `#!/usr/bin/env bash
printf '%s\\n' "${program} $*" >>"${log}"
[ "$*" != 'get clusters' ] || printf '%b' "${clusters}"
case "${program} $*" in "${failing}"*) exit 3 ;; esac
`,
      );
      chmodSync(file, 0o755);
    }
    const { status, stdout, stderr } = spawnSync('/usr/bin/bash', [join(project, 'examples/kind/up.sh')], {
      encoding: 'utf8',
      env: { PATH: folder },
    });
    return { status, stdout, stderr, calls: readFileSync(log, 'utf8').trim().split('\n') };
  }

  testWith('shellcheck')('is clean', () => {
    const { stdout } = spawnSync('shellcheck', [join(__dirname, 'up.sh')], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  const AT = '--context kind-knitmesh';

  test('makes everything in order, up to the greeting', () => {
    const { status, stderr, calls } = run();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const expected = [
      'docker info',
      'kind get clusters',
      'kind create cluster --config examples/kind/cluster.yaml --wait 3m',
      `kubectl ${AT} apply --kustomize https://github.com/kubernetes-sigs/metrics-server/manifests/overlays/release?ref=`,
      `kubectl ${AT} --namespace kube-system patch deployment metrics-server`,
      `kubectl ${AT} --namespace kube-system rollout status deployment metrics-server --timeout 3m`,
      'npm run --silent certs',
      'npm run --silent synth -- --app examples/kind/main.ts --dist examples/kind/dist',
      `npm run --silent apply -- --app examples/kind/main.ts ${AT} --timeout 10m --yes`,
      `npm run --silent verify -- --app examples/kind/main.ts ${AT}`,
      'curl --fail',
    ];
    expect(calls.map((call, index) => call.slice(0, expected[index]?.length))).toEqual(expected);
    // By a commit: Git checks what it fetches.
    expect(calls[3]).toMatch(/\?ref=[0-9a-f]{40}$/);
    expect(calls.at(-1)).toContain('Host: helloworld-go.default.example.com http://127.0.0.1:8080');
  });

  test('a cluster that is there is left as it is', () => {
    const { calls } = run({ clusters: 'other\\nknitmesh\\n' });
    expect(calls).toContain(`kubectl ${AT} get nodes`);
    expect(calls.filter((call) => call.startsWith('kind create'))).toEqual([]);
  });

  test('an identity that is there is kept', () => {
    mkdirSync(join(project, 'secrets'));
    expect(run().calls).not.toContain('npm run --silent certs');
  });

  test.each([
    'kind create',
    'kubectl --context kind-knitmesh apply',
    'npm run --silent apply',
    'npm run --silent verify',
  ])('stops when %s fails', (failing) => {
    const { status, calls } = run({ failing });
    expect(status).toBe(3);
    expect(calls.at(-1)).toMatch(new RegExp(`^${failing}`));
  });

  test('says what is missing, and makes nothing', () => {
    const { status, stderr, calls } = run({ programs: ['kubectl', 'git', 'npm', 'curl'] });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'error missing: docker kind: examples/kind/README.md says where from\n',
    });
    expect(calls).toEqual(['']);
    expect(run({ failing: 'docker info' })).toMatchObject({
      status: 2,
      stderr: 'error docker: no engine answers: start it, or give this user access to it\n',
      calls: ['docker info'],
    });
  });
});
