import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App } from 'cdk8s';
import { ambassador } from '../lib/ambassador/ambassador';
import { certificatesIn } from '../lib/model/certificates';
import { collectObjects } from '../lib/objects/collect';
import { Platform } from '../lib/platform';
import { runKnitmesh, WALKTHROUGH } from '../testing/command';
import { testWith } from '../testing/requirements';
import walkthrough from '../testing/walkthrough/main';
import { checkCommand } from './check';
import { commandIsDone, DONE, setExitCode } from './exit-code';
import { errorsBeforeWriting } from './platform-check';

/** A day on which the platform's certificates are valid: when the last of them was made. */
const TODAY = new Date(
  Math.max(
    ...collectObjects(walkthrough)
      .flatMap(certificatesIn)
      .map(({ certificate }) => Date.parse(certificate.validFrom)),
  ),
).toISOString();

let folder: string;
let output: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-check-'));
  output = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

/** Runs `npm run check -- …`; the exit code. */
async function npmRunCheck(...args: readonly string[]): Promise<unknown> {
  setExitCode(DONE);
  await checkCommand().parseAsync(['--now', TODAY, ...args], { from: 'user' });
  commandIsDone();
  return process.exitCode;
}

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  generateName: a-\n  namespace: team-a\nspec:\n  containers: []\n';

test('nothing is found in the platform of the walk-through, and no waiver is left over', async () => {
  expect(await npmRunCheck('--app', WALKTHROUGH)).toBe(0);
  expect(output).toMatchSnapshot();
});

test('exit 1: an error in plain files, with file and line', async () => {
  write('nested/pod.yaml', POD);
  expect(await npmRunCheck('--from', folder)).toBe(1);
  expect(output).toContain(
    `    ${folder}/nested/pod.yaml:1: Pod team-a/a-*: metadata.generateName: "a-" leaves the name`,
  );
});

test('exit 1 for a warning with --strict alone', async () => {
  const file = write('pod.yaml', POD.replace('generateName: a-', 'name: a'));
  expect(await npmRunCheck('--from', file)).toBe(0);
  expect(await npmRunCheck('--from', file, '--strict')).toBe(1);
});

test.each([
  ['a networking layer that is known by its ingress class', 'ambassador.ingress.networking.knative.dev', 1],
  ['one that is not', 'another.ingress.networking.knative.dev', 0],
])('plain files are held to the limits of %s', async (_, ingressClass, code) => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config-network', namespace: 'knative-serving' },
  };
  const spec = { template: { spec: { timeoutSeconds: 60, containers: [{ image: 'registry.example.com/api:1' }] } } };
  const service = {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'default' },
  };
  write('config.json', JSON.stringify({ ...config, data: { 'ingress-class': ingressClass } }));
  write('service.json', JSON.stringify({ ...service, spec }));
  expect(await npmRunCheck('--from', folder)).toBe(code);
  expect(output.includes('timeoutSeconds: 60 is more than 15: with ambassador, ')).toBe(code === 1);
});

test('a document that is no object is a finding', async () => {
  expect(await npmRunCheck('--from', write('values.yaml', 'replicas: 2\n'), '-o', 'github')).toBe(1);
  expect(output).toMatch(/^::error file=.*values\.yaml,line=1,title=unreadable-document::document: /);
});

test('--config waives findings in plain files', async () => {
  const config = write(
    'config/check.yaml',
    'waivers:\n  - rule: generate-name\n    object: Pod team-a/a-*\n    reason: it is created, not applied\n',
  );
  expect(await npmRunCheck('--from', write('pods/pod.yaml', POD), '--config', config, '-o', 'json')).toBe(0);
  expect(JSON.parse(output)).toMatchObject({
    objects: 1,
    waived: [{ rule: 'generate-name', reason: 'it is created, not applied' }],
  });
});

test('the lines of a platform are those of dist/', async () => {
  const config = write('check.yaml', '{}\n');
  await npmRunCheck('--app', WALKTHROUGH, '--config', config, '-o', 'github');
  expect(output).toContain(
    '::warning file=dist/60-services.yaml,line=18,title=image-digest::Service default/helloworld-go',
  );
});

const EXPORTED = `apiVersion: v1
kind: List
metadata: { resourceVersion: "" }
items:
- apiVersion: serving.knative.dev/v1
  kind: Service
  metadata:
    name: report
    namespace: default
    uid: 11111111-2222-3333-4444-555555555555
    annotations: { serving.knative.dev/creator: someone, serving.knative.dev/lastModifier: someone }
  spec:
    template:
      metadata: { creationTimestamp: null }
      spec:
        timeoutSeconds: 900
        containers: [ { image: "registry.example.com/api:1", name: "", resources: {} } ]
  status: { observedGeneration: 2 }
`;

/** Of what is printed for GitHub the errors, without the folder. */
const errors = (): string[] =>
  output
    .replaceAll(`${folder}/`, '')
    .split('\n')
    .filter((line) => line.startsWith('::error '));

test('the items of a List are checked, each at its own line', async () => {
  write('all.yaml', EXPORTED);
  expect(await npmRunCheck('--from', folder, '-o', 'github')).toBe(1);
  expect(errors()).toEqual([
    expect.stringMatching(
      /^::error file=all\.yaml,line=16,title=knative-limits::Service default\/report: .*timeoutSeconds: 900 /,
    ),
  ]);
});

test('a Secret that SOPS has encrypted has nothing to find', async () => {
  const mac = 'ENC[AES256_GCM,data:Zm9vYmFy,iv:AAAA,tag:AAAA,type:str]';
  write(
    'secret.yaml',
    `apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: default}\ndata:\n  password: ${mac}\nsops:\n  mac: ${mac}\n  version: 3.9.0\n`,
  );
  expect(await npmRunCheck('--from', folder, '--strict')).toBe(0);
});

testWith('kubectl')('of kustomizations is checked what they make, and overlays of one base make the same', async () => {
  write('base/kustomization.yaml', 'resources: [pod.yaml]\n');
  write('base/pod.yaml', POD.replace('generateName: a-', 'name: a'));
  for (const name of ['prod', 'test']) write(`${name}/kustomization.yaml`, 'resources: [../base]\n');
  expect(await npmRunCheck('--from', folder, '-o', 'json')).toBe(0);
  expect(JSON.parse(output)).toMatchObject({
    objects: 2,
    files: { read: 0, built: [`${folder}/prod`, `${folder}/test`] },
  });
});

test('a kustomization that cannot be built is an error', async () => {
  write('kustomization.yaml', 'resources: ["https://example.com/a.yaml"]\n');
  expect(await npmRunCheck('--from', folder, '-o', 'github')).toBe(1);
  expect(errors()).toEqual([
    expect.stringMatching(
      /^::error file=kustomization\.yaml,line=1,title=unreadable-document::document: names https:\/\/example\.com\/a\.yaml, and nothing is fetched here/,
    ),
  ]);
});

test('standard input, and on stderr which files were read', () => {
  const run = runKnitmesh(['check', '--from', '-', '-o', 'github'], { input: `# a\n${POD}` });
  expect(run.stdout).toMatch(/^::error file=<stdin>,line=5,title=generate-name::/);
  expect(run).toMatchObject({ status: 1, stderr: '1 file read\n' });
  expect(runKnitmesh(['check', '--from', '-'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'error <stdin>: there is nothing in it\n',
  });
});

test('it cannot run without files', async () => {
  await expect(npmRunCheck('--from', join(folder, 'none'))).rejects.toThrow('no such file or folder');
  await expect(npmRunCheck('--from', folder)).rejects.toThrow('has no YAML file');
});

test('what keeps a platform from being written is its errors alone', () => {
  expect(errorsBeforeWriting(WALKTHROUGH, walkthrough, collectObjects(walkthrough))).toEqual([]);
  const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
  new ApiObject(platform.services, 'pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'default' },
    spec: { containers: [{ name: 'a', imgae: 'a:1' }] },
  });
  expect(errorsBeforeWriting(WALKTHROUGH, platform, collectObjects(platform))).toEqual([
    {
      where: 'platform/services/pod',
      message:
        'Pod default/a: spec.containers[0].imgae: this field is not known: remove it, or correct its name (docs/rules/kubernetes-schema.md)',
    },
  ]);
});
