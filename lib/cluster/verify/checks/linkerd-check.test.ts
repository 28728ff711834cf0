import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kubectl } from '../../../kubectl/kubectl';
import { LiveCluster } from '../live-cluster';
import { newCluster, problems, rendered, see, SETTINGS } from '../testing/verify-main';
import { linkerdCheck, linkerdVizCheck } from './linkerd-check';

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

const report = (...checks: object[]): string =>
  `console.log(JSON.stringify({ success: false, categories: [{ categoryName: 'linkerd-identity', checks: ${JSON.stringify(checks)} }, { categoryName: 'none', checks: null }] }));`;

test('without the program it is left out', async () => {
  expect(await see(linkerdCheck, newCluster())).toEqual({
    problems: [],
    skipped: 'the program linkerd is not on the PATH',
  });
});

test('what it finds is told', async () => {
  linkerd(
    report(
      { description: 'a', result: 'success' },
      { description: 'certificate config is valid', error: 'no such\n  secret', result: 'error' },
      { description: 'up-to-date', error: 'is running version 1', result: 'warning' },
    ),
  );
  expect(await problems(linkerdVizCheck, newCluster())).toEqual([
    'linkerd-identity: certificate config is valid: no such secret',
    'warning: linkerd-identity: up-to-date: is running version 1',
  ]);
});

test('it is asked of the same cluster', async () => {
  linkerd(`require('node:fs').writeFileSync('${folder}/args', process.argv.slice(2).join(' ')); ${report()}`);
  const cluster = new Kubectl({ context: 'staging', kubeconfig: '/k' });
  const live = new LiveCluster(cluster, rendered);
  expect(await linkerdVizCheck.look({ rendered, live, settings: SETTINGS })).toEqual({
    seen: '0 checks',
    problems: [],
  });
  expect(readFileSync(join(folder, 'args'), 'utf8')).toBe(
    'viz check --output=json --wait=20s --context=staging --kubeconfig=/k',
  );
});

test('a program that fails in another way', async () => {
  linkerd(`console.error('unknown flag'); process.exitCode = 1;`);
  expect(await problems(linkerdCheck, newCluster())).toEqual(['linkerd check: unknown flag']);
});
