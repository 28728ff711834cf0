import { join } from 'node:path';
import { App } from 'cdk8s';
import { testWith, upstreamDir } from '../../testing/requirements';
import { gatewayApiCrds } from '../gateway-api/crds';
import { GATEWAY_API_VERSION } from '../gateway-api/version';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import { LOCK_FILE, projectRoot } from '../releases/project-root';
import { readLock } from '../releases/lock';
import { MEANT_IN_GATEWAY_API } from './meant-in-gateway-api';
import { differenceText } from './object-diff';
import { parity } from './parity';
import { readRelease } from './release-objects';

testWith('UPSTREAM_DIR')("Gateway API's routes are those of the release, but for what is meant", () => {
  const files = readLock(join(projectRoot(), LOCK_FILE)).components['gateway-api']?.files ?? [];
  const real = readRelease(
    join(upstreamDir(), 'gateway-api', GATEWAY_API_VERSION),
    files.map(({ name }) => name),
  );
  expect(real).toHaveLength(10);
  const phase = new Phase(new App(), 'crds');
  gatewayApiCrds(phase);
  const { objects, stale } = parity(collectObjects(phase), real, MEANT_IN_GATEWAY_API);
  const differing = objects.filter(({ result }) => result !== 'equal' && result !== 'meant');
  expect(
    differing.map(({ object, result, differences }) => ({ object, result, at: differences.map(differenceText) })),
  ).toEqual([]);
  expect(stale).toEqual([]);
  expect(objects.filter(({ embedded }) => embedded !== undefined).map(({ object }) => object)).toEqual([
    'CustomResourceDefinition grpcroutes.gateway.networking.k8s.io',
    'CustomResourceDefinition httproutes.gateway.networking.k8s.io',
  ]);
});
