import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kubectl } from '../../../kubectl/kubectl';
import { LiveCluster } from '../live-cluster';
import { newCluster, problems, rendered, renderedOf, see, SETTINGS } from '../testing/verify-main';
import { linkerdCheck, linkerdVizCheck } from './linkerd-check';

const withoutViz = renderedOf(({ manifest }) => manifest.metadata.namespace !== 'linkerd-viz');

const PATH = process.env.PATH ?? '';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  process.env.PATH = folder;
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

function linkerd(lines: string): void {
  writeFileSync(join(folder, 'linkerd'), `#!${process.execPath}\n${lines}\n`);
  chmodSync(join(folder, 'linkerd'), 0o755);
}

/** One of the documents that the program prints. */
const document = (categoryName: string, ...checks: object[]): string =>
  `${JSON.stringify(
    {
      success: false,
      categories: [
        { categoryName, checks },
        { categoryName: 'none', checks: null },
      ],
    },
    null,
    2,
  )}\n`;
const says = (...documents: string[]): string => `process.stdout.write(${JSON.stringify(documents.join(''))});`;

/** Reduced from what `linkerd check -o json` (edge-26.8.3) printed on a cluster without Gateway API's CRDs: Linkerd's own document ends at its error. */
const NO_GATEWAY_API = [
  document(
    'gateway-api-crd',
    { description: 'can query the Kubernetes API', result: 'success' },
    {
      description: 'Gateway API CRDs are installed',
      hint: 'https://linkerd.io/2/checks/#gateway-api-crd',
      error: 'The Gateway API CRDs must be installed prior to installing Linkerd. Run:\n\nkubectl apply',
      result: 'error',
    },
  ),
  document('linkerd-viz', {
    description: 'viz extension proxies are up-to-date',
    hint: 'https://linkerd.io/2/checks/#l5d-viz-proxy-cp-version',
    error: 'failed to resolve version check server',
    result: 'warning',
  }),
];

test('without the program it is left out', async () => {
  expect(await see(linkerdCheck, newCluster())).toEqual({
    problems: [],
    skipped: 'the program linkerd is not on the PATH',
  });
});

test('all documents are read: what fails is told with its hint, and what is of viz by the check of viz', async () => {
  linkerd(`${says(...NO_GATEWAY_API)} process.exitCode = 1;`);
  expect(await see(linkerdCheck, newCluster())).toEqual({
    seen: '2 checks',
    unseen: [],
    problems: [
      {
        object: 'gateway-api-crd: Gateway API CRDs are installed',
        reason: 'The Gateway API CRDs must be installed prior to installing Linkerd. Run: kubectl apply',
        severity: 'error',
        hint: 'https://linkerd.io/2/checks/#gateway-api-crd',
      },
    ],
  });
  expect(await problems(linkerdCheck, newCluster(), {}, withoutViz)).toContain(
    'warning: linkerd-viz: viz extension proxies are up-to-date: failed to resolve version check server',
  );
});

test('two documents of which all is well', async () => {
  const check = { description: 'a', result: 'success' };
  linkerd(says(document('linkerd-existence', check), document('linkerd-viz', check)));
  expect(await see(linkerdCheck, newCluster())).toEqual({ seen: '1 check', problems: [], unseen: [] });
  expect(await see(linkerdVizCheck, newCluster())).toEqual({ seen: '2 checks', problems: [], unseen: [] });
});

test('viz is not checked where it is not rendered', async () => {
  linkerd(says(document('linkerd-viz', { description: 'linkerd-viz Namespace exists', result: 'error' })));
  expect(await see(linkerdVizCheck, newCluster(), {}, withoutViz)).toEqual({
    problems: [],
    skipped: 'viz is not among the objects',
  });
});

test('it is asked of the same cluster', async () => {
  linkerd(
    `require('node:fs').writeFileSync('${folder}/args', process.argv.slice(2).join(' ')); ${says(document('none', { result: 'success' }))}`,
  );
  const cluster = new Kubectl({ context: 'staging', kubeconfig: '/k' });
  const live = new LiveCluster(cluster, rendered);
  expect(await linkerdVizCheck.look({ rendered, live, settings: SETTINGS })).toEqual({
    seen: '1 check',
    problems: [],
    unseen: [],
  });
  expect(readFileSync(join(folder, 'args'), 'utf8')).toBe(
    'viz check --output=json --wait=20s --context=staging --kubeconfig=/k',
  );
});

test.each([
  [`console.error('unknown flag'); process.exitCode = 1;`, 'it has none: unknown flag'],
  [`process.exitCode = 3;`, 'it has none: it ended with 3'],
  [
    says(document('a', { description: 'b', result: 'success' }), '{"categories":'),
    'it ends early, with "{\\"categories\\":"',
  ],
])('a program that gives no whole report is no finding: %s', async (lines, reason) => {
  linkerd(lines);
  expect(await see(linkerdCheck, newCluster())).toMatchObject({
    problems: [],
    unseen: [{ object: 'the report of linkerd check', reason }],
  });
});
