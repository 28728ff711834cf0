import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWith, upstreamDir } from '../testing/requirements';
import type { CommandRun } from '../testing/command';
import { runKnitmesh } from '../testing/command';

const runReport = (...args: string[]): CommandRun => runKnitmesh(['upgrade-report', ...args]);

interface Report {
  readonly same: boolean;
  readonly images: { readonly to: string; readonly objects: string[] }[];
  readonly rights: unknown[];
  readonly crds: { readonly crd: string; readonly where: string; readonly breaking: boolean; readonly what: string }[];
  readonly pods: { readonly object: string; readonly rolls: boolean }[];
  readonly refused: unknown[];
  readonly changes: {
    readonly object: string;
    readonly kind: string;
    readonly differences: {
      readonly area: string;
      readonly path: string;
      readonly from: unknown;
      readonly to: unknown;
    }[];
  }[];
}

testWith('UPSTREAM_DIR')('Knative Serving from 1.22.1 to 1.23.0', () => {
  const run = runReport('knative-serving', '1.22.1', '1.23.0', '--from', upstreamDir(), '-o', 'json');
  const { same, images, rights, crds, pods, refused, changes } = JSON.parse(run.stdout) as Report;
  const about = (area: string) =>
    changes.flatMap(({ object, differences }) =>
      differences.filter((difference) => difference.area === area).map((difference) => ({ object, ...difference })),
    );

  expect(run).toMatchObject({ status: 1, stderr: '' });
  expect(same).toBe(false);
  expect(changes.every(({ kind }) => kind === 'changed')).toBe(true);
  expect(images).toHaveLength(8);
  expect(images.flatMap(({ objects }) => objects)).toHaveLength(9);
  expect(images.find(({ objects }) => objects.length > 1)?.objects).toEqual([
    'ConfigMap knative-serving/config-deployment',
    'Image knative-serving/queue-proxy',
  ]);
  expect([rights, refused]).toEqual([[], []]);
  expect(crds).toEqual(
    ['configurations', 'revisions', 'services'].map((plural) => ({
      crd: `${plural}.serving.knative.dev`,
      where: `v1 ${plural === 'revisions' ? '' : 'spec.template.'}spec.volumes[].ephemeral`,
      breaking: false,
      what: 'added',
    })),
  );
  expect(about('configuration')).toMatchObject([
    {
      object: 'ConfigMap knative-serving/config-features',
      path: 'data._example["kubernetes.podspec-volumes-ephemeral"]',
      to: 'disabled',
    },
  ]);
  expect(pods.filter(({ rolls }) => rolls).map(({ object }) => object)).toEqual([
    'Deployment knative-serving/activator',
    'Deployment knative-serving/autoscaler',
    'Deployment knative-serving/autoscaler-hpa',
    'Deployment knative-serving/controller',
    'Deployment knative-serving/webhook',
  ]);
  expect([...about('network and mesh'), ...about('other')]).toEqual([]);
  const labels = about('labels and texts').filter(({ path }) => path.endsWith('["app.kubernetes.io/version"]'));
  expect(labels).toHaveLength(69);
  expect(labels.every(({ from, to }) => from === '1.22.1' && to === '1.23.0')).toBe(true);
});

testWith('UPSTREAM_DIR')('it fits one screen', () => {
  const { stdout } = runReport('knative-serving', '1.22.1', '1.23.0', '--from', upstreamDir());
  expect(stdout).toMatch(/^knative-serving 1\.22\.1 → 1\.23\.0: 62 of 63 objects differ\n/);
  expect(stdout.split('\n').length).toBeLessThanOrEqual(40);
});

testWith('UPSTREAM_DIR')('a version beside itself is the same: exit code 0', () => {
  const run = runReport('knative-serving', '1.23.0', '1.23.0', '--from', upstreamDir());
  expect(run.stdout).toMatch(/^knative-serving 1\.23\.0 → 1\.23\.0: 63 objects, no difference\n/);
  expect(run.status).toBe(0);
});

test('a component that is not locked, and versions that are not there: one line, exit code 2', () => {
  const folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  try {
    const unknown = runReport('helm', '1', '2');
    expect(unknown.stderr).toMatch(/^error "helm" is no component of releases\.lock\.yaml: use .*\n$/);
    expect(unknown.status).toBe(2);
    const absent = runReport('knative-serving', '0.1.0', '0.2.0', '--from', folder);
    const files = 'serving-crds.yaml, serving-core.yaml, serving-hpa.yaml, serving-post-install-jobs.yaml';
    expect(absent.stderr).toBe(
      `error knative-serving 0.1.0: its files (${files}) are not all in ${join(folder, 'knative-serving', '0.1.0')} or ${join('vendor', 'knative-serving', '0.1.0')}: name a folder that has them with --from\n`,
    );
    expect(absent.status).toBe(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
