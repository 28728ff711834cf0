import { join } from 'node:path';
import { App } from 'cdk8s';
import { testWith, upstreamDir } from '../../testing/requirements';
import { LinkerdControlPlane } from '../linkerd/control-plane/control-plane';
import { LINKERD_NAMESPACE, LINKERD_NAMESPACE_PROPS } from '../linkerd/control-plane/namespace';
import type { LinkerdControlPlaneProps } from '../linkerd/control-plane/props';
import { linkerdCrds } from '../linkerd/crds/crds';
import { VIZ_NAMESPACE, VIZ_NAMESPACE_PROPS } from '../linkerd/viz/namespace';
import { LinkerdViz } from '../linkerd/viz/viz';
import { Namespaces } from '../namespaces';
import { collectObjects } from '../objects/collect';
import { assumeNamespace } from '../objects/namespaced';
import type { PlatformObject } from '../objects/manifest';
import { Phase } from '../objects/phase';
import type { MeantDifference } from '../releases/meant-difference';
import { MEANT_IN_LINKERD_VIZ, meantInLinkerd } from './meant-in-linkerd';
import { differenceText } from './object-diff';
import { parity } from './parity';
import type { ReleaseObject } from './release-objects';
import { readRelease } from './release-objects';
import { caOf } from './release-trust';

const release = (...files: string[]): ReleaseObject[] =>
  readRelease(join(upstreamDir(), 'linkerd', 'edge-26.8.3'), files);

const pemOf = (real: readonly ReleaseObject[]): string => caOf(real) ?? 'none';

const notAsMeant = (embedded: PlatformObject[], real: ReleaseObject[], meant: readonly MeantDifference[]): unknown => {
  const { objects, stale } = parity(embedded, real, meant);
  const differing = objects.filter(({ result }) => result !== 'equal' && result !== 'meant');
  return [
    ...differing.map(({ object, result, differences }) => ({ object, result, at: differences.map(differenceText) })),
    ...stale,
  ];
};

function controlPlane(pem: string, props: Partial<LinkerdControlPlaneProps> = {}): PlatformObject[] {
  const app = new App();
  const namespaces = new Namespaces(app);
  namespaces.add(LINKERD_NAMESPACE, LINKERD_NAMESPACE_PROPS);
  linkerdCrds(new Phase(app, 'crds'));
  new LinkerdControlPlane(new Phase(app, 'linkerd'), { trustAnchors: pem, webhookCaBundle: pem, namespaces, ...props });
  // Namespaces that are declared later are meshed as well.
  namespaces.add('default');
  return collectObjects(app).filter(({ manifest }) => manifest.metadata.name !== 'default');
}

testWith('UPSTREAM_DIR')('the control plane and the CRDs are those of the charts, but for what is meant', () => {
  const real = release('crds.yaml', 'control-plane.yaml');
  const meant = meantInLinkerd({ meshed: ['default'], highAvailability: false });
  expect(real).toHaveLength(46);
  expect(notAsMeant(controlPlane(pemOf(real)), real, meant)).toEqual([]);
});

testWith('UPSTREAM_DIR')(
  "the highly available control plane is that of the chart's values for it, but for what is meant",
  () => {
    const real = release('crds.yaml', 'control-plane-ha.yaml');
    const meant = meantInLinkerd({ meshed: ['default'], highAvailability: true });
    expect(real).toHaveLength(49);
    expect(notAsMeant(controlPlane(pemOf(real), { highAvailability: true }), real, meant)).toEqual([]);
  },
);

testWith('UPSTREAM_DIR')('viz is what the command line tool installs, but for what is meant', () => {
  const real = release('viz.yaml');
  const app = new App();
  new Namespaces(app).add(VIZ_NAMESPACE, VIZ_NAMESPACE_PROPS);
  assumeNamespace(app, LINKERD_NAMESPACE);
  new LinkerdViz(new Phase(app, 'linkerd-viz'), { webhookCaBundle: pemOf(release('control-plane.yaml')) });
  expect(real).toHaveLength(50);
  expect(notAsMeant(collectObjects(app), real, MEANT_IN_LINKERD_VIZ)).toEqual([]);
});
