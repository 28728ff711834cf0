import { join, resolve } from 'node:path';
import { runKnitmesh } from '../testing/command';

const CASES = resolve(__dirname, '..', 'lib', 'review', 'testing', 'cases');

/** The sections of a report, each with its lines; what the table says of areas is `AREA`. */
function sectionsOf(name: string, from: string, to: string, ...more: string[]): Record<string, string[]> {
  const path = (side: string): string => join(CASES, name, `${side}.yaml`);
  const { stdout, status } = runKnitmesh(['diff', '--from', path(from), '--to', path(to), ...more]);
  expect(status).toBe(1);
  const [, ...sections] = stdout.trimEnd().split('\n\n');
  return Object.fromEntries(
    sections.map((section) => {
      const [title = '', ...lines] = section.split('\n');
      const isTable = title.startsWith('AREA');
      return [isTable ? 'AREA' : title, lines.map((line) => line.trim().replace(/ {2,}/g, '  '))];
    }),
  );
}

const LABEL = 'the label networking.knative.dev/visibility: cluster-local';

test('a service that becomes public, and private', () => {
  const open = sectionsOf('service-becomes-public', 'before', 'after');
  expect(open.AREA).toContain('network and mesh  1 Service becomes public (‼)');
  expect(open['network and mesh']).toEqual([
    `‼  Service default/ledger  the Knative Service becomes public at ledger.default.<domain>: until now it had ${LABEL}`,
  ]);
  expect(sectionsOf('service-becomes-public', 'after', 'before')['network and mesh']).toEqual([
    `‼  Service default/ledger  the Knative Service is public no more at ledger.default.<domain>: it has ${LABEL} now`,
  ]);
});

test('a template that changes under the name of a revision, and one whose traffic is pinned', () => {
  const { AREA, images, refused, workloads } = sectionsOf('named-revision', 'before', 'after');
  expect(AREA).toEqual(
    expect.arrayContaining(['workloads  2 objects, no pods roll', 'refused  1 change that the cluster does not take']),
  );
  expect(images).toEqual([
    'registry.example.com/named: 1 → 2  Service default/named (refused)',
    'registry.example.com/pinned: 1 → 2  Service default/pinned',
  ]);
  expect(workloads).toEqual([
    'Service default/named  refused by Serving: its pods stay  see images',
    'Service default/pinned  new revision, which takes no traffic: 100 % stay with pinned-00001  see images',
  ]);
  expect(refused).toEqual([
    'Service default/named  Serving refuses it: the template changes (spec.template.spec.containers[0].image), and the name of its revision, named-v1, does not: change spec.template.metadata.name too, or leave it out',
  ]);
});

test('a key of config-deployment that rolls the pods of all revisions', () => {
  const { AREA, configuration, workloads } = sectionsOf('config-rolls-all-revisions', 'before', 'after');
  const key = 'data.queue-sidecar-cpu-request: "25m" → "50m"';
  expect(AREA).toContain('workloads  ‼ all revisions roll their pods');
  expect(configuration).toEqual([`ConfigMap knative-serving/config-deployment  ${key}`]);
  expect(workloads).toEqual([
    `‼ all revisions of Knative Services  roll their pods  ConfigMap knative-serving/config-deployment ${key}`,
    'Service default/shop: with pods only while there are requests: at zero nothing rolls',
  ]);
});

test('annotations that go as a whole, and with them the mesh', () => {
  const { AREA, workloads, 'network and mesh': network } = sectionsOf('all-annotations-gone', 'before', 'after');
  expect(AREA).toContain('network and mesh  1 workload leaves the mesh (‼), 2 changes in 2 objects');
  expect(workloads).toEqual(['Deployment team/web  rolls its pods  see network and mesh']);
  expect(network).toEqual([
    '‼  Deployment team/web  leaves the mesh: no mTLS, no identity',
    'Namespace team  metadata.annotations["linkerd.io/inject"]: removed "enabled"',
    'Deployment team/web  spec.template.metadata.annotations["config.linkerd.io/skip-outbound-ports"]: removed "3306"',
  ]);
});

test.each(['service-becomes-public', 'named-revision', 'config-rolls-all-revisions', 'all-annotations-gone'])(
  '%s: Markdown and JSON say the same',
  (name) => {
    const [from, to] = ['before', 'after'].map((side) => join(CASES, name, `${side}.yaml`));
    const run = (output: string): string =>
      runKnitmesh(['diff', '--from', from ?? '', '--to', to ?? '', '-o', output]).stdout;
    const { areas } = JSON.parse(run('json')) as { areas: { title: string; summary: string }[] };
    const { AREA } = sectionsOf(name, 'before', 'after');
    expect(areas.map(({ title, summary }) => `${title}  ${summary || '-'}`)).toEqual(AREA);
    const markdown = run('markdown');
    for (const { title, summary } of areas) expect(markdown).toContain(`| ${title} | ${summary || '-'} |`);
  },
);
