import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REFERENCES } from './reference-platform';
import { testWith, upstreamDir } from '../testing/requirements';
import type { CommandRun } from '../testing/command';
import { runKnitmesh } from '../testing/command';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface ParityJson {
  readonly same: boolean;
  readonly releases: {
    readonly component: string;
    readonly objects: { readonly object: string; readonly result: string; readonly real?: string }[];
    readonly stale: unknown[];
    readonly otherFiles: string[];
  }[];
}

const runParity = (...args: string[]): CommandRun => runKnitmesh(['parity', ...args]);

/** A copy of upstream's folders that a test may change. */
function copied(...folders: string[]): string {
  for (const name of folders) {
    cpSync(join(upstreamDir(), name), join(folder, name), { recursive: true, mode: 0 });
  }
  return folder;
}

function edit(file: string, change: (text: string) => string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  rmSync(path);
  writeFileSync(path, changed);
}

testWith('UPSTREAM_DIR')('the embedded releases are equal to the real ones, but for what is meant', () => {
  const run = runParity('--from', upstreamDir(), '-o', 'json');
  const { same, releases } = JSON.parse(run.stdout) as ParityJson;
  const findings = releases.map(({ component, objects, stale, otherFiles }) => ({
    component,
    objects: objects.filter(({ result }) => result !== 'equal' && result !== 'meant'),
    stale,
    otherFiles,
  }));
  const none = { objects: [], stale: [], otherFiles: [] };
  expect(findings).toEqual(REFERENCES.map(({ release: { component } }) => ({ component, ...none })));
  const counts = releases.map(({ component, objects }) => [
    component,
    objects.filter(({ real }) => real !== undefined).length,
  ]);
  expect(Object.fromEntries(counts)).toMatchObject({ 'knative-serving': 63, ambassador: 25, kourier: 13 });
  expect(same).toBe(true);
  expect(run).toMatchObject({ status: 0, stderr: '' });
});

testWith('UPSTREAM_DIR')('a difference of one value is found, with its path, and exits 1', () => {
  copied('emissary/4.1.0');
  edit('emissary/4.1.0/emissary.yaml', (text) =>
    text.replace('progressDeadlineSeconds: 600', 'progressDeadlineSeconds: 60'),
  );
  const run = runParity('--from', folder, '--component', 'ambassador');
  expect(run.status).toBe(1);
  expect(run.stdout).toMatch(/^Deployment ambassador\/ambassador +differs +spec\.progressDeadlineSeconds: 60 → 600$/m);
  expect(run.stdout).toMatch(/^emissary\.yaml is not the file that releases\.lock\.yaml pins$/m);
});

testWith('UPSTREAM_DIR')('as JSON: the object, its result, paths and reasons', () => {
  copied('emissary/4.1.0');
  edit('emissary/4.1.0/emissary.yaml', (text) => text.replace('    - port: 8005\n', '    - port: 8006\n'));
  const run = runParity('--from', folder, '--component', 'ambassador', '-o', 'json');
  expect(run.status).toBe(1);
  const { same, releases } = JSON.parse(run.stdout) as ParityJson;
  expect(same).toBe(false);
  expect(releases).toMatchObject([
    {
      component: 'ambassador',
      version: '4.1.0',
      otherFiles: ['emissary.yaml'],
      stale: [{ objects: 'Service ambassador/ambassador-admin', path: 'spec.ports[port=8005]' }],
    },
  ]);
  expect(releases[0]?.objects.find(({ object }) => object === 'Service ambassador/ambassador-admin')).toMatchObject({
    result: 'differs',
    real: expect.stringMatching(/^emissary\.yaml:\d+$/) as string,
    differences: [{ path: 'spec.ports[port=8006]', kind: 'removed' }],
    meant: expect.arrayContaining([
      expect.objectContaining({ path: 'metadata.labels["helm.sh/chart"]', kind: 'removed' }),
    ]) as unknown[],
  });
});

test.each([[['--component', 'helm'], /^error --component: "helm" is not embedded: use knative-serving, ambassador/]])(
  '%j cannot be compared, and exits 2',
  (args, message) => {
    const run = runParity(...args);
    expect(run.stderr).toMatch(message);
    expect(run).toMatchObject({ status: 2, stdout: '' });
  },
);

test('files that are not there: where they were looked for and how to get them, exit code 2', () => {
  const files = 'serving-crds.yaml, serving-core.yaml, serving-hpa.yaml, serving-post-install-jobs.yaml';
  const pinned = runParity('--from', folder, '--component', 'knative-serving');
  expect(pinned.stderr).toBe(
    `error knative-serving 1.23.0: its files (${files}) are not all in ${join(folder, 'knative-serving', '1.23.0')}: run npm run vendor, or name a folder that has them with --from\n`,
  );
  expect(pinned.status).toBe(2);
});
