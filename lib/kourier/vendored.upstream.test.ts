import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import type { Manifest } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import type { PlatformReleases } from '../platform';
import { Platform } from '../platform';
import { LOCK_FILE, projectRoot } from '../releases/project-root';
import { vendor } from '../releases/vendor';
import { testWith, upstreamDir } from '../../testing/requirements';
import { kourier } from './kourier';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'knitmesh-kourier-'));
  writeFileSync(join(root, LOCK_FILE), readFileSync(join(projectRoot(), LOCK_FILE)));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const render = (releases: PlatformReleases): Map<string, Manifest> => {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: kourier(),
    releases: { 'knative-serving': 'external', linkerd: 'external', 'linkerd-viz': 'external', ...releases },
    root,
  });
  const objects = collectObjects(platform).filter(({ phase }) => phase === '50-kourier');
  return new Map(objects.map(({ manifest }) => [describeObject(manifest), manifest]));
};

/** An object without the variables of its containers: the release has some that are empty. */
const withoutEnv = (manifest: Manifest | undefined): Manifest =>
  JSON.parse(JSON.stringify(manifest ?? {}, (key, value: unknown) => (key === 'env' ? undefined : value))) as Manifest;

testWith('UPSTREAM_DIR')('the vendored release says all that the embedded one says', async () => {
  await vendor({ root, mirror: upstreamDir(), components: ['kourier'] });
  const [vendored, embedded] = [render({ networking: 'vendored' }), render({})];
  expect([...vendored.keys()].sort()).toEqual([...embedded.keys()].sort());
  for (const [name, own] of embedded) expect(withoutEnv(vendored.get(name))).toMatchObject(withoutEnv(own));
});
